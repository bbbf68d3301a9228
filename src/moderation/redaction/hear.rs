//! Hears an appeal against words being taken out: once, by somebody of the Secretariat who did not take them out.

use serde_json::json;

use super::mail;
use super::redact::is_there;
use crate::accounts;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::comments;
use crate::comments::redaction::model::{End, Ending, Redaction};
use crate::comments::redaction::store;
use crate::comments::statements;
use crate::db::{AnyConnection, DbError};
use crate::ids::{AccountId, RedactionId};
use crate::moderation::mail::Letterhead;
use crate::norms;

/// Why an appeal was not decided.
#[derive(Debug, thiserror::Error)]
pub enum HearError {
    /// There is no such redaction, or nobody appealed against it.
    #[error("no such appeal")]
    NoSuchAppeal,
    /// Whoever took the words out, or wrote them, does not hear the appeal.
    #[error("one's own")]
    Own,
    /// Somebody was quicker, or the comment changed at the same moment.
    #[error("decided already")]
    Lost,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Ends the appeal against `id`. With [`Ending::Restored`] the words stand where they stood, on every page, at once.
pub fn hear(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    id: RedactionId,
    (outcome, statement): (Ending, &str),
    letters: &Letterhead,
) -> Result<(), HearError> {
    let redaction = store::by_id(conn, id)?.filter(|it| it.appeal.is_some()).ok_or(HearError::NoSuchAppeal)?;
    let comment = comments::store::by_id(conn, redaction.comment)?.ok_or(HearError::NoSuchAppeal)?;
    if redaction.decided_by == by || comment.author.account == by {
        return Err(HearError::Own);
    }
    let end = End { outcome, statement: statement.to_owned(), decided_at: now };
    if redaction.appeal.as_ref().is_some_and(|appeal| appeal.end.is_some()) || !store::end_appeal(conn, id, by, &end)? {
        return Err(HearError::Lost);
    }
    if outcome == Ending::Restored {
        restore(conn, now, &redaction)?;
    }
    let author = accounts::store::by_id(conn, comment.author.account)?;
    let norm = norms::store::norm(conn, comment.norm_id)?;
    let letter = mail::heard(&author, &comment, &norm.title, &redaction, &end, letters);
    if is_there(&author) {
        statements::send(conn, now, comment.id, letter, None)?;
    }
    let action = match outcome {
        Ending::Restored => "comment.redaction_lifted",
        Ending::Upheld => "comment.redaction_upheld",
    };
    let detail = json!({ "revision": redaction.revision, "redaction": id.to_string() });
    let act = Act { action, subject: format!("comment:{}", comment.reference), detail };
    Ok(audit::append(conn, now, Actor::Account(by), act)?)
}

/// Puts the words back. What another redaction took out stays out.
fn restore(conn: &mut AnyConnection, now: Moment, redaction: &Redaction) -> Result<(), HearError> {
    let before = comments::store::by_id(conn, redaction.comment)?.ok_or(HearError::NoSuchAppeal)?;
    if !store::put_back(conn, &before, redaction)? {
        return Ok(());
    }
    if !store::advance(conn, now, before.id, before.version)? {
        return Err(HearError::Lost);
    }
    let after = comments::store::by_id(conn, before.id)?.ok_or(HearError::NoSuchAppeal)?;
    if before.is_public() {
        comments::record::change(conn, &before, &after)?;
    }
    Ok(())
}
