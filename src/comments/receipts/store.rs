//! The SQL of checking a digest.

use diesel::prelude::*;

use crate::clock::Moment;
use crate::comments::store as all;
use crate::db::schema::{comment_revisions, comments, submissions};
use crate::db::{AnyConnection, DbResult};
use crate::ids::AccountId;

/// What the portal says of a reference and a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// It holds exactly this text as a revision of a comment. From the present one so many passages were taken out since.
    Comment {
        /// Which revision.
        revision: i32,
        /// When it came.
        received: Moment,
        /// How many passages were taken out of it since.
        redactions: i32,
    },
    /// It is the text that is public, from which words were taken out.
    Public,
    /// It holds exactly this submission, which came then.
    Submission(Moment),
    /// Words were taken out of this public comment: whether it came as this text, its author alone is told.
    Closed,
}

/// What the portal says of this reference and this digest to `viewer`; `None`: it holds no such text. The digest of an
/// earlier revision counts. Whoever could ask for the digest of a text out of which words were taken could try them out,
/// so that is between the portal and the author; the Secretariat reads it with the original.
pub fn held(
    conn: &mut AnyConnection,
    reference: &str,
    digest: &str,
    viewer: Option<AccountId>,
) -> DbResult<Option<Held>> {
    let Some(comment) = all::by_reference(conn, reference)? else { return submission(conn, reference, digest) };
    if comment.redactions > 0 && comment.is_public() && comment.public_digest() == digest {
        return Ok(Some(Held::Public));
    }
    let is_told = viewer == Some(comment.author.account);
    let found: Option<(i32, Moment, i32)> = comment_revisions::table
        .inner_join(comments::table)
        .filter(comments::reference.eq(reference))
        .filter(comment_revisions::digest.eq(digest))
        .filter(comment_revisions::redactions.le(if is_told { i32::MAX } else { 0 }))
        .order(comment_revisions::revision)
        .select((comment_revisions::revision, comment_revisions::created_at, comment_revisions::redactions))
        .first(conn)
        .optional()?;
    Ok(match found {
        Some((revision, received, redactions)) => Some(Held::Comment { revision, received, redactions }),
        None => (comment.redactions > 0 && comment.is_public() && !is_told).then_some(Held::Closed),
    })
}

fn submission(conn: &mut AnyConnection, reference: &str, digest: &str) -> DbResult<Option<Held>> {
    let received: Option<Moment> = submissions::table
        .filter(submissions::reference.eq(reference).and(submissions::digest.eq(digest)))
        .select(submissions::submitted_at)
        .first(conn)
        .optional()?;
    Ok(received.map(Held::Submission))
}
