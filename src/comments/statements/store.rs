//! The SQL of what authors were told.

use diesel::prelude::*;

use super::Statement;
use crate::clock::Moment;
use crate::db::schema::{outbox, statements};
use crate::db::{AnyConnection, DbResult};
use crate::ids::CommentId;
use crate::mail::Letter;

/// Keeps a letter. A second one with its key fails with [`crate::db::DbError::Taken`].
pub fn put(
    conn: &mut AnyConnection,
    now: Moment,
    comment: CommentId,
    letter: &Letter,
    appeal_until: Option<Moment>,
) -> DbResult<()> {
    diesel::insert_into(statements::table)
        .values((
            statements::once_key.eq(&letter.once_key),
            statements::comment_id.eq(comment),
            statements::subject.eq(&letter.subject),
            statements::body.eq(&letter.body),
            statements::appeal_until.eq(appeal_until),
            statements::written_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Every letter about decisions on a comment that was sent or is on its way, the first one first. One that was taken out
/// of the outbox in time never was.
pub fn of_comment(conn: &mut AnyConnection, comment: CommentId) -> DbResult<Vec<Statement>> {
    let rows: Vec<(String, String, Option<Moment>, Moment)> = statements::table
        .inner_join(outbox::table.on(outbox::once_key.eq(statements::once_key)))
        .filter(statements::comment_id.eq(comment))
        .order((statements::written_at, statements::once_key))
        .select((statements::subject, statements::body, statements::appeal_until, statements::written_at))
        .load(conn)?;
    let statement = |(subject, body, appeal_until, written_at)| Statement { subject, body, appeal_until, written_at };
    Ok(rows.into_iter().map(statement).collect())
}
