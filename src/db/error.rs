//! What can go wrong with the database, in the three ways that callers treat differently.

use diesel::result::{DatabaseErrorKind, Error};

/// The result of everything in a `store`.
pub type DbResult<T> = Result<T, DbError>;

/// A fault of the database: never the user's.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// A row with the same unique value is there already; a verb may turn this into an outcome.
    #[error("unique value taken: {0}")]
    Taken(String),
    /// Locked, full, gone or not answering: worth trying again later (503).
    #[error("database unavailable: {0}")]
    Unavailable(String),
    /// The schema is newer than this binary, or a migration failed: the operator must act.
    #[error("{0}")]
    Schema(String),
    /// A statement failed: a fault of ours (500).
    #[error("database fault: {0}")]
    Fault(String),
}

impl From<Error> for DbError {
    fn from(error: Error) -> Self {
        match error {
            Error::DatabaseError(DatabaseErrorKind::UniqueViolation, info) => Self::Taken(info.message().to_owned()),
            Error::DatabaseError(DatabaseErrorKind::ClosedConnection, info) => {
                Self::Unavailable(info.message().to_owned())
            }
            Error::DatabaseError(_, info) if passes(info.message()) => Self::Unavailable(info.message().to_owned()),
            Error::BrokenTransactionManager => Self::Unavailable("the connection broke in a transaction".into()),
            other => Self::Fault(other.to_string()),
        }
    }
}

/// Messages of faults that pass by themselves or with the operator's help; neither library gives them a kind.
fn passes(message: &str) -> bool {
    const PASSING: [&str; 17] = [
        "database is locked",
        "database table is locked",
        "database or disk is full",
        "disk I/O error",
        "unable to open database file",
        "terminating connection",
        "lock timeout",
        "deadlock detected",
        "could not serialize access",
        "No space left on device",
        "could not extend file",
        "no connection to the server",
        "could not receive data",
        "could not send data",
        "server closed the connection",
        "the database system is",
        "attempt to write a readonly database",
    ];
    PASSING.iter().any(|known| message.contains(known))
}
