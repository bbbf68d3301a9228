//! The SQL of comments that came another way.

use diesel::prelude::*;

use super::model::Received;
use crate::clock::Moment;
use crate::db::schema::{accounts, received_comments};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, CommentId};

/// Notes how a comment came, and who entered it.
pub(super) fn insert(
    conn: &mut AnyConnection,
    now: Moment,
    comment: CommentId,
    event: &str,
    by: AccountId,
) -> DbResult<()> {
    diesel::insert_into(received_comments::table)
        .values((
            received_comments::comment_id.eq(comment),
            received_comments::event.eq(event),
            received_comments::entered_by.eq(by),
            received_comments::entered_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// How a comment came; `None` if its author sent it here.
pub fn of(conn: &mut AnyConnection, comment: CommentId) -> DbResult<Option<Received>> {
    let found: Option<(String, AccountId, String, Moment)> = received_comments::table
        .inner_join(accounts::table)
        .filter(received_comments::comment_id.eq(comment))
        .select((
            received_comments::event,
            received_comments::entered_by,
            accounts::name,
            received_comments::entered_at,
        ))
        .first(conn)
        .optional()?;
    Ok(found.map(|(event, entered_by, entered_by_name, entered_at)| Received {
        event,
        entered_by,
        entered_by_name,
        entered_at,
    }))
}
