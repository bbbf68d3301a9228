//! Accepted comments that are under no issue, and others that could be under one: each list is a range of an index, read
//! from a place on, a bounded number of rows at a time.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Bool};

use crate::clock::Moment;
use crate::comments::model::{Comment, Kind, State};
use crate::comments::store::{CommentRow, RevisionRow, comment, current};
use crate::db::schema::comments;
use crate::db::{AnyConnection, DbResult};
use crate::ids::{CommentId, NormId};
use crate::web::paging::{Cursor, ROWS};

/// Counting stops here: beyond it a page says "more than".
pub const MOST_COUNTED: i64 = 1_000;

/// What the index of comments under no issue holds: it has to be asked for in these words.
fn is_left() -> diesel::expression::SqlLiteral<Bool> {
    sql::<Bool>("comments.issues = 0 AND comments.state = 'published'")
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// How many accepted comments on a text are under no issue; never counts further than one past [`MOST_COUNTED`]. Without an
/// order SQLite would take another index and go through all that are accepted.
pub fn count(conn: &mut AnyConnection, norm: NormId) -> DbResult<i64> {
    let counted: Counted = diesel::sql_query(
        "SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM comments \
         WHERE norm_id = $1 AND issues = 0 AND state = 'published' ORDER BY submitted_at, id LIMIT 1001) AS counted",
    )
    .bind::<Binary, _>(norm.as_bytes())
    .get_result(conn)?;
    Ok(counted.n)
}

/// Accepted comments on a text that are under no issue, the oldest first, behind `after`; one more than a page as the sign
/// that more follow.
pub fn listed(conn: &mut AnyConnection, norm: NormId, after: Option<Cursor<CommentId>>) -> DbResult<Vec<Comment>> {
    let mut query = current().filter(comments::norm_id.eq(norm)).filter(is_left()).into_boxed();
    if let Some(Cursor { at, id }) = after {
        // The first condition alone gives the index its start.
        query = query.filter(comments::submitted_at.ge(at));
        query = query.filter(comments::submitted_at.gt(at).or(comments::submitted_at.eq(at).and(comments::id.gt(id))));
    }
    let rows: Vec<(CommentRow, RevisionRow)> = query
        .order((comments::submitted_at, comments::id))
        .limit(i64::try_from(ROWS + 1).unwrap_or(i64::MAX))
        .select((CommentRow::as_select(), RevisionRow::as_select()))
        .load(conn)?;
    rows.into_iter().map(comment).collect()
}

/// What the index of accepted comments for the Commission alone holds: it has to be asked for in these words.
fn is_closed() -> diesel::expression::SqlLiteral<Bool> {
    sql::<Bool>("comments.publication = 'commission' AND comments.state = 'published'")
}

/// Accepted comments on a text that are for the Commission alone, the newest first, behind `after`; at most `most`.
pub fn closed(
    conn: &mut AnyConnection,
    norm: NormId,
    after: Option<Cursor<CommentId>>,
    most: i64,
) -> DbResult<Vec<Comment>> {
    let mut query = current().filter(comments::norm_id.eq(norm)).filter(is_closed()).into_boxed();
    if let Some(Cursor { at, id }) = after {
        // The first condition alone gives the index its start.
        query = query.filter(comments::submitted_at.le(at));
        query = query.filter(comments::submitted_at.lt(at).or(comments::submitted_at.eq(at).and(comments::id.lt(id))));
    }
    let rows: Vec<(CommentRow, RevisionRow)> = query
        .order((comments::submitted_at.desc(), comments::id.desc()))
        .limit(most)
        .select((CommentRow::as_select(), RevisionRow::as_select()))
        .load(conn)?;
    rows.into_iter().map(comment).collect()
}

/// A place in the list of a text's accepted comments by the first word they are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// The first word; 0 for a comment on the whole or on a lever.
    pub place: i32,
    /// When it was sent.
    pub at: Moment,
    /// Which it is.
    pub id: CommentId,
}

/// Accepted comments of a kind on a text that begin at the word `up_to` or before it, the last word first, behind `after`;
/// at most `most`.
pub fn before_word(
    conn: &mut AnyConnection,
    norm: NormId,
    (kind, up_to): (Kind, i32),
    after: Option<Spot>,
    most: i64,
) -> DbResult<Vec<(Spot, Comment)>> {
    let mut query = current()
        .filter(comments::norm_id.eq(norm).and(comments::state.eq(State::Published)))
        .filter(comments::place.le(up_to))
        .filter(comments::kind.eq(kind))
        .into_boxed();
    if let Some(Spot { place, at, id }) = after {
        let same = comments::place.eq(place);
        let earlier = comments::submitted_at.lt(at).or(comments::submitted_at.eq(at).and(comments::id.lt(id)));
        query = query.filter(comments::place.le(place));
        query = query.filter(comments::place.lt(place).or(same.and(earlier)));
    }
    let rows: Vec<(CommentRow, RevisionRow, i32)> = query
        .order((comments::place.desc(), comments::submitted_at.desc(), comments::id.desc()))
        .limit(most)
        .select((CommentRow::as_select(), RevisionRow::as_select(), comments::place))
        .load(conn)?;
    rows.into_iter()
        .map(|(row, text, place)| {
            let comment = comment((row, text))?;
            Ok((Spot { place, at: comment.submitted_at, id: comment.id }, comment))
        })
        .collect()
}

/// The accepted comments with these ids.
pub fn accepted(conn: &mut AnyConnection, ids: &[CommentId]) -> DbResult<Vec<Comment>> {
    let rows: Vec<(CommentRow, RevisionRow)> = current()
        .filter(comments::id.eq_any(ids.to_vec()).and(comments::state.eq(State::Published)))
        .select((CommentRow::as_select(), RevisionRow::as_select()))
        .load(conn)?;
    rows.into_iter().map(comment).collect()
}

/// The ids of comments with these references.
pub fn by_references(conn: &mut AnyConnection, references: &[String]) -> DbResult<Vec<(String, CommentId)>> {
    Ok(comments::table
        .filter(comments::reference.eq_any(references.to_vec()))
        .select((comments::reference, comments::id))
        .load(conn)?)
}
