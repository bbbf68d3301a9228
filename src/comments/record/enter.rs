//! A comment enters the public record: in the transaction that publishes it.

use super::model::Entry;
use super::store;
use crate::comments;
use crate::comments::model::Comment;
use crate::db::dialect::search;
use crate::db::{AnyConnection, DbResult};
use crate::epochs::{self, Scope};
use crate::norms::model::{Norm, TextVersion};
use crate::norms::store as norms;

/// Puts a comment that everyone may see from now on into every count and index. Called after its row was changed, so that
/// everybody takes locks in the same order: comments, then the record.
pub fn enter(conn: &mut AnyConnection, comment: &Comment) -> DbResult<()> {
    let norm = norms::norm(conn, comment.norm_id)?;
    let version = norms::version(conn, comment.text_version_id)?;
    let seq = raise(conn, &norm)?;
    enter_at(conn, comment, &norm, &version, seq)
}

/// Something beside a comment changed that its page shows: who put their name to it.
pub fn touch(conn: &mut AnyConnection, comment: &Comment) -> DbResult<()> {
    if !comment.is_public() {
        return Ok(());
    }
    let norm = norms::norm(conn, comment.norm_id)?;
    raise(conn, &norm).map(drop)
}

/// Counts a change of what is shown of `norm`; the place in the order of publication that it has.
pub(super) fn raise(conn: &mut AnyConnection, norm: &Norm) -> DbResult<i64> {
    let seq = epochs::raise(conn, Scope::Record)?;
    epochs::raise(conn, Scope::Norm(&norm.slug))?;
    Ok(seq)
}

pub(super) fn enter_at(
    conn: &mut AnyConnection,
    comment: &Comment,
    norm: &Norm,
    version: &TextVersion,
    seq: i64,
) -> DbResult<()> {
    let organisation = comments::store::organisation_of(conn, comment.id)?;
    let entry = Entry::of(comment, &norm.slug, version, organisation);
    norms::count_published(conn, norm.id, comment.kind.counter(), 1)?;
    let position = store::add_to_position(conn, comment, &entry)?;
    store::add_to_span(conn, comment, &entry, 1)?;
    store::tally(conn, norm.id, &entry, 1)?;
    store::insert(conn, seq, comment, position, &entry)?;
    search::put(conn, seq, &entry.tokens)
}
