//! Adding a code to the book, giving it other words, retiring it: each one transaction with its audit entry.

use serde_json::json;

use super::model::{MOST, Words};
use super::store;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::AccountId;

/// Why the book did not grow.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// The code is there.
    #[error("there already")]
    There,
    /// The book is full.
    #[error("full")]
    Full,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

fn act(action: &'static str, code: &str, detail: serde_json::Value) -> Act {
    Act { action, subject: format!("code:{code}"), detail }
}

/// Adds a code.
pub fn add(conn: &mut AnyConnection, now: Moment, by: AccountId, code: &str, words: &Words) -> Result<(), AddError> {
    if store::by_code(conn, code)?.is_some() {
        return Err(AddError::There);
    }
    if store::count(conn)? >= i64::try_from(MOST).unwrap_or(i64::MAX) {
        return Err(AddError::Full);
    }
    store::insert(conn, now, by, code, words)?;
    Ok(audit::append(conn, now, Actor::Account(by), act("code.added", code, json!({})))?)
}

/// Gives `version` of a code other words, retires it or takes it into use again. `false`: somebody was quicker.
pub fn change(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    (code, version): (&str, i64),
    (words, is_retired): (&Words, bool),
) -> DbResult<bool> {
    if !store::change(conn, now, by, (code, version), (words, is_retired))? {
        return Ok(false);
    }
    let detail = json!({ "version": version + 1, "is_retired": is_retired });
    audit::append(conn, now, Actor::Account(by), act("code.changed", code, detail))?;
    Ok(true)
}
