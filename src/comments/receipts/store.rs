//! The SQL of checking a digest.

use diesel::prelude::*;

use crate::clock::Moment;
use crate::db::schema::{comment_revisions, comments, submissions};
use crate::db::{AnyConnection, DbResult};

/// A text that the portal holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Which revision of a comment; `None` for a submission.
    pub revision: Option<i32>,
    /// When it came.
    pub received: Moment,
}

/// The text with this reference and this digest, if it was ever received: the digest of an earlier revision counts.
pub fn held(conn: &mut AnyConnection, reference: &str, digest: &str) -> DbResult<Option<Held>> {
    let revision: Option<(i32, Moment)> = comment_revisions::table
        .inner_join(comments::table)
        .filter(comments::reference.eq(reference))
        .filter(comment_revisions::digest.eq(digest))
        .order(comment_revisions::revision)
        .select((comment_revisions::revision, comment_revisions::created_at))
        .first(conn)
        .optional()?;
    if let Some((revision, received)) = revision {
        return Ok(Some(Held { revision: Some(revision), received }));
    }
    let received: Option<Moment> = submissions::table
        .filter(submissions::reference.eq(reference).and(submissions::digest.eq(digest)))
        .select(submissions::submitted_at)
        .first(conn)
        .optional()?;
    Ok(received.map(|received| Held { revision: None, received }))
}
