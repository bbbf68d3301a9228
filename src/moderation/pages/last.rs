//! The decision one took a moment ago, while it can be undone unseen: shown on whatever page of the queue follows.

use chrono::TimeDelta;

use super::outcome_name;
use crate::clock::Moment;
use crate::comments;
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, BatchId, DecisionId};
use crate::mail;
use crate::moderation::store;

/// A decision whose letter still waits.
pub(super) struct Last {
    pub id: DecisionId,
    pub reference: String,
    /// The message that names what was decided.
    pub outcome: &'static str,
    /// With how many others it was taken: that is undone on a page of its own.
    pub batch: Option<BatchId>,
    /// When its letter leaves.
    pub until: Moment,
}

/// The last decision of `by`, if its letter still waits.
pub(super) fn of(conn: &mut AnyConnection, by: AccountId, now: Moment, hold: TimeDelta) -> DbResult<Option<Last>> {
    let Some(decision) = store::latest_of(conn, by, now - hold)?.filter(|it| it.undone.is_none()) else {
        return Ok(None);
    };
    if !mail::store::is_unread(conn, &decision.letter_key())? {
        return Ok(None);
    }
    let comment = comments::store::by_id(conn, decision.comment_id)?;
    Ok(comment.map(|comment| Last {
        id: decision.id,
        reference: comment.reference,
        outcome: outcome_name(decision.outcome),
        batch: decision.batch,
        until: decision.decided_at + hold,
    }))
}
