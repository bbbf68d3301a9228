//! Taking a comment to work on, keeping it, giving it back, and taking it over from somebody: one transaction each.

use serde_json::json;

use super::model::Claim;
use super::store;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::comments;
use crate::comments::model::{Comment, Event};
use crate::db::{AnyConnection, DbError};
use crate::ids::{AccountId, CommentId};

/// Why a comment is not somebody's to work on.
#[derive(Debug, thiserror::Error)]
pub enum ClaimError {
    /// It does not wait for a decision.
    #[error("does not wait")]
    NotWaiting,
    /// Somebody else works on it, or on nothing of what was asked for any more.
    #[error("held by another")]
    Held(Option<Box<Claim>>),
    /// The database failed. [`DbError::Taken`] is a lost race: somebody else claimed it at the same moment.
    #[error(transparent)]
    Db(#[from] DbError),
}

fn waiting(conn: &mut AnyConnection, id: CommentId) -> Result<Comment, ClaimError> {
    let comment = comments::store::by_id(conn, id)?;
    comment.filter(|it| it.state.apply(Event::Publish).is_some()).ok_or(ClaimError::NotWaiting)
}

fn held(conn: &mut AnyConnection, now: Moment, id: CommentId) -> Result<ClaimError, DbError> {
    Ok(ClaimError::Held(store::of(conn, now, id)?.map(Box::new)))
}

/// Takes a comment that nobody else works on.
pub fn claim(conn: &mut AnyConnection, now: Moment, by: AccountId, id: CommentId) -> Result<(), ClaimError> {
    waiting(conn, id)?;
    if store::take(conn, now, id, by)? { Ok(()) } else { Err(held(conn, now, id)?) }
}

/// Keeps a comment that one works on.
pub fn renew(conn: &mut AnyConnection, now: Moment, by: AccountId, id: CommentId) -> Result<(), ClaimError> {
    if store::renew(conn, now, id, by)? { Ok(()) } else { Err(held(conn, now, id)?) }
}

/// Gives a comment back. Harmless where one does not hold it.
pub fn release(conn: &mut AnyConnection, by: AccountId, id: CommentId) -> Result<(), ClaimError> {
    store::release(conn, id, by)?;
    Ok(())
}

/// Takes a comment over from `from`, as the page named them; the audit log keeps from whom.
pub fn take_over(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    id: CommentId,
    from: AccountId,
) -> Result<(), ClaimError> {
    let comment = waiting(conn, id)?;
    if !store::take_over(conn, now, id, from, by)? {
        return Err(held(conn, now, id)?);
    }
    let act = Act {
        action: "claim.taken_over",
        subject: format!("comment:{}", comment.reference),
        detail: json!({ "from": from.to_string() }),
    };
    Ok(audit::append(conn, now, Actor::Account(by), act)?)
}
