//! Setting a new password through a mailed link.

use chrono::TimeDelta;
use serde_json::json;

use super::model::{Email, Purpose};
use super::register::{LinkError, decoy, has_enough, put_link, spend};
use super::{mail, store};
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbResult};
use crate::ids;
use crate::mail as post;

/// Within this time of one link no second one is sent to the same address.
const PAUSE: TimeDelta = TimeDelta::minutes(2);

/// Mails a link to the address if it is known; does nothing if not, or if one was just sent.
pub fn request(conn: &mut AnyConnection, now: Moment, email: &Email, origin: &str) -> DbResult<()> {
    let Some(account) = store::by_email(conn, email)? else { return decoy(conn, now, Purpose::Reset) };
    let newest = store::newest_token(conn, account.id, Purpose::Reset)?;
    if newest.is_some_and(|at| now - at < PAUSE) || has_enough(conn, now, &account.email, "reset:")? {
        return decoy(conn, now, Purpose::Reset);
    }
    let secret = ids::secret();
    put_link(conn, now, Purpose::Reset, Some(account.id), &secret, "{}")?;
    post::queue(conn, now, mail::reset(&account, &format!("{origin}/password/reset/{secret}"), &secret))
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
    post::queue(conn, now, mail::password_changed(&owner, &format!("password:{secret}")))?;
    let act = Act { action: "account.password_reset", subject: format!("account:{account}"), detail: json!({}) };
    Ok(audit::append(conn, now, Actor::Account(account), act)?)
}
