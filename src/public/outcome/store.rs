//! The SQL of outcome pages. Issues are only ever read through what was published of them, comments under
//! `comments::store::is_public`.

use diesel::prelude::*;

use super::model::Decided;
use crate::clock::Moment;
use crate::comments::model::Comment;
use crate::comments::store::{CommentRow, RevisionRow, comment, current, is_public};
use crate::db::schema::{answers, comments, issue_decisions, issues};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{CommentId, IssueId, NormId, TextVersionId};

type Which = (IssueId, i32, i32, TextVersionId, i32, i32);
type About = (String, String, String);
type Said = (String, String, String, Moment, String);

fn decided((which, about, said): (Which, About, Said)) -> Decided {
    let (issue, number, place, version, first, last) = which;
    let (quote, actor, instrument) = about;
    let (statement, disposition, reasons, published_at, wording) = said;
    let word = |at: i32| usize::try_from(at).unwrap_or_default();
    Decided {
        issue,
        number,
        place,
        version,
        words: (word(first), word(last)),
        quote,
        lever: (actor, instrument),
        statement,
        disposition,
        reasons,
        wording,
        published_at,
    }
}

/// Issues with the decision that everyone reads: the last one that was published.
#[diesel::dsl::auto_type]
fn published() -> _ {
    issues::table.inner_join(
        issue_decisions::table
            .on(issue_decisions::issue_id.eq(issues::id).and(issue_decisions::round.eq(issues::answered))),
    )
}

type Columns = (
    (issues::id, issues::number, issues::place, issues::text_version_id, issues::first_word, issues::last_word),
    (issues::quote, issues::actor, issues::instrument),
    (
        issue_decisions::statement,
        issue_decisions::disposition,
        issue_decisions::reasons,
        issue_decisions::published_at,
        issue_decisions::wording,
    ),
);

const fn columns() -> Columns {
    (
        (issues::id, issues::number, issues::place, issues::text_version_id, issues::first_word, issues::last_word),
        (issues::quote, issues::actor, issues::instrument),
        (
            issue_decisions::statement,
            issue_decisions::disposition,
            issue_decisions::reasons,
            issue_decisions::published_at,
            issue_decisions::wording,
        ),
    )
}

/// What was decided on a text, in its order, behind the place and number `after`; at most `most`.
pub fn of_norm(conn: &mut AnyConnection, norm: NormId, after: Option<(i32, i32)>, most: i64) -> DbResult<Vec<Decided>> {
    let mut query = published().filter(issues::norm_id.eq(norm)).into_boxed();
    if let Some((place, number)) = after {
        query = query.filter(issues::place.gt(place).or(issues::place.eq(place).and(issues::number.gt(number))));
    }
    let rows: Vec<(Which, About, Said)> =
        query.order((issues::place, issues::number)).limit(most).select(columns()).load(conn)?;
    Ok(rows.into_iter().map(decided).collect())
}

/// What was decided on the issue of this number.
pub fn one(conn: &mut AnyConnection, norm: NormId, number: i32) -> DbResult<Option<Decided>> {
    let one = published().filter(issues::norm_id.eq(norm).and(issues::number.eq(number)));
    let row: Option<(Which, About, Said)> = one.select(columns()).first(conn).optional()?;
    Ok(row.map(decided))
}

/// How many decisions were published on each text that has any.
pub fn counts(conn: &mut AnyConnection) -> DbResult<Vec<(NormId, i64)>> {
    Ok(published().group_by(issues::norm_id).select((issues::norm_id, diesel::dsl::count_star())).load(conn)?)
}

/// The comments that a decision answers and that everyone may read, behind `after`, at most `most`; each with the
/// disposition it got by itself, mostly empty.
pub fn behind(
    conn: &mut AnyConnection,
    issue: IssueId,
    after: Option<CommentId>,
    most: i64,
) -> DbResult<Vec<(Comment, String)>> {
    let mut query = current()
        .inner_join(answers::table.on(answers::comment_id.eq(comments::id)))
        .inner_join(issue_decisions::table.on(issue_decisions::id.eq(answers::decision_id)))
        .inner_join(issues::table.on(issues::id.eq(issue_decisions::issue_id)))
        .filter(is_public())
        .filter(issues::id.eq(issue).and(issue_decisions::round.eq(issues::answered)))
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(answers::comment_id.gt(after));
    }
    let rows: Vec<(CommentRow, RevisionRow, String)> = query
        .order(answers::comment_id)
        .limit(most)
        .select((CommentRow::as_select(), RevisionRow::as_select(), answers::disposition))
        .load(conn)?;
    rows.into_iter().map(|(row, text, disposition)| Ok((comment((row, text))?, disposition))).collect()
}
