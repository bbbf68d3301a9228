//! Giving an account another address: asked for with the password, done through a link mailed to the new address.

use serde_json::json;

use super::model::{Account, Email, Purpose};
use super::register::{LinkError, has_enough, put_link, queue_once, spend};
use super::{mail, organisations, store};
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids;
use crate::mail as post;

/// Mails a link to the new address, `most` times an hour. If that has an account of its own it is told so instead; the answer to the one who
/// asks is the same.
pub fn request(
    conn: &mut AnyConnection,
    now: Moment,
    account: &Account,
    new: &Email,
    origin: &str,
    most: i64,
) -> DbResult<()> {
    if let Some(holder) = store::by_email(conn, new)? {
        return queue_once(conn, now, mail::already_registered(&holder, origin, now));
    }
    if has_enough(conn, now, new.as_str(), "address:", most)? {
        return Ok(());
    }
    let secret = ids::secret();
    put_link(conn, now, Purpose::Address, Some(account.id), &secret, new.as_str())?;
    post::queue(conn, now, mail::new_address(account, new, &format!("{origin}/account/address/{secret}"), &secret))
}

/// Gives the account the address that the link was mailed to, ends its sessions and tells the old address.
pub fn confirm(conn: &mut AnyConnection, now: Moment, secret: &str) -> Result<(), LinkError> {
    let token = spend(conn, now, Purpose::Address, secret)?;
    let (Some(id), Some(new)) = (token.account_id, Email::parse(&token.detail)) else { return Err(LinkError::Unknown) };
    let before = store::by_id(conn, id)?;
    match store::set_email(conn, id, &new) {
        Err(DbError::Taken(_)) => return Err(LinkError::Over),
        set => set?,
    }
    store::end_sessions(conn, id, &[])?;
    store::end_tokens(conn, now, id)?;
    post::queue(conn, now, mail::address_changed(&before, secret))?;
    organisations::members::address_changed(conn, now, id, &new, secret)?;
    let act = Act { action: "account.address_changed", subject: format!("account:{id}"), detail: json!({}) };
    Ok(audit::append(conn, now, Actor::Account(id), act)?)
}
