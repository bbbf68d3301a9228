//! Moves a comment before or behind the others in the queue: one transaction.

use serde_json::json;

use super::listing::Priority;
use super::store;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::comments::model::Comment;
use crate::db::{AnyConnection, DbResult};
use crate::ids::AccountId;

/// Gives a comment a priority; nothing happens if it has it already. It is no change of the comment: a decision on it
/// that is being written stays good.
pub fn prioritise(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    comment: &Comment,
    priority: Priority,
) -> DbResult<()> {
    if !store::set_priority(conn, comment.id, priority)? {
        return Ok(());
    }
    let act = Act {
        action: "comment.prioritised",
        subject: format!("comment:{}", comment.reference),
        detail: json!({ "priority": priority.as_str() }),
    };
    audit::append(conn, now, Actor::Account(by), act)
}
