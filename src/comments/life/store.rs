//! The SQL of what became of a comment.

use diesel::prelude::*;

use super::model::{Appeal, Life, Revision, Withdrawal};
use crate::clock::Moment;
use crate::comments::considered::store as considered;
use crate::comments::redaction::store as redaction;
use crate::comments::statements::store as statements;
use crate::comments::store::{CommentRow, RevisionRow, comment};
use crate::db::schema::{appeals, comment_revisions, comments, decisions, withdrawals};
use crate::db::{AnyConnection, DbResult};
use crate::ids::CommentId;

/// Everything that happened to a comment.
pub fn of(conn: &mut AnyConnection, id: CommentId) -> DbResult<Life> {
    Ok(Life {
        revisions: revisions(conn, id)?,
        answers: answers(conn, id)?,
        appeal: appeal(conn, id)?,
        redactions: redaction::of_comment(conn, id)?,
        statements: statements::of_comment(conn, id)?,
        decisions: considered::of_comment(conn, id)?,
        withdrawal: withdrawal(conn, id)?,
    })
}

/// What a moderator answered to one revision, as its author may read it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = decisions)]
pub struct Answer {
    /// On which revision.
    pub revision: i32,
    /// `publish`, `return` or `decline`.
    pub outcome: String,
    /// A code of the vocabulary, if it was declined.
    pub reason: Option<String>,
    /// The request or the statement of reasons.
    pub statement: String,
    /// When.
    pub decided_at: Moment,
    /// 0 at first, 1 on an appeal.
    pub round: i32,
    /// By when an answer is asked, if it was returned.
    pub answer_by: Option<Moment>,
    /// When the decision was withdrawn, if it does not stand any more.
    pub undone_at: Option<Moment>,
    /// Why, in words to the author.
    pub undone_words: String,
}

impl Answer {
    /// Whether it was not withdrawn.
    pub fn stands(&self) -> bool {
        self.undone_at.is_none()
    }
}

/// Everything that was answered to a comment, oldest first. What was undone before its author was told never was.
pub fn answers(conn: &mut AnyConnection, comment: CommentId) -> DbResult<Vec<Answer>> {
    Ok(decisions::table
        .filter(decisions::comment_id.eq(comment))
        .filter(decisions::undone_at.is_null().or(decisions::undone_words.ne("")))
        .order((decisions::revision, decisions::round, decisions::decided_at, decisions::id))
        .select(Answer::as_select())
        .load(conn)?)
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
