//! The SQL of what the board decided about proposals.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::working::{Decided, OwnWords};
use crate::clock::Moment;
use crate::comments::considered;
use crate::db::schema::{issue_comments, issue_decisions, issues};
use crate::db::{AnyConnection, DbResult};
use crate::deliberation::board::model::State;
use crate::ids::{CommentId, IssueId, TextVersionId};

type Row = (CommentId, IssueId, i32, String, String, Option<Moment>);

/// What two people found right about each of `comments`: what was published, and what waits to be. On an issue that was
/// taken up once more what was published holds until two people found something else right.
pub fn decided(conn: &mut AnyConnection, comments: &[CommentId]) -> DbResult<BTreeMap<CommentId, Vec<Decided>>> {
    let mut all: BTreeMap<CommentId, Vec<Decided>> = BTreeMap::new();
    let validated = validated(conn, comments)?;
    let is_decided_anew =
        |comment: CommentId, issue: IssueId| validated.iter().any(|(of, it)| *of == comment && it.issue == issue);
    for (comment, it) in considered::store::of_comments(conn, comments)? {
        if !is_decided_anew(comment, it.issue) {
            let (issue, number, disposition, at) = (it.issue, it.number, it.disposition, it.decided_at);
            all.entry(comment).or_default().push(Decided { issue, number, disposition, at, is_published: true });
        }
    }
    for (comment, it) in validated {
        all.entry(comment).or_default().push(it);
    }
    Ok(all)
}

/// What waits to be published. A comment that gets an answer of its own has that one.
fn validated(conn: &mut AnyConnection, comments: &[CommentId]) -> DbResult<Vec<(CommentId, Decided)>> {
    let rows: Vec<Row> = issue_comments::table
        .inner_join(issues::table)
        .filter(issue_comments::comment_id.eq_any(comments.to_vec()).and(issues::state.eq(State::Validated)))
        .select((
            issue_comments::comment_id,
            issues::id,
            issues::number,
            issues::disposition,
            issue_comments::disposition,
            issues::validated_at,
        ))
        .load(conn)?;
    let one = |(comment, issue, number, shared, own, at): Row| {
        let disposition = if own.is_empty() { shared } else { own };
        Some((comment, Decided { issue, number, disposition, at: at?, is_published: false }))
    };
    Ok(rows.into_iter().filter_map(one).collect())
}

type WordsRow = (IssueId, i32, i32, i32, String, Option<Moment>);

/// The words of its own that the board put in place of others of a wording: what was published, and what waits to be. On an
/// issue that was taken up once more what was published holds until two people found something else right.
pub fn own_words(conn: &mut AnyConnection, text: TextVersionId) -> DbResult<Vec<OwnWords>> {
    let validated: Vec<WordsRow> = issues::table
        .filter(issues::text_version_id.eq(text).and(issues::state.eq(State::Validated)))
        .order(issues::number)
        .select((
            issues::id,
            issues::number,
            issues::first_word,
            issues::last_word,
            issues::wording,
            issues::validated_at,
        ))
        .load(conn)?;
    let published: Vec<WordsRow> = issues::table
        .inner_join(
            issue_decisions::table
                .on(issue_decisions::issue_id.eq(issues::id).and(issue_decisions::round.eq(issues::answered))),
        )
        .filter(issues::text_version_id.eq(text))
        .order(issues::number)
        .select((
            issues::id,
            issues::number,
            issues::first_word,
            issues::last_word,
            issue_decisions::wording,
            issue_decisions::published_at.nullable(),
        ))
        .load(conn)?;
    let anew: Vec<IssueId> = validated.iter().map(|row| row.0).collect();
    let published = published.into_iter().filter(|row| !anew.contains(&row.0)).map(|row| (row, true));
    let all = published.chain(validated.into_iter().map(|row| (row, false)));
    let one = |((issue, number, first, last, wording, at), is_published): (WordsRow, bool)| {
        let word = |at: i32| usize::try_from(at).unwrap_or_default();
        let place = (word(first), word(last));
        Some(OwnWords { issue, number, place, wording, at: at?, is_published })
    };
    Ok(all.filter_map(one).filter(|it| !it.wording.is_empty()).collect())
}
