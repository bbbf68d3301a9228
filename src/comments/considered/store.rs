//! The SQL of what was made of comments, and of who stands behind issues.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::model::{Behind, Considered, Edition, Tally};
use crate::clock::Moment;
use crate::comments::model::{Publication, State};
use crate::db::schema::{
    answers, comments, issue_comments, issue_decisions, issue_tallies, issues, norms, satisfactions,
};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, CommentId, IssueId};

/// Comments asked about at once.
const STEP: usize = 500;

type Which = (CommentId, IssueId, i32, String, String);
type Decided = (String, String, String, String, Moment);
type Row = (Which, Decided, (String, String), Option<bool>);

/// What was published about each of `comments`, the first decision first. Only the last decision on an issue holds.
pub fn of_comments(conn: &mut AnyConnection, comments: &[CommentId]) -> DbResult<Vec<(CommentId, Considered)>> {
    let rows: Vec<Row> = answers::table
        .inner_join(issue_decisions::table)
        .inner_join(issues::table.on(issues::id.eq(issue_decisions::issue_id)))
        .inner_join(norms::table.on(norms::id.eq(issues::norm_id)))
        .left_join(
            satisfactions::table.on(satisfactions::issue_id
                .eq(issue_decisions::issue_id)
                .and(satisfactions::comment_id.eq(answers::comment_id))),
        )
        .filter(answers::comment_id.eq_any(comments.to_vec()))
        .filter(issue_decisions::round.eq(issues::answered))
        .order((issue_decisions::published_at, norms::number, issues::number))
        .select((
            (answers::comment_id, issues::id, issues::number, norms::title, norms::slug),
            (
                issue_decisions::statement,
                issue_decisions::disposition,
                issue_decisions::reasons,
                issue_decisions::wording,
                issue_decisions::published_at,
            ),
            (answers::disposition, answers::response),
            satisfactions::is_satisfied.nullable(),
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(considered).collect())
}

/// A comment that got an answer of its own has that one.
fn considered((which, decided, own, is_satisfied): Row) -> (CommentId, Considered) {
    let (comment, issue, number, norm, slug) = which;
    let (statement, disposition, reasons, wording, decided_at) = decided;
    let (disposition, reasons, wording) =
        if own.0.is_empty() { (disposition, reasons, wording) } else { (own.0, own.1, String::new()) };
    let it =
        Considered { issue, number, norm, slug, statement, disposition, reasons, wording, decided_at, is_satisfied };
    (comment, it)
}

/// What was published about one comment.
pub fn of_comment(conn: &mut AnyConnection, comment: CommentId) -> DbResult<Vec<Considered>> {
    Ok(of_comments(conn, &[comment])?.into_iter().map(|(_, it)| it).collect())
}

/// The issues that any of `comments` is or was under, in an order that is always the same.
pub fn issues_of(conn: &mut AnyConnection, comments: &[CommentId]) -> DbResult<Vec<IssueId>> {
    let mut all = BTreeSet::new();
    for step in comments.chunks(STEP) {
        let on_board: Vec<IssueId> = issue_comments::table
            .filter(issue_comments::comment_id.eq_any(step.to_vec()))
            .select(issue_comments::issue_id)
            .distinct()
            .load(conn)?;
        let published: Vec<IssueId> = answers::table
            .inner_join(issue_decisions::table)
            .filter(answers::comment_id.eq_any(step.to_vec()))
            .select(issue_decisions::issue_id)
            .distinct()
            .load(conn)?;
        all.extend(on_board.into_iter().chain(published));
    }
    Ok(all.into_iter().collect())
}

/// Makes everybody else who would change this issue or count behind it wait for this transaction.
pub fn hold(conn: &mut AnyConnection, issue: IssueId) -> DbResult<()> {
    diesel::update(issues::table.find(issue)).set(issues::number.eq(issues::number)).execute(conn)?;
    Ok(())
}

/// The slug of the text that a decision on this issue was published on; `None` if there is none.
pub fn published_on(conn: &mut AnyConnection, issue: IssueId) -> DbResult<Option<String>> {
    let found = issues::table.inner_join(norms::table).filter(issues::id.eq(issue)).filter(issues::answered.gt(0));
    Ok(found.select(norms::slug).first(conn).optional()?)
}

type BehindRow = (String, Publication, Vec<u8>, Vec<u8>);

fn one((group, publication, voice, said): BehindRow) -> Behind {
    Behind { group, is_confidential: publication == Publication::Commission, voice, said }
}

/// Who stands behind an issue on the board: its comments that are accepted now.
pub fn behind(conn: &mut AnyConnection, issue: IssueId) -> DbResult<Vec<Behind>> {
    let accepted: State = State::Published;
    let rows: Vec<BehindRow> = issue_comments::table
        .inner_join(comments::table)
        .filter(issue_comments::issue_id.eq(issue).and(comments::state.eq(accepted)))
        .select((comments::stakeholder_group, comments::publication, issue_comments::voice, issue_comments::said))
        .load(conn)?;
    Ok(rows.into_iter().map(one).collect())
}

/// Who stands behind the last decision that was published on an issue, as far as their comments are accepted now.
pub fn behind_published(conn: &mut AnyConnection, issue: IssueId) -> DbResult<Vec<Behind>> {
    let accepted: State = State::Published;
    let rows: Vec<BehindRow> = answers::table
        .inner_join(issue_decisions::table)
        .inner_join(comments::table)
        .inner_join(issues::table.on(issues::id.eq(issue_decisions::issue_id)))
        .filter(issues::id.eq(issue).and(issue_decisions::round.eq(issues::answered)))
        .filter(comments::state.eq(accepted))
        .select((comments::stakeholder_group, comments::publication, answers::voice, answers::said))
        .load(conn)?;
    Ok(rows.into_iter().map(one).collect())
}

/// Puts new counts in place of those there were.
pub fn put_tallies(conn: &mut AnyConnection, issue: IssueId, edition: Edition, all: &[Tally]) -> DbResult<()> {
    let old = issue_tallies::issue_id.eq(issue).and(issue_tallies::edition.eq(edition));
    diesel::delete(issue_tallies::table.filter(old)).execute(conn)?;
    for it in all {
        diesel::insert_into(issue_tallies::table)
            .values((
                issue_tallies::issue_id.eq(issue),
                issue_tallies::edition.eq(edition),
                issue_tallies::stakeholder_group.eq(&it.group),
                issue_tallies::comments.eq(it.comments),
                issue_tallies::voices.eq(it.voices),
                issue_tallies::texts.eq(it.texts),
                issue_tallies::confidential.eq(it.confidential),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Who stands behind each of `all`, the group with the most voices first and the count of all before them.
pub fn tallies(conn: &mut AnyConnection, edition: Edition, all: &[IssueId]) -> DbResult<Vec<(IssueId, Tally)>> {
    let rows: Vec<(IssueId, String, i64, i64, i64, i64)> = issue_tallies::table
        .filter(issue_tallies::issue_id.eq_any(all.to_vec()).and(issue_tallies::edition.eq(edition)))
        .order((issue_tallies::voices.desc(), issue_tallies::stakeholder_group))
        .select((
            issue_tallies::issue_id,
            issue_tallies::stakeholder_group,
            issue_tallies::comments,
            issue_tallies::voices,
            issue_tallies::texts,
            issue_tallies::confidential,
        ))
        .load(conn)?;
    let tally = |(issue, group, comments, voices, texts, confidential)| {
        (issue, Tally { group, comments, voices, texts, confidential })
    };
    let mut found: Vec<(IssueId, Tally)> = rows.into_iter().map(tally).collect();
    found.sort_by_key(|(_, it)| !it.group.is_empty());
    Ok(found)
}

/// What a person wrote about the answers to their comments: issue, comment, whether content, remark.
pub fn remarks_of(conn: &mut AnyConnection, comment: CommentId) -> DbResult<Vec<(i32, bool, String, Moment)>> {
    Ok(satisfactions::table
        .inner_join(issues::table.on(issues::id.eq(satisfactions::issue_id)))
        .filter(satisfactions::comment_id.eq(comment))
        .order(satisfactions::answered_at)
        .select((issues::number, satisfactions::is_satisfied, satisfactions::remark, satisfactions::answered_at))
        .load(conn)?)
}

/// Takes away what a person wrote about the answers to their comments; whether they were content stays a number.
pub fn forget_remarks(conn: &mut AnyConnection, account: AccountId) -> DbResult<()> {
    let own = comments::table.filter(comments::account_id.eq(account)).select(comments::id);
    diesel::update(satisfactions::table.filter(satisfactions::comment_id.eq_any(own)))
        .set(satisfactions::remark.eq(""))
        .execute(conn)?;
    Ok(())
}
