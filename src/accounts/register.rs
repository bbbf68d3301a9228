//! Registering and confirming an address. Nobody learns from the answer whether an address is known (ASVS 6.3.8).

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::form::Registration;
use super::model::{Account, Details, Purpose};
use super::{mail, store};
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbError, DbResult, dialect};
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

/// A registration until its address is confirmed: it rests in its own link, so that of two registrations with one
/// address neither changes the other.
#[derive(Serialize, Deserialize)]
struct Pending {
    details: Details,
    language: String,
    password_hash: String,
}

/// Keeps a registration and writes the mail that belongs to it: a link to confirm, or word that there is an account
/// already. An address that was never confirmed may register again; the link that is followed counts.
pub fn register(
    conn: &mut AnyConnection,
    now: Moment,
    registration: Registration,
    password_hash: String,
    lang: &'static Language,
    origin: &str,
    most: i64,
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
    if known.is_none() {
        store::insert(conn, now, &account)?;
    }
    send_confirmation(conn, now, &account, origin, most)?;
    let act = Act { action: "account.registered", subject: format!("account:{}", account.id), detail: json!({}) };
    audit::append(conn, now, Actor::Account(account.id), act)
}

/// Whether an address has had all the letters of one kind that it gets in an hour. Asked before a link is made: a letter
/// that is not sent must not end the link of one that was. `kind` is how the keys of its letters begin; `most` is
/// `limits.letters_an_hour`. Whoever asks for the same address at the same moment waits until this is stored: what they find
/// then is exact.
pub fn has_enough(conn: &mut AnyConnection, now: Moment, email: &str, kind: &str, most: i64) -> DbResult<bool> {
    dialect::in_turn(conn, email)?;
    Ok(post::store::since(conn, email, kind, now - TimeDelta::hours(1))? >= most)
}

/// Queues a letter unless one with its key was queued before.
pub(super) fn queue_once(conn: &mut AnyConnection, now: Moment, letter: post::Letter) -> DbResult<()> {
    if post::store::is_queued(conn, &letter.once_key)? { Ok(()) } else { post::queue(conn, now, letter) }
}

/// Makes a link that confirms the account's address with what it says of itself, and the mail with it, unless the address
/// had `most` of them this hour.
pub fn send_confirmation(
    conn: &mut AnyConnection,
    now: Moment,
    account: &Account,
    origin: &str,
    most: i64,
) -> DbResult<()> {
    if has_enough(conn, now, &account.email, "confirm:", most)? {
        return decoy(conn, now, Purpose::Confirm);
    }
    let secret = ids::secret();
    let pending = Pending {
        details: account.details.clone(),
        language: account.language.clone(),
        password_hash: account.password_hash.clone(),
    };
    let detail = serde_json::to_string(&pending).map_err(|error| DbError::Fault(error.to_string()))?;
    put_link(conn, now, Purpose::Confirm, Some(account.id), &secret, &detail)?;
    post::queue(conn, now, mail::confirm(account, &format!("{origin}/confirm/{secret}"), &secret))
}

/// A link that nobody is sent: so the answer for an address that gets no mail takes as long as for one that does.
pub fn decoy(conn: &mut AnyConnection, now: Moment, purpose: Purpose) -> DbResult<()> {
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
    let pending: Pending = serde_json::from_str(&token.detail).map_err(|error| DbError::Fault(error.to_string()))?;
    if !store::confirm(conn, now, account)? {
        return Err(LinkError::Over);
    }
    let version = store::by_id(conn, account)?.version;
    store::set_details(conn, account, version, &pending.details)?;
    store::set_language(conn, account, &pending.language)?;
    store::set_password(conn, account, &pending.password_hash)?;
    store::end_tokens(conn, now, account)?;
    let act = Act { action: "account.confirmed", subject: format!("account:{account}"), detail: json!({}) };
    Ok(audit::append(conn, now, Actor::Account(account), act)?)
}
