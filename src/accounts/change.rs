//! Changing one's details and password.

use serde_json::json;

use super::factor::set::Turn;
use super::model::Details;
use super::sessions::store as sessions;
use super::{mail, passkeys, store};
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::AccountId;
use crate::mail as post;

/// Why details stay as they were.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// They were changed since the page was shown.
    #[error("changed meanwhile")]
    Changed,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Replaces the details. Comments sent before keep the details they were sent with.
pub fn details(
    conn: &mut AnyConnection,
    now: Moment,
    account: AccountId,
    expected: i64,
    details: &Details,
) -> Result<(), ChangeError> {
    if !store::set_details(conn, account, expected, details)? {
        return Err(ChangeError::Changed);
    }
    let act = Act { action: "account.changed", subject: format!("account:{account}"), detail: json!({}) };
    Ok(audit::append(conn, now, Actor::Account(account), act)?)
}

/// Sets a new password, ends every other session, gives this one a new secret and says so by mail. `false`: the session
/// had ended, and nothing was changed.
pub fn password(
    conn: &mut AnyConnection,
    now: Moment,
    account: AccountId,
    password_hash: &str,
    session: &Turn,
) -> DbResult<bool> {
    if !sessions::rotate(conn, &session.from, &session.to)? {
        return Ok(false);
    }
    store::set_password(conn, account, password_hash)?;
    store::end_sessions(conn, account, &session.to)?;
    store::end_tokens(conn, now, account)?;
    let owner = store::by_id(conn, account)?;
    let once = format!("password:{account}:{}", owner.version);
    let has_passkeys = passkeys::store::has_any(conn, account)?;
    post::queue(conn, now, mail::password_changed(&owner, &once, has_passkeys))?;
    let act = Act { action: "account.password_changed", subject: format!("account:{account}"), detail: json!({}) };
    audit::append(conn, now, Actor::Account(account), act)?;
    Ok(true)
}
