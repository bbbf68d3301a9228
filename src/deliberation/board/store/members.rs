//! Comments under issues.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::clock::Moment;
use crate::comments::model::{Comment, State};
use crate::comments::store::{CommentRow, RevisionRow, comment, current};
use crate::db::schema::{comments, issue_comments, issues, satisfactions};
use crate::db::{AnyConnection, DbResult};
use crate::deliberation::board::model::OwnAnswer;
use crate::ids::{AccountId, CommentId, IssueId, NormId};
use crate::web::paging::ROWS;

/// A comment under an issue, with what it gets that the others do not.
#[derive(Debug, Clone)]
pub struct Member {
    /// The comment.
    pub comment: Comment,
    /// Its own answer; mostly none.
    pub own: OwnAnswer,
}

fn own((disposition, response, version): (String, String, i64)) -> OwnAnswer {
    OwnAnswer { disposition, response, version }
}

/// Comments under an issue behind `after`, those taken back among them; one more than a page as the sign that more follow.
pub fn of_issue(conn: &mut AnyConnection, issue: IssueId, after: Option<CommentId>) -> DbResult<Vec<Member>> {
    let mut query = current()
        .inner_join(issue_comments::table.on(issue_comments::comment_id.eq(comments::id)))
        .filter(issue_comments::issue_id.eq(issue))
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(issue_comments::comment_id.gt(after));
    }
    let rows: Vec<(CommentRow, RevisionRow, (String, String, i64))> = query
        .order(issue_comments::comment_id)
        .limit(i64::try_from(ROWS + 1).unwrap_or(i64::MAX))
        .select((
            CommentRow::as_select(),
            RevisionRow::as_select(),
            (issue_comments::disposition, issue_comments::response, issue_comments::version),
        ))
        .load(conn)?;
    rows.into_iter()
        .map(|(row, text, answer)| Ok(Member { comment: comment((row, text))?, own: own(answer) }))
        .collect()
}

/// A comment as it is under an issue; `None` if it is not.
pub fn member(conn: &mut AnyConnection, issue: IssueId, id: CommentId) -> DbResult<Option<OwnAnswer>> {
    let row = issue_comments::table
        .find((issue, id))
        .select((issue_comments::disposition, issue_comments::response, issue_comments::version))
        .first(conn)
        .optional()?;
    Ok(row.map(own))
}

/// Those of `all` that are under the issue.
pub fn among(conn: &mut AnyConnection, issue: IssueId, all: &[CommentId]) -> DbResult<Vec<CommentId>> {
    Ok(issue_comments::table
        .filter(issue_comments::issue_id.eq(issue).and(issue_comments::comment_id.eq_any(all.to_vec())))
        .select(issue_comments::comment_id)
        .load(conn)?)
}

/// The issues that a comment is under: which, on which text, number, question.
pub fn issues_of(conn: &mut AnyConnection, id: CommentId) -> DbResult<Vec<(IssueId, NormId, i32, String)>> {
    Ok(issue_comments::table
        .inner_join(issues::table)
        .filter(issue_comments::comment_id.eq(id))
        .order((issues::norm_id, issues::number))
        .select((issues::id, issues::norm_id, issues::number, issues::statement))
        .load(conn)?)
}

/// Whether one of the accepted comments under an issue is this person's.
pub fn has_own(conn: &mut AnyConnection, issue: IssueId, by: AccountId) -> DbResult<bool> {
    let own = issue_comments::table
        .inner_join(comments::table)
        .filter(issue_comments::issue_id.eq(issue))
        .filter(comments::account_id.eq(by).and(comments::state.eq(State::Published)));
    Ok(diesel::select(exists(own)).get_result(conn)?)
}

/// Makes everybody else who would move the comment wait for this transaction. `false`: it is not accepted.
pub fn hold_accepted(conn: &mut AnyConnection, id: CommentId) -> DbResult<bool> {
    let accepted = comments::table.filter(comments::id.eq(id).and(comments::state.eq(State::Published)));
    Ok(diesel::update(accepted).set(comments::issues.eq(comments::issues)).execute(conn)? == 1)
}

/// [`hold_accepted`], whatever the state of the comment.
pub fn hold(conn: &mut AnyConnection, id: CommentId) -> DbResult<()> {
    diesel::update(comments::table.find(id)).set(comments::issues.eq(comments::issues)).execute(conn)?;
    Ok(())
}

/// Puts a comment under an issue; `voice` and `said` are what it is counted by.
pub fn put(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    (issue, id): (IssueId, CommentId),
    (voice, said): (&[u8], &[u8]),
) -> DbResult<()> {
    diesel::insert_into(issue_comments::table)
        .values((
            issue_comments::issue_id.eq(issue),
            issue_comments::comment_id.eq(id),
            issue_comments::disposition.eq(""),
            issue_comments::response.eq(""),
            issue_comments::version.eq(1_i64),
            issue_comments::voice.eq(voice),
            issue_comments::said.eq(said),
            issue_comments::put_by.eq(by),
            issue_comments::put_at.eq(now),
        ))
        .execute(conn)?;
    diesel::update(comments::table.find(id)).set(comments::issues.eq(comments::issues + 1)).execute(conn)?;
    Ok(())
}

/// Takes a comment from under an issue. `false`: it is not there.
pub fn take(conn: &mut AnyConnection, issue: IssueId, id: CommentId) -> DbResult<bool> {
    if diesel::delete(issue_comments::table.find((issue, id))).execute(conn)? == 0 {
        return Ok(false);
    }
    diesel::update(comments::table.find(id)).set(comments::issues.eq(comments::issues - 1)).execute(conn)?;
    Ok(true)
}

/// Every comment under an issue by id, at most `most` behind `after`.
pub fn ids(conn: &mut AnyConnection, issue: IssueId, after: Option<CommentId>, most: i64) -> DbResult<Vec<CommentId>> {
    let mut query = issue_comments::table.filter(issue_comments::issue_id.eq(issue)).into_boxed();
    if let Some(after) = after {
        query = query.filter(issue_comments::comment_id.gt(after));
    }
    Ok(query.order(issue_comments::comment_id).limit(most).select(issue_comments::comment_id).load(conn)?)
}

/// Gives one comment an answer of its own in place of that of `version`. `false`: it is another by now.
pub fn answer(
    conn: &mut AnyConnection,
    by: AccountId,
    (issue, id, version): (IssueId, CommentId, i64),
    (disposition, response): (&str, &str),
) -> DbResult<bool> {
    let row = issue_comments::table.find((issue, id)).filter(issue_comments::version.eq(version));
    let changed = diesel::update(row)
        .set((
            issue_comments::disposition.eq(disposition),
            issue_comments::response.eq(response),
            issue_comments::answered_by.eq(Some(by)),
            issue_comments::version.eq(version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// What authors said about the answer, the newest first, at most `most`: reference, whether content, remark, when.
pub fn remarks(conn: &mut AnyConnection, issue: IssueId, most: i64) -> DbResult<Vec<(String, bool, String, Moment)>> {
    Ok(satisfactions::table
        .inner_join(comments::table)
        .filter(satisfactions::issue_id.eq(issue).and(satisfactions::remark.ne("")))
        .order((satisfactions::answered_at.desc(), satisfactions::comment_id))
        .limit(most)
        .select((comments::reference, satisfactions::is_satisfied, satisfactions::remark, satisfactions::answered_at))
        .load(conn)?)
}
