//! The SQL of the queue of arrivals.

use diesel::prelude::*;

use crate::comments::model::Comment;
use crate::comments::store::{CommentRow, RevisionRow, comment, current};
use crate::db::schema::{arrivals, comments};
use crate::db::{AnyConnection, DbResult};
use crate::ids::CommentId;

/// A revision that waits to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct Waiting {
    /// Its place in the queue.
    pub seq: i32,
    /// Of which comment.
    pub comment: CommentId,
    /// Which revision.
    pub revision: i32,
}

/// Puts a revision at the end of the queue.
pub fn note(conn: &mut AnyConnection, comment: CommentId, revision: i32) -> DbResult<()> {
    diesel::insert_into(arrivals::table)
        .values((arrivals::comment_id.eq(comment), arrivals::revision.eq(revision)))
        .execute(conn)?;
    Ok(())
}

/// The revisions that have waited longest, at most `most`.
pub fn oldest(conn: &mut AnyConnection, most: usize) -> DbResult<Vec<Waiting>> {
    Ok(arrivals::table
        .order(arrivals::seq)
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .select((arrivals::seq, arrivals::comment_id, arrivals::revision))
        .load(conn)?)
}

/// Takes revisions out of the queue; those that were still in it, in no order.
pub fn take(conn: &mut AnyConnection, waiting: &[Waiting]) -> DbResult<Vec<(CommentId, i32)>> {
    let places: Vec<i32> = waiting.iter().map(|it| it.seq).collect();
    Ok(diesel::delete(arrivals::table.filter(arrivals::seq.eq_any(places)))
        .returning((arrivals::comment_id, arrivals::revision))
        .get_results(conn)?)
}

/// The comments of `waiting` that still are in the revision that waits, in the order of the queue.
pub fn comments_of(conn: &mut AnyConnection, waiting: &[Waiting]) -> DbResult<Vec<Comment>> {
    let ids: Vec<CommentId> = waiting.iter().map(|it| it.comment).collect();
    let rows: Vec<(CommentRow, RevisionRow)> = current()
        .filter(comments::id.eq_any(ids))
        .select((CommentRow::as_select(), RevisionRow::as_select()))
        .load(conn)?;
    let found = rows.into_iter().map(comment).collect::<DbResult<Vec<Comment>>>()?;
    let mut placed: Vec<(i32, Comment)> = found
        .into_iter()
        .filter_map(|it| {
            let place = waiting.iter().find(|other| other.comment == it.id && other.revision == it.revision)?;
            Some((place.seq, it))
        })
        .collect();
    placed.sort_by_key(|(seq, _)| *seq);
    Ok(placed.into_iter().map(|(_, it)| it).collect())
}
