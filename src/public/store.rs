//! The SQL of public pages. Comments are only ever read under `comments::store::is_public`.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::comments::model::{Comment, Publication, State};
use crate::comments::store::{CommentRow, RevisionRow, comment, current, is_public};
use crate::db::schema::{comments, consultations, decisions, published};
use crate::db::{AnyConnection, DbResult};
use crate::ids::CommentId;
use crate::moderation::model::Outcome;

/// Whether the database answers and has its tables.
pub fn answers(conn: &mut AnyConnection) -> DbResult<()> {
    let _: bool = diesel::select(exists(consultations::table.select(consultations::id))).get_result(conn)?;
    Ok(())
}

/// The public comment with this reference.
pub fn by_reference(conn: &mut AnyConnection, reference: &str) -> DbResult<Option<Comment>> {
    let row: Option<(CommentRow, RevisionRow)> = current()
        .filter(is_public())
        .filter(comments::reference.eq(reference))
        .select((CommentRow::as_select(), RevisionRow::as_select()))
        .first(conn)
        .optional()?;
    row.map(comment).transpose()
}

/// Whether this reference led to a public comment until its author took it back. One that was never public is not
/// told apart from one that never was.
pub fn was_public(conn: &mut AnyConnection, reference: &str) -> DbResult<bool> {
    let published = decisions::comment_id.eq(comments::id).and(decisions::revision.eq(comments::revision));
    let withdrawn = comments::table
        .inner_join(decisions::table.on(published))
        .filter(comments::reference.eq(reference))
        .filter(comments::state.eq(State::Withdrawn))
        .filter(comments::publication.ne(Publication::Commission))
        .filter(decisions::outcome.eq(Outcome::Publish).and(decisions::undone_at.is_null()));
    Ok(diesel::select(exists(withdrawn)).get_result(conn)?)
}

/// The languages that published comments are written in; empty where it can't be told.
pub fn languages(conn: &mut AnyConnection, ids: &[CommentId]) -> DbResult<Vec<(CommentId, String)>> {
    Ok(published::table
        .filter(published::comment_id.eq_any(ids.to_vec()))
        .select((published::comment_id, published::language))
        .load(conn)?)
}

/// Those of the comments `ids` that everyone may see, in no order.
pub fn by_ids(conn: &mut AnyConnection, ids: &[CommentId]) -> DbResult<Vec<Comment>> {
    let rows: Vec<(CommentRow, RevisionRow)> = current()
        .filter(is_public())
        .filter(comments::id.eq_any(ids.to_vec()))
        .select((CommentRow::as_select(), RevisionRow::as_select()))
        .load(conn)?;
    rows.into_iter().map(comment).collect()
}
