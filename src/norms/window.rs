//! The Secretariat opens and closes the consultation: one transaction.

use serde_json::json;

use super::store;
use crate::audit::{self, Act, Actor};
use crate::clock::{self, Moment};
use crate::db::{AnyConnection, DbError};
use crate::epochs::{self, Scope};
use crate::ids::AccountId;

/// Why the window stays as it was.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// Somebody changed it since the page was shown.
    #[error("changed meanwhile")]
    Changed,
    /// There is no consultation.
    #[error("no consultation")]
    NoConsultation,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Sets when comments are taken. `expected` is the version the page showed.
pub fn set(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    expected: i64,
    opens_at: Moment,
    closes_at: Option<Moment>,
) -> Result<(), WindowError> {
    let consultation = store::consultation(conn)?.ok_or(WindowError::NoConsultation)?;
    if !store::set_window(conn, consultation.id, expected, opens_at, closes_at)? {
        return Err(WindowError::Changed);
    }
    epochs::raise(conn, Scope::Site)?;
    let act = Act {
        action: "consultation.window",
        subject: format!("consultation:{}", consultation.code),
        detail: json!({ "opens_at": clock::rfc3339(opens_at), "closes_at": closes_at.map(clock::rfc3339) }),
    };
    audit::append(conn, now, Actor::Account(by), act)?;
    Ok(())
}
