//! What an author was told of decisions, word for word, to be shown again. Knows nothing of how it is decided.

pub mod store;

use crate::clock::Moment;
use crate::db::{AnyConnection, DbResult};
use crate::ids::CommentId;
use crate::mail::{self, Letter};

/// A letter with a decision, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
    /// Until when its author may appeal, if they may.
    pub appeal_until: Option<Moment>,
    /// When it was written.
    pub written_at: Moment,
}

/// Sends `letter` about a decision on `comment` and keeps it; `appeal_until` is the last moment of an appeal that it offers.
pub fn send(
    conn: &mut AnyConnection,
    now: Moment,
    comment: CommentId,
    letter: Letter,
    appeal_until: Option<Moment>,
) -> DbResult<()> {
    send_for(conn, now, now, comment, letter, appeal_until)
}

/// [`send`], to leave at `due` at the earliest: until then it can be taken back.
pub fn send_for(
    conn: &mut AnyConnection,
    now: Moment,
    due: Moment,
    comment: CommentId,
    letter: Letter,
    appeal_until: Option<Moment>,
) -> DbResult<()> {
    store::put(conn, now, comment, &letter, appeal_until)?;
    mail::store::queue_for(conn, now, due, letter)
}
