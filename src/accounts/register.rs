//! Registering and confirming an address. Nobody learns from the answer whether an address is known (ASVS 6.3.8).

use serde_json::json;

use super::form::Registration;
use super::model::{Account, Purpose};
use super::{mail, store};
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::{self, AccountId};
use crate::mail as post;
use crate::web::{Language, Role};

/// Why a link does nothing.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// There never was such a link.
    #[error("unknown link")]
    Unknown,
    /// It was used, replaced by a newer one, or is too old.
    #[error("used or expired link")]
    Over,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Keeps a registration and writes the mail that belongs to it: a link to confirm, or word that there is an account
/// already. An address that was never confirmed may register again; the last registration counts.
pub fn register(
    conn: &mut AnyConnection,
    now: Moment,
    registration: Registration,
    password_hash: String,
    lang: &'static Language,
    origin: &str,
) -> DbResult<()> {
    let known = store::by_email(conn, &registration.email)?;
    if let Some(account) = known.as_ref().filter(|account| account.confirmed_at.is_some()) {
        queue_once(conn, now, mail::already_registered(account, origin, now))?;
        return decoy(conn, now, Purpose::Confirm);
    }
    let account = Account {
        id: known.as_ref().map_or_else(AccountId::new, |account| account.id),
        email: registration.email.as_str().to_owned(),
        details: registration.details,
        language: lang.code().to_owned(),
        password_hash,
        role: Role::Stakeholder,
        confirmed_at: None,
        version: 1,
    };
    match known {
        None => store::insert(conn, now, &account)?,
        Some(known) => {
            store::set_details(conn, known.id, known.version, &account.details)?;
            store::set_password(conn, known.id, &account.password_hash)?;
        }
    }
    send_confirmation(conn, now, &account, origin)?;
    let act = Act { action: "account.registered", subject: format!("account:{}", account.id), detail: json!({}) };
    audit::append(conn, now, Actor::Account(account.id), act)
}

/// A letter whose key was used is not sent again: mail that anybody can cause is bounded by its key.
pub(super) fn queue_once(conn: &mut AnyConnection, now: Moment, letter: post::Letter) -> DbResult<()> {
    if post::store::is_queued(conn, &letter.once_key)? { Ok(()) } else { post::queue(conn, now, letter) }
}

/// Makes a link that confirms the account's address, and the mail with it.
pub fn send_confirmation(conn: &mut AnyConnection, now: Moment, account: &Account, origin: &str) -> DbResult<()> {
    let secret = ids::secret();
    put_link(conn, now, Purpose::Confirm, Some(account.id), &secret, "{}")?;
    post::queue(conn, now, mail::confirm(account, &format!("{origin}/confirm/{secret}"), &secret))
}

/// A link that nobody is sent: so the answer for an address that gets no mail takes as long as for one that does.
pub(super) fn decoy(conn: &mut AnyConnection, now: Moment, purpose: Purpose) -> DbResult<()> {
    put_link(conn, now, purpose, None, &ids::secret(), "{}")
}

/// Keeps the digest of a link's secret.
pub(super) fn put_link(
    conn: &mut AnyConnection,
    now: Moment,
    purpose: Purpose,
    account_id: Option<AccountId>,
    secret: &str,
    detail: &str,
) -> DbResult<()> {
    let token = store::Token {
        hash: ids::sha256(secret.as_bytes()).to_vec(),
        purpose,
        account_id,
        detail: detail.to_owned(),
        created_at: now,
        expires_at: now + purpose.lifetime(),
        spent_at: None,
    };
    store::put_token(conn, &token)
}

/// The link behind `secret`, if it may still be used. Looking does not use it.
pub fn look(conn: &mut AnyConnection, now: Moment, purpose: Purpose, secret: &str) -> Result<store::Token, LinkError> {
    let token = store::token(conn, &ids::sha256(secret.as_bytes()), purpose)?.ok_or(LinkError::Unknown)?;
    if token.spent_at.is_some() || now > token.expires_at { Err(LinkError::Over) } else { Ok(token) }
}

/// Uses up the link behind `secret`: of two who try, one succeeds.
pub(super) fn spend(
    conn: &mut AnyConnection,
    now: Moment,
    purpose: Purpose,
    secret: &str,
) -> Result<store::Token, LinkError> {
    let token = look(conn, now, purpose, secret)?;
    if store::spend(conn, now, &token.hash)? { Ok(token) } else { Err(LinkError::Over) }
}

/// Confirms the address that the link was sent to.
pub fn confirm(conn: &mut AnyConnection, now: Moment, secret: &str) -> Result<(), LinkError> {
    let token = spend(conn, now, Purpose::Confirm, secret)?;
    let account = token.account_id.ok_or(LinkError::Unknown)?;
    store::confirm(conn, now, account)?;
    let act = Act { action: "account.confirmed", subject: format!("account:{account}"), detail: json!({}) };
    Ok(audit::append(conn, now, Actor::Account(account), act)?)
}
