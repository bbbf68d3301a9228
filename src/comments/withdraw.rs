//! Taking a comment back: one transaction.

use serde_json::json;

use super::life::model::Withdrawal;
use super::life::store as life;
use super::model::{Comment, Event, State};
use super::{considered, record, store};
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbError};
use crate::ids::AccountId;

/// Why the comment stays.
#[derive(Debug, thiserror::Error)]
pub enum WithdrawError {
    /// There is no such comment of this author.
    #[error("no such comment")]
    NotFound,
    /// It changed since the page was shown, or can't be taken back any more.
    #[error("changed meanwhile")]
    Changed(Box<Comment>),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Withdraws a comment; one that is public leaves every public page with this transaction. `reason` may be empty; it is
/// for the Secretariat and the author alone.
pub fn withdraw(
    conn: &mut AnyConnection,
    now: Moment,
    account: AccountId,
    reference: &str,
    expected: i64,
    reason: String,
) -> Result<(), WithdrawError> {
    let comment = store::by_reference(conn, reference)?.filter(|it| it.author.account == account);
    let comment = comment.ok_or(WithdrawError::NotFound)?;
    let Some(state) = comment.state.apply(Event::Withdraw) else {
        return Err(WithdrawError::Changed(Box::new(comment)));
    };
    if !store::set_state(conn, now, comment.id, expected, state)? {
        return Err(WithdrawError::Changed(Box::new(comment)));
    }
    if comment.state == State::Published {
        considered::changed(conn, &[comment.id])?;
    }
    if comment.is_public() {
        record::leave(conn, &comment)?;
    }
    if !reason.is_empty() {
        life::put_withdrawal(conn, comment.id, &Withdrawal { reason, withdrawn_at: now })?;
    }
    let act = Act {
        action: "comment.withdrawn",
        subject: format!("comment:{}", comment.reference),
        detail: json!({ "revision": comment.revision, "was": comment.state.as_str() }),
    };
    Ok(audit::append(conn, now, Actor::Account(account), act)?)
}
