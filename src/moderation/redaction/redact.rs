//! Takes words out of a comment: when it is published, or later. One transaction each.

use serde_json::json;

use super::mail;
use crate::accounts;
use crate::accounts::model::{Account, Email};
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::comments;
use crate::comments::model::{Comment, Event, State};
use crate::comments::redaction::cut::{self, Fault, Passage};
use crate::comments::redaction::model::{Original, Redaction};
use crate::comments::redaction::store;
use crate::comments::statements;
use crate::db::{AnyConnection, DbError};
use crate::ids::{AccountId, AttachmentId, CommentId, RedactionId};
use crate::moderation::decide::{self, DecideError};
use crate::moderation::mail::Letterhead;
use crate::moderation::model::{Decision, Expected, Outcome, Verdict};
use crate::norms;

/// What is to be taken out, and what is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The passages; at least one.
    pub passages: Vec<Passage>,
    /// The files that everyone may have all the same: each was looked through.
    pub cleared: Vec<AttachmentId>,
    /// To the author; never empty.
    pub statement: String,
    /// For the Secretariat's desk only.
    pub note: String,
}

/// Why nothing was taken out.
#[derive(Debug, thiserror::Error)]
pub enum RedactError {
    /// Passages that can't be taken out, by their places.
    #[error("passages that can't be taken out")]
    Refused(Vec<(usize, Fault)>),
    /// As for every decision.
    #[error(transparent)]
    Decide(#[from] DecideError),
}

impl From<DbError> for RedactError {
    fn from(error: DbError) -> Self {
        Self::Decide(error.into())
    }
}

/// Publishes the comment as the moderator read it, but for the words that `order` takes out of it.
pub fn publish(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    id: CommentId,
    expected: Expected,
    order: &Order,
    letters: &Letterhead,
) -> Result<Decision, RedactError> {
    let comment = as_read(conn, by, id, expected)?;
    if comment.state.apply(Event::Publish).is_none() {
        return Err(decide::lost(conn, id, expected)?.into());
    }
    take_out(conn, now, by, &comment, order, letters)?;
    let (statement, note) = (order.statement.clone(), order.note.clone());
    let verdict = Verdict { outcome: Outcome::Publish, reason: None, statement, note, answer_by: None };
    Ok(decide::decide(conn, now, by, id, expected, &verdict, letters)?)
}

/// Takes words out of a comment that is published: they leave every page, index and count with this transaction.
pub fn redact(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    id: CommentId,
    expected: Expected,
    order: &Order,
    letters: &Letterhead,
) -> Result<Redaction, RedactError> {
    let before = as_read(conn, by, id, expected)?;
    if before.state != State::Published || !store::advance(conn, now, id, expected.version)? {
        return Err(decide::lost(conn, id, expected)?.into());
    }
    let redaction = take_out(conn, now, by, &before, order, letters)?;
    let after = comments::store::by_id(conn, id)?.ok_or(DecideError::NoSuchComment)?;
    if before.is_public() {
        comments::record::change(conn, &before, &after)?;
    }
    let author = accounts::store::by_id(conn, before.author.account)?;
    let norm = norms::store::norm(conn, before.norm_id)?;
    let letter = mail::redacted(&author, &before, &norm.title, &redaction, letters);
    if is_there(&author) {
        statements::send(conn, now, id, letter, Some(redaction.appeal_until))?;
    }
    let act = Act {
        action: "comment.redacted",
        subject: format!("comment:{}", before.reference),
        detail: json!({
            "revision": before.revision,
            "redaction": redaction.id.to_string(),
            "taken_out": redaction.spans.iter().map(|span| span.code.as_str()).collect::<Vec<_>>(),
        }),
    };
    audit::append(conn, now, Actor::Account(by), act)?;
    Ok(redaction)
}

/// What would be left of `comment` without `passages`, and how many passages would be out; changes nothing.
pub fn preview(conn: &mut AnyConnection, comment: &Comment, passages: &[Passage]) -> Result<Comment, RedactError> {
    let original = store::original(conn, comment.id, comment.revision)?.unwrap_or_else(|| Original::of(comment));
    let mut live = store::live(conn, comment.id, comment.revision)?;
    let fields = original.fields(comment.publication);
    live.extend(cut::spans(&original, &fields, &live, passages).map_err(RedactError::Refused)?);
    let left = original.without(&live);
    let mut shown = comment.clone();
    (shown.body, shown.author.name, shown.author.organisation) = (left.body, left.author_name, left.organisation);
    shown.redactions = i32::try_from(live.len()).unwrap_or(i32::MAX);
    Ok(shown)
}

/// Whether the author of a comment that stays still has an account to write to.
pub(super) fn is_there(author: &Account) -> bool {
    Email::parse(&author.email).is_some()
}

/// The comment, if it still is the one that was read, and somebody else's.
fn as_read(conn: &mut AnyConnection, by: AccountId, id: CommentId, expected: Expected) -> Result<Comment, RedactError> {
    let comment = comments::store::by_id(conn, id)?.ok_or(DecideError::NoSuchComment)?;
    if comment.author.account == by {
        return Err(DecideError::OwnComment.into());
    }
    if comment.revision != expected.revision || comment.version != expected.version {
        return Err(decide::lost(conn, id, expected)?.into());
    }
    Ok(comment)
}

/// Keeps the comment as it came and leaves what is left in its place.
fn take_out(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    comment: &Comment,
    order: &Order,
    letters: &Letterhead,
) -> Result<Redaction, RedactError> {
    let original = store::keep(conn, now, comment)?;
    let mut live = store::live(conn, comment.id, comment.revision)?;
    let fields = original.fields(comment.publication);
    let spans = cut::spans(&original, &fields, &live, &order.passages).map_err(RedactError::Refused)?;
    let redaction = Redaction {
        id: RedactionId::new(),
        comment: comment.id,
        revision: comment.revision,
        statement: order.statement.clone(),
        note: order.note.clone(),
        decided_by: by,
        decided_at: now,
        appeal_until: letters.appeal_until(now),
        spans,
        appeal: None,
    };
    store::insert(conn, &redaction)?;
    live.extend(redaction.spans.iter().cloned());
    store::show(conn, comment, &original.without(&live), live.len())?;
    store::clear_files(conn, comment.id, redaction.id, &order.cleared)?;
    Ok(redaction)
}
