//! The SQL of exports: comments in the order of a file, and how many there are of each sort. Reads only.

use diesel::prelude::*;

use super::model::Edition;
use crate::clock::Moment;
use crate::comments::model::{Comment, Publication, State};
use crate::comments::store::{CommentRow, RevisionRow, comment, current, is_public};
use crate::db::schema::comments;
use crate::db::{AnyConnection, DbResult};
use crate::ids::{CommentId, NormId};

/// Comments read at once.
pub const BATCH: usize = 1000;

/// Comments of one sort.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Sort {
    /// On which norm.
    pub norm: NormId,
    /// Where they stand.
    pub state: State,
    /// What their authors want to be public.
    pub publication: Publication,
    /// How many there are.
    pub count: i64,
}

/// How many comments there are, by norm, state and publication.
pub fn counts(conn: &mut AnyConnection) -> DbResult<Vec<Sort>> {
    Ok(comments::table
        .group_by((comments::norm_id, comments::state, comments::publication))
        .select((comments::norm_id, comments::state, comments::publication, diesel::dsl::count_star()))
        .load(conn)?)
}

/// The place of a comment in a file: within its norm by place in the text, then time, then id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    first_word: i32,
    submitted_at: Moment,
    id: CommentId,
}

impl Place {
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
