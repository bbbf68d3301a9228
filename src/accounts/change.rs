//! Changing one's details and password.

use serde_json::json;

use super::model::Details;
use super::{mail, store};
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

/// Sets a new password, ends every other session and says so by mail.
pub fn password(
    conn: &mut AnyConnection,
    now: Moment,
    account: AccountId,
    password_hash: &str,
    this_session: &[u8],
) -> DbResult<()> {
    store::set_password(conn, account, password_hash)?;
    store::end_sessions(conn, account, this_session)?;
    store::end_tokens(conn, now, account)?;
    let owner = store::by_id(conn, account)?;
    post::queue(conn, now, mail::password_changed(&owner, &format!("password:{account}:{}", owner.version)))?;
    let act = Act { action: "account.password_changed", subject: format!("account:{account}"), detail: json!({}) };
    audit::append(conn, now, Actor::Account(account), act)
}
