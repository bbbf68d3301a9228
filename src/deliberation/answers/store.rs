//! The SQL of what authors say about answers.

use diesel::prelude::*;

use crate::clock::Moment;
use crate::db::schema::{satisfactions, statements};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{CommentId, IssueId};

/// What an author said about the answer to one of their comments.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Said {
    /// Whether it satisfies them.
    pub is_satisfied: bool,
    /// What else they said; may be empty.
    pub remark: String,
    /// When.
    pub at: Moment,
}

/// What the author of a comment said about the answer under an issue, if they did.
pub fn said(conn: &mut AnyConnection, issue: IssueId, comment: CommentId) -> DbResult<Option<Said>> {
    let row = satisfactions::table.find((issue, comment));
    Ok(row
        .select((satisfactions::is_satisfied, satisfactions::remark, satisfactions::answered_at))
        .first(conn)
        .optional()?)
}

/// When the author of each of `comments` was written to of a decision the last time; nothing of those who were not.
pub fn told(conn: &mut AnyConnection, comments: &[CommentId]) -> DbResult<Vec<(CommentId, Moment)>> {
    let letters = statements::comment_id.eq_any(comments.to_vec()).and(statements::once_key.like("decided:%"));
    Ok(statements::table
        .filter(letters)
        .order(statements::written_at)
        .select((statements::comment_id, statements::written_at))
        .load(conn)?)
}

/// Keeps what an author said. A second time fails with [`crate::db::DbError::Taken`].
pub fn put(conn: &mut AnyConnection, issue: IssueId, comment: CommentId, it: &Said) -> DbResult<()> {
    diesel::insert_into(satisfactions::table)
        .values((
            satisfactions::issue_id.eq(issue),
            satisfactions::comment_id.eq(comment),
            satisfactions::is_satisfied.eq(it.is_satisfied),
            satisfactions::remark.eq(&it.remark),
            satisfactions::answered_at.eq(it.at),
        ))
        .execute(conn)?;
    Ok(())
}
