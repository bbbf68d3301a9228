//! The SQL of what became of a comment.

use diesel::prelude::*;

use super::model::{Appeal, Life, Revision, Withdrawal};
use crate::clock::Moment;
use crate::comments::redaction::store as redaction;
use crate::comments::statements::store as statements;
use crate::comments::store::{self, CommentRow, RevisionRow, comment};
use crate::db::schema::{appeals, comment_revisions, comments, withdrawals};
use crate::db::{AnyConnection, DbResult};
use crate::ids::CommentId;

/// Everything that happened to a comment.
pub fn of(conn: &mut AnyConnection, id: CommentId) -> DbResult<Life> {
    Ok(Life {
        revisions: revisions(conn, id)?,
        answers: store::answers(conn, id)?,
        appeal: appeal(conn, id)?,
        redactions: redaction::of_comment(conn, id)?,
        statements: statements::of_comment(conn, id)?,
        withdrawal: withdrawal(conn, id)?,
    })
}

/// All that a comment ever said, the first revision first.
pub fn revisions(conn: &mut AnyConnection, id: CommentId) -> DbResult<Vec<Revision>> {
    let rows: Vec<(CommentRow, RevisionRow, i32, Moment)> = comments::table
        .inner_join(comment_revisions::table)
        .filter(comments::id.eq(id))
        .order(comment_revisions::revision)
        .select((
            CommentRow::as_select(),
            RevisionRow::as_select(),
            comment_revisions::revision,
            comment_revisions::created_at,
        ))
        .load(conn)?;
    rows.into_iter()
        .map(|(row, text, number, sent_at)| {
            let said = comment((row, text))?;
            Ok(Revision { number, sent_at, body: said.body, digest: said.digest })
        })
        .collect()
}

/// [`revisions`] as they came: with the words that were taken out since. For their author alone.
pub fn revisions_as_sent(conn: &mut AnyConnection, id: CommentId) -> DbResult<Vec<Revision>> {
    let mut all = revisions(conn, id)?;
    for revision in &mut all {
        if let Some(original) = redaction::original(conn, id, revision.number)? {
            revision.body = original.body;
        }
    }
    Ok(all)
}

/// The appeal of a comment's author, if there is one.
pub fn appeal(conn: &mut AnyConnection, id: CommentId) -> DbResult<Option<Appeal>> {
    let row: Option<(String, Moment)> =
        appeals::table.find(id).select((appeals::text, appeals::made_at)).first(conn).optional()?;
    Ok(row.map(|(text, made_at)| Appeal { text, made_at }))
}

/// Keeps an appeal. The second one of a comment fails with [`crate::db::DbError::Taken`].
pub(in crate::comments) fn put_appeal(conn: &mut AnyConnection, id: CommentId, it: &Appeal) -> DbResult<()> {
    diesel::insert_into(appeals::table)
        .values((appeals::comment_id.eq(id), appeals::text.eq(&it.text), appeals::made_at.eq(it.made_at)))
        .execute(conn)?;
    Ok(())
}

/// Why a comment was taken back, if its author said so.
pub fn withdrawal(conn: &mut AnyConnection, id: CommentId) -> DbResult<Option<Withdrawal>> {
    let row: Option<(String, Moment)> =
        withdrawals::table.find(id).select((withdrawals::reason, withdrawals::withdrawn_at)).first(conn).optional()?;
    Ok(row.map(|(reason, withdrawn_at)| Withdrawal { reason, withdrawn_at }))
}

/// Keeps why a comment was taken back.
pub(in crate::comments) fn put_withdrawal(conn: &mut AnyConnection, id: CommentId, it: &Withdrawal) -> DbResult<()> {
    diesel::insert_into(withdrawals::table)
        .values((
            withdrawals::comment_id.eq(id),
            withdrawals::reason.eq(&it.reason),
            withdrawals::withdrawn_at.eq(it.withdrawn_at),
        ))
        .execute(conn)?;
    Ok(())
}
