//! A comment leaves the public record, or changes in it: in the transaction that takes it back or takes a name off it.

use super::enter::{enter_at, raise};
use super::model::Entry;
use super::store;
use crate::comments::model::Comment;
use crate::db::dialect::search;
use crate::db::{AnyConnection, DbResult};
use crate::epochs::{self, Scope};
use crate::norms::model::{Norm, TextVersion};
use crate::norms::store as norms;

/// Takes a comment out of every count and index; `comment` as it was while everyone could see it.
pub fn leave(conn: &mut AnyConnection, comment: &Comment) -> DbResult<()> {
    let (norm, version) = texts(conn, comment)?;
    raise(conn, &norm)?;
    epochs::raise(conn, Scope::Taken)?;
    take_out(conn, comment, &norm, &version).map(drop)
}

/// What everyone may see of a comment changes from `before` to `after`; its place in the order of publication stays.
pub fn change(conn: &mut AnyConnection, before: &Comment, after: &Comment) -> DbResult<()> {
    let (norm, version) = texts(conn, before)?;
    let raised = raise(conn, &norm)?;
    let seq = take_out(conn, before, &norm, &version)?.unwrap_or(raised);
    enter_at(conn, after, &norm, &version, seq)
}

fn texts(conn: &mut AnyConnection, comment: &Comment) -> DbResult<(Norm, TextVersion)> {
    Ok((norms::norm(conn, comment.norm_id)?, norms::version(conn, comment.text_version_id)?))
}

/// Returns the place it had in the order of publication; `None` if it never entered. Nobody's right to take back what they
/// said hangs on a count.
fn take_out(conn: &mut AnyConnection, comment: &Comment, norm: &Norm, version: &TextVersion) -> DbResult<Option<i64>> {
    let Some(kept) = store::kept(conn, comment.id)? else {
        tracing::error!(comment = %comment.id, "a public comment was not in the record");
        return Ok(None);
    };
    // As on the day it entered: whose member its author is may have changed since, and how languages are told apart.
    let entry = Entry::of(comment, &norm.slug, version, None).as_entered(kept.voice, kept.language);
    norms::count_published(conn, norm.id, comment.kind.counter(), -1)?;
    store::remove(conn, kept.seq)?;
    store::take_from_position(conn, kept.position, comment, &entry)?;
    store::add_to_span(conn, comment, &entry, -1)?;
    store::tally(conn, norm.id, &entry, -1)?;
    search::take_out(conn, kept.seq)?;
    Ok(Some(kept.seq))
}
