//! What was published of issues: written once, never changed.

use diesel::prelude::*;

use crate::clock::Moment;
use crate::comments::model::{Comment, State};
use crate::comments::store::{CommentRow, RevisionRow, comment, current};
use crate::db::schema::{answers, comments, issue_comments, issue_decisions, issues, norms, satisfactions};
use crate::db::{AnyConnection, DbResult};
use crate::deliberation::board::model::{Done, Issue};
use crate::ids::{BatchId, CommentId, IssueDecisionId, IssueId};

/// Writes down the decision on an issue as it is published.
pub fn decide(
    conn: &mut AnyConnection,
    id: IssueDecisionId,
    issue: &Issue,
    (proposed, validated, published): (&Done, &Done, &Done),
    (batch, comments): (BatchId, i64),
) -> DbResult<()> {
    diesel::insert_into(issue_decisions::table)
        .values((
            issue_decisions::id.eq(id),
            issue_decisions::issue_id.eq(issue.id),
            issue_decisions::round.eq(issue.round),
            issue_decisions::statement.eq(&issue.texts.statement),
            issue_decisions::disposition.eq(&issue.texts.disposition),
            issue_decisions::reasons.eq(&issue.texts.reasons),
            issue_decisions::wording.eq(&issue.texts.wording),
            issue_decisions::proposed_by.eq(proposed.by),
            issue_decisions::validated_by.eq(validated.by),
            issue_decisions::published_by.eq(published.by),
            issue_decisions::published_at.eq(published.at),
            issue_decisions::batch_id.eq(batch),
            issue_decisions::comments.eq(comments),
        ))
        .execute(conn)?;
    Ok(())
}

/// How many accepted comments are under an issue.
pub fn accepted(conn: &mut AnyConnection, issue: IssueId) -> DbResult<i64> {
    let accepted: State = State::Published;
    Ok(issue_comments::table
        .inner_join(comments::table)
        .filter(issue_comments::issue_id.eq(issue).and(comments::state.eq(accepted)))
        .count()
        .get_result(conn)?)
}

/// Writes down which comments a decision answers, and with which answer of their own: those under the issue that are
/// accepted now.
pub fn answer_all(conn: &mut AnyConnection, id: IssueDecisionId) -> DbResult<usize> {
    let accepted: State = State::Published;
    let under = issue_comments::table
        .inner_join(comments::table)
        .inner_join(issue_decisions::table.on(issue_decisions::issue_id.eq(issue_comments::issue_id)))
        .filter(issue_decisions::id.eq(id).and(comments::state.eq(accepted)))
        .select((
            issue_decisions::id,
            issue_comments::comment_id,
            issue_comments::disposition,
            issue_comments::response,
            issue_comments::voice,
            issue_comments::said,
        ));
    let into = (
        answers::decision_id,
        answers::comment_id,
        answers::disposition,
        answers::response,
        answers::voice,
        answers::said,
    );
    Ok(diesel::insert_into(answers::table).values(under).into_columns(into).execute(conn)?)
}

/// A comment that a decision answers.
pub struct Answered {
    /// The comment.
    pub comment: Comment,
    /// Its own disposition; mostly empty.
    pub disposition: String,
    /// Its own reasons; mostly empty.
    pub response: String,
    /// Whether its author said already whether an earlier answer satisfied them.
    pub was_asked: bool,
}

/// Those of `all` that an earlier decision on the issue answered.
pub fn told_before(
    conn: &mut AnyConnection,
    (id, issue): (IssueDecisionId, IssueId),
    all: &[CommentId],
) -> DbResult<Vec<CommentId>> {
    Ok(answers::table
        .inner_join(issue_decisions::table)
        .filter(issue_decisions::issue_id.eq(issue).and(issue_decisions::id.ne(id)))
        .filter(answers::comment_id.eq_any(all.to_vec()))
        .select(answers::comment_id)
        .distinct()
        .load(conn)?)
}

type Row = (CommentRow, RevisionRow, (String, String), Option<bool>);

/// The comments that a decision answers, by id behind `after`, at most `most`.
pub fn answered(
    conn: &mut AnyConnection,
    (id, issue): (IssueDecisionId, IssueId),
    after: Option<CommentId>,
    most: i64,
) -> DbResult<Vec<Answered>> {
    let asked = satisfactions::table
        .on(satisfactions::comment_id.eq(answers::comment_id).and(satisfactions::issue_id.eq(issue)));
    let mut query = current()
        .inner_join(answers::table.on(answers::comment_id.eq(comments::id)))
        .left_join(asked)
        .filter(answers::decision_id.eq(id))
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(answers::comment_id.gt(after));
    }
    let rows: Vec<Row> = query
        .order(answers::comment_id)
        .limit(most)
        .select((
            CommentRow::as_select(),
            RevisionRow::as_select(),
            (answers::disposition, answers::response),
            satisfactions::is_satisfied.nullable(),
        ))
        .load(conn)?;
    let one = |(row, text, (disposition, response), asked): Row| {
        Ok(Answered { comment: comment((row, text))?, disposition, response, was_asked: asked.is_some() })
    };
    rows.into_iter().map(one).collect()
}

/// The slugs of all texts that comments answered by a decision are about.
pub fn slugs(conn: &mut AnyConnection, id: IssueDecisionId) -> DbResult<Vec<String>> {
    Ok(answers::table
        .inner_join(comments::table)
        .inner_join(norms::table.on(norms::id.eq(comments::norm_id)))
        .filter(answers::decision_id.eq(id))
        .select(norms::slug)
        .distinct()
        .order(norms::slug)
        .load(conn)?)
}

/// A decision of a batch, as the page of the batch shows it.
#[derive(Debug, Clone, Queryable)]
pub struct InBatch {
    /// On which issue.
    pub issue: IssueId,
    /// The text.
    pub norm: String,
    /// Its place in addresses.
    pub slug: String,
    /// The number of the issue.
    pub number: i32,
    /// The question.
    pub statement: String,
    /// The decision: a code of the vocabulary.
    pub disposition: String,
    /// How many comments it answers.
    pub comments: i64,
    /// When.
    pub published_at: Moment,
}

/// What was published together.
pub fn of_batch(conn: &mut AnyConnection, batch: BatchId) -> DbResult<Vec<InBatch>> {
    Ok(issue_decisions::table
        .inner_join(issues::table)
        .inner_join(norms::table.on(norms::id.eq(issues::norm_id)))
        .filter(issue_decisions::batch_id.eq(batch))
        .order((norms::number, issues::number))
        .select((
            issues::id,
            norms::title,
            norms::slug,
            issues::number,
            issue_decisions::statement,
            issue_decisions::disposition,
            issue_decisions::comments,
            issue_decisions::published_at,
        ))
        .load(conn)?)
}
