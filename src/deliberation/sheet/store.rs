//! What tables are filled from: the issues that comments are under, and issues by their names. Reads only.

use diesel::prelude::*;

use super::model::Under;
use crate::db::schema::{comments, issue_comments, issues, norms};
use crate::db::{AnyConnection, DbResult};
use crate::deliberation::board::model::{Issue, OwnAnswer, State};
use crate::deliberation::board::store::issues as board;
use crate::ids::{CommentId, IssueId, NormId};

/// Asked about at once.
const STEP: usize = 500;

type Row = (CommentId, (IssueId, String, i32, State, String, String), (String, String, i64));

/// The issues that each of `all` is under, in the order of the texts.
pub fn under(conn: &mut AnyConnection, all: &[CommentId]) -> DbResult<Vec<(CommentId, Under)>> {
    let mut found = Vec::new();
    for step in all.chunks(STEP) {
        let rows: Vec<Row> = issue_comments::table
            .inner_join(issues::table.inner_join(norms::table))
            .filter(issue_comments::comment_id.eq_any(step.to_vec()))
            .order((norms::number, issues::number))
            .select((
                issue_comments::comment_id,
                (issues::id, norms::slug, issues::number, issues::state, issues::disposition, issues::reasons),
                (issue_comments::disposition, issue_comments::response, issue_comments::version),
            ))
            .load(conn)?;
        found.extend(rows.into_iter().map(|(comment, issue, own)| {
            let (issue, slug, number, state, disposition, reasons) = issue;
            let own = OwnAnswer { disposition: own.0, response: own.1, version: own.2 };
            (comment, Under { issue, slug, number, state, disposition, reasons, own })
        }));
    }
    Ok(found)
}

/// The comments with these references.
pub fn comments(conn: &mut AnyConnection, references: &[String]) -> DbResult<Vec<(String, CommentId)>> {
    let mut found = Vec::new();
    for step in references.chunks(STEP) {
        let rows: Vec<(String, CommentId)> = comments::table
            .filter(comments::reference.eq_any(step.to_vec()))
            .select((comments::reference, comments::id))
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

/// The issue with this number on the text with this slug.
pub fn issue(conn: &mut AnyConnection, slug: &str, number: i32) -> DbResult<Option<Issue>> {
    let id: Option<IssueId> = issues::table
        .inner_join(norms::table)
        .filter(norms::slug.eq(slug.to_owned()).and(issues::number.eq(number)))
        .select(issues::id)
        .first(conn)
        .optional()?;
    id.map_or(Ok(None), |id| board::by_id(conn, id))
}

/// The references of comments under an issue, at most `most`, and how many there are.
pub fn references(conn: &mut AnyConnection, issue: IssueId, most: i64) -> DbResult<(Vec<String>, i64)> {
    let all = issue_comments::table.inner_join(comments::table).filter(issue_comments::issue_id.eq(issue));
    let first = all.order(issue_comments::comment_id).limit(most).select(comments::reference).load(conn)?;
    let count = issue_comments::table.filter(issue_comments::issue_id.eq(issue)).count().get_result(conn)?;
    Ok((first, count))
}

/// How many issues there are, of one text or of all.
pub fn count(conn: &mut AnyConnection, norm: Option<NormId>) -> DbResult<i64> {
    let mut query = issues::table.into_boxed();
    if let Some(norm) = norm {
        query = query.filter(issues::norm_id.eq(norm));
    }
    Ok(query.count().get_result(conn)?)
}
