//! Setting a second factor, taking it off, making new recovery codes: each with a letter to the owner and an audit entry.
//! Whatever changes what a sign-in needs ends every other session and gives this one a new secret.

use serde_json::json;

use super::model::{RECOVERY_CODES, RecoveryCode, Secret};
use super::{mail, store};
use crate::accounts::passkeys::store as passkeys;
use crate::accounts::sessions::store as sessions;
use crate::accounts::store as accounts;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::AccountId;
use crate::mail as post;

/// The session in which something is changed: what it is known by now, and from now on.
pub struct Turn {
    /// The digest of its secret.
    pub from: [u8; 32],
    /// That of its new one.
    pub to: [u8; 32],
}

/// Why everything stays as it was.
#[derive(Debug, thiserror::Error)]
pub enum SetError {
    /// The session ended, or the factor was changed, at the same moment.
    #[error("changed meanwhile")]
    Changed,
    /// Staff must have one.
    #[error("staff keep theirs")]
    Needed,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

fn fresh_codes() -> Vec<RecoveryCode> {
    (0..RECOVERY_CODES).map(|_| RecoveryCode::random()).collect()
}

/// Gives the session its new secret and ends the account's others.
pub(in crate::accounts) fn turn(conn: &mut AnyConnection, account: AccountId, turn: &Turn) -> Result<(), SetError> {
    if !sessions::rotate(conn, &turn.from, &turn.to)? {
        return Err(SetError::Changed);
    }
    Ok(accounts::end_sessions(conn, account, &turn.to)?)
}

fn note(conn: &mut AnyConnection, now: Moment, account: AccountId, action: &'static str) -> DbResult<()> {
    let act = Act { action, subject: format!("account:{account}"), detail: json!({}) };
    audit::append(conn, now, Actor::Account(account), act)
}

/// Gives the account the second factor whose app showed the code of `step`; returns the recovery codes, which nobody is
/// shown again.
pub fn set(
    conn: &mut AnyConnection,
    now: Moment,
    account: AccountId,
    (secret, step): (&Secret, i64),
    session: &Turn,
) -> Result<Vec<RecoveryCode>, SetError> {
    turn(conn, account, session)?;
    let had_one = match store::put(conn, now, account, secret, step) {
        Err(DbError::Taken(_)) => return Err(SetError::Changed),
        put => put?,
    };
    let codes = fresh_codes();
    store::put_codes(conn, now, account, &codes)?;
    let owner = accounts::by_id(conn, account)?;
    post::queue(conn, now, mail::set(&owner))?;
    note(conn, now, account, if had_one { "account.factor_replaced" } else { "account.factor_set" })?;
    Ok(codes)
}

/// Makes new recovery codes; the old ones end.
pub fn new_codes(conn: &mut AnyConnection, now: Moment, account: AccountId) -> Result<Vec<RecoveryCode>, SetError> {
    if !store::is_set(conn, account)? {
        return Err(SetError::Changed);
    }
    let codes = fresh_codes();
    store::put_codes(conn, now, account, &codes)?;
    let owner = accounts::by_id(conn, account)?;
    post::queue(conn, now, mail::new_codes(&owner))?;
    note(conn, now, account, "account.recovery_codes_made")?;
    Ok(codes)
}

/// Takes the second factor off; staff can only have it replaced.
pub fn remove(conn: &mut AnyConnection, now: Moment, account: AccountId, session: &Turn) -> Result<(), SetError> {
    let owner = accounts::by_id(conn, account)?;
    if owner.role.is_staff() {
        return Err(SetError::Needed);
    }
    turn(conn, account, session)?;
    if !store::remove(conn, account)? {
        return Err(SetError::Changed);
    }
    post::queue(conn, now, mail::removed(&owner))?;
    Ok(note(conn, now, account, "account.factor_removed")?)
}

/// Takes app, recovery codes and passkeys from an account. `false`: there was none of them.
pub(in crate::accounts) fn take_off(conn: &mut AnyConnection, account: AccountId) -> DbResult<bool> {
    let had_app = store::remove(conn, account)?;
    Ok(passkeys::remove_all(conn, account)? > 0 || had_app)
}

/// Takes the second factor and the passkeys off for somebody who lost them, by whoever runs the portal: their sessions end,
/// and staff set up a new one when they sign in. `false`: there is none.
pub fn reset_by_operator(conn: &mut AnyConnection, now: Moment, account: AccountId, origin: &str) -> DbResult<bool> {
    if !take_off(conn, account)? {
        return Ok(false);
    }
    accounts::end_sessions(conn, account, &[])?;
    let owner = accounts::by_id(conn, account)?;
    post::queue(conn, now, mail::reset(&owner, "", origin))?;
    let act = Act { action: "account.factor_reset", subject: format!("account:{account}"), detail: json!({}) };
    audit::append(conn, now, Actor::Operator, act)?;
    Ok(true)
}
