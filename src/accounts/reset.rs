//! Setting a new password through a mailed link.

use chrono::TimeDelta;
use serde_json::json;

use super::model::{Account, Details, Email, OnBehalfOf, Purpose};
use super::register::{LinkError, has_enough, look, put_link, spend};
use super::{mail, passkeys, store};
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbResult};
use crate::ids::{self, AccountId};
use crate::mail as post;
use crate::web::{Role, language};

/// Within this time of one link no second one is sent to the same address.
const PAUSE: TimeDelta = TimeDelta::minutes(2);

/// Mails a link to the address if it is known; does nothing if not, or if one was just sent, or `most` in the last hour.
/// In each case the database is asked and told the same, so that the answer takes as long.
pub fn request(conn: &mut AnyConnection, now: Moment, email: &Email, origin: &str, most: i64) -> DbResult<()> {
    let known = store::by_email(conn, email)?;
    let is_known = known.is_some();
    let account = known.unwrap_or_else(|| nobody(email));
    // First: from here on nobody else sends anything to the same address.
    let has_enough = has_enough(conn, now, &account.email, "reset:", most)?;
    let newest = store::newest_token(conn, account.id, Purpose::Reset)?;
    let is_sent = is_known && !has_enough && newest.is_none_or(|at| now - at >= PAUSE);
    let secret = ids::secret();
    put_link(conn, now, Purpose::Reset, is_sent.then_some(account.id), &secret, "{}")?;
    let letter = mail::reset(&account, &format!("{origin}/password/reset/{secret}"), &secret);
    // What is not sent is taken back; of what is sent nothing has this key.
    let taken_back = if is_sent { String::new() } else { letter.once_key.clone() };
    post::queue(conn, now, letter)?;
    post::store::take_back(conn, &taken_back).map(drop)
}

/// In place of the account that there is none of.
fn nobody(email: &Email) -> Account {
    Account {
        id: AccountId::new(),
        email: email.as_str().to_owned(),
        details: Details {
            name: String::new(),
            stakeholder_group: String::new(),
            organisation: None,
            country: None,
            on_behalf_of: OnBehalfOf::Myself,
        },
        language: language::DEFAULT.to_owned(),
        password_hash: String::new(),
        role: Role::Stakeholder,
        confirmed_at: None,
        version: 0,
    }
}

/// Whose password the link behind `secret` sets, if it may still be used. Looking does not use it.
pub fn whose(conn: &mut AnyConnection, now: Moment, secret: &str) -> Result<Account, LinkError> {
    let account = look(conn, now, Purpose::Reset, secret)?.account_id.ok_or(LinkError::Unknown)?;
    Ok(store::by_id(conn, account)?)
}

/// Sets the password behind a link and ends every session of the account. The link came by mail, so it also confirms
/// the address.
pub fn set(conn: &mut AnyConnection, now: Moment, secret: &str, password_hash: &str) -> Result<(), LinkError> {
    let token = spend(conn, now, Purpose::Reset, secret)?;
    let account = token.account_id.ok_or(LinkError::Unknown)?;
    store::set_password(conn, account, password_hash)?;
    store::confirm(conn, now, account)?;
    store::end_sessions(conn, account, &[])?;
    store::end_tokens(conn, now, account)?;
    let owner = store::by_id(conn, account)?;
    let has_passkeys = passkeys::store::has_any(conn, account)?;
    post::queue(conn, now, mail::password_changed(&owner, &format!("password:{secret}"), has_passkeys))?;
    let act = Act { action: "account.password_reset", subject: format!("account:{account}"), detail: json!({}) };
    Ok(audit::append(conn, now, Actor::Account(account), act)?)
}
