//! The SQL of exports: comments in the order of a file, and how many there are of each sort. Reads only.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::levers::Proposed;
use super::model::Edition;
use crate::clock::{Moment, from_micros};
use crate::comments::model::{Comment, Kind, Publication, State};
use crate::comments::store::{CommentRow, RevisionRow, comment, current, is_public};
use crate::db::schema::{comment_revisions, comments};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{CommentId, NormId};

/// Comments read at once.
pub const BATCH: usize = 1000;

/// Comments of one sort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    /// On which norm.
    pub norm: NormId,
    /// Where they stand.
    pub state: State,
    /// Whether they are published and their authors wrote for the Commission alone.
    pub is_closed: bool,
    /// How many there are.
    pub count: i64,
}

/// How many comments there are, by norm, state and, where they are published, whether they are closed. Read from indexes
/// alone.
pub fn counts(conn: &mut AnyConnection) -> DbResult<Vec<Sort>> {
    let all: Vec<(NormId, State, i64)> = comments::table
        .group_by((comments::norm_id, comments::state))
        .select((comments::norm_id, comments::state, diesel::dsl::count_star()))
        .load(conn)?;
    let closed: Vec<(NormId, i64)> = comments::table
        .filter(comments::publication.eq(Publication::Commission).and(comments::state.eq(State::Published)))
        .group_by(comments::norm_id)
        .select((comments::norm_id, diesel::dsl::count_star()))
        .load(conn)?;
    let closed: BTreeMap<NormId, i64> = closed.into_iter().collect();
    let split = |(norm, state, count): (NormId, State, i64)| {
        let closed = closed.get(&norm).copied().filter(|_| state == State::Published).unwrap_or_default();
        let sort = |is_closed, count| Sort { norm, state, is_closed, count };
        [sort(false, count - closed), sort(true, closed)]
    };
    Ok(all.into_iter().flat_map(split).filter(|sort| sort.count > 0).collect())
}

/// The place of a comment in a file: within its norm by place in the text, then time, then id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    first_word: i32,
    submitted_at: Moment,
    id: CommentId,
}

impl Place {
    /// The place behind every comment on the whole: what follows is about words.
    pub fn behind_the_whole() -> Self {
        // The last second of the year 9999: no comment is as late.
        Self { first_word: 0, submitted_at: from_micros(253_402_300_799_000_000), id: CommentId::new() }
    }

    /// The place of `comment`.
    pub fn of(comment: &Comment) -> Self {
        Self { first_word: comment.body.place(), submitted_at: comment.submitted_at, id: comment.id }
    }
}

/// Part of what follows a place. Each is one range of the index `comments_norm`, where "later than the three together"
/// would read the whole norm again for each batch.
#[derive(Clone, Copy)]
enum Range {
    All,
    SameMoment(Place),
    SamePlace(Place),
    Later(Place),
}

/// The next comments on `norm` that the edition holds, `most` at the most; fewer mean the end.
///
/// Who is held is the rule of [`super::edition::admits`].
pub fn batch(
    conn: &mut AnyConnection,
    norm: NormId,
    (edition, asked): (Edition, Option<State>),
    after: Option<Place>,
    most: usize,
) -> DbResult<Vec<Comment>> {
    let ranges = match after {
        None => vec![Range::All],
        Some(place) => vec![Range::SameMoment(place), Range::SamePlace(place), Range::Later(place)],
    };
    let mut found = Vec::new();
    for range in ranges {
        if found.len() < most {
            found.extend(in_range(conn, norm, (edition, asked), range, most - found.len())?);
        }
    }
    Ok(found)
}

fn in_range(
    conn: &mut AnyConnection,
    norm: NormId,
    (edition, asked): (Edition, Option<State>),
    range: Range,
    most: usize,
) -> DbResult<Vec<Comment>> {
    let mut query = current().filter(comments::norm_id.eq(norm)).into_boxed();
    query = query.filter(comments::state.eq(asked.unwrap_or(State::Published)));
    if edition == Edition::Public {
        query = query.filter(is_public());
    }
    query = match range {
        Range::All => query,
        Range::SameMoment(at) => query.filter(
            comments::place
                .eq(at.first_word)
                .and(comments::submitted_at.eq(at.submitted_at))
                .and(comments::id.gt(at.id)),
        ),
        Range::SamePlace(at) => {
            query.filter(comments::place.eq(at.first_word).and(comments::submitted_at.gt(at.submitted_at)))
        }
        Range::Later(at) => query.filter(comments::place.gt(at.first_word)),
    };
    let rows: Vec<(CommentRow, RevisionRow)> = query
        .order((comments::place, comments::submitted_at, comments::id))
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .select((CommentRow::as_select(), RevisionRow::as_select()))
        .load(conn)?;
    rows.into_iter().map(comment).collect()
}

/// The levers that published comments on `norm` propose, oldest first; `most` at the most. They stand at place 0 of the
/// index, with the comments on the whole.
pub fn levers(conn: &mut AnyConnection, norm: NormId, most: usize) -> DbResult<Vec<Proposed>> {
    let rows: Vec<(CommentId, NormId, String, String, String, Option<String>)> = current()
        .filter(comments::norm_id.eq(norm).and(comments::state.eq(State::Published)))
        .filter(comments::place.eq(0).and(comments::kind.eq(Kind::Lever)))
        .order((comments::submitted_at, comments::id))
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .select((
            comments::id,
            comments::norm_id,
            comment_revisions::actor,
            comment_revisions::instrument,
            comments::stakeholder_group,
            comments::country,
        ))
        .load(conn)?;
    let proposed = |(comment, norm, actor, instrument, group, country)| Proposed {
        comment,
        norm,
        actor,
        instrument,
        group,
        country,
    };
    Ok(rows.into_iter().map(proposed).collect())
}

/// The published comments with these ids, in any order.
pub fn by_ids(conn: &mut AnyConnection, ids: &[CommentId]) -> DbResult<Vec<Comment>> {
    let rows: Vec<(CommentRow, RevisionRow)> = current()
        .filter(comments::id.eq_any(ids.to_vec()).and(comments::state.eq(State::Published)))
        .select((CommentRow::as_select(), RevisionRow::as_select()))
        .load(conn)?;
    rows.into_iter().map(comment).collect()
}
