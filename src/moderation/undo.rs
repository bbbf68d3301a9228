//! Undoes a decision: before its letter left as if it had never been, later with a second letter that says why.

use serde_json::json;

use super::mail::{self, Letterhead};
use super::model::{Decision, Outcome, Undone, waits_in};
use super::store;
use crate::accounts;
use crate::accounts::model::{Account, Email};
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::comments;
use crate::comments::model::{Comment, State};
use crate::comments::redaction::store as redaction;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::{AccountId, DecisionId};
use crate::mail as post;
use crate::norms;
use crate::web::Role;

/// Who undoes a decision.
#[derive(Debug, Clone, Copy)]
pub struct Undoer {
    /// Who.
    pub id: AccountId,
    /// As what.
    pub role: Role,
}

impl Undoer {
    /// Whether they may: whoever took the decision, and the Secretariat.
    pub fn may(self, decision: &Decision) -> bool {
        decision.decided_by == self.id || self.role == Role::Secretariat
    }
}

/// Why a decision stands.
#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    /// There is none.
    #[error("no such decision")]
    NoSuchDecision,
    /// Somebody else took it.
    #[error("somebody else's decision")]
    NotTheirs,
    /// Its author knows of it: they have to be told why.
    #[error("needs words")]
    NeedsWords,
    /// It does not stand any more: it was undone before.
    #[error("undone already")]
    Already(Box<Decision>),
    /// Its author corrected the comment, took it back or appealed, or there is a later decision.
    #[error("changed meanwhile")]
    Changed(Box<Comment>),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Undoes a decision that stands; the comment waits again as it did before. `words` go to the author if the letter has
/// left; else the letter is taken back and they hear of nothing. Returns whether they were told.
pub fn undo(
    conn: &mut AnyConnection,
    now: Moment,
    by: Undoer,
    id: DecisionId,
    words: &str,
    letters: &Letterhead,
) -> Result<bool, UndoError> {
    let decision = store::decision(conn, id)?.ok_or(UndoError::NoSuchDecision)?;
    if !by.may(&decision) {
        return Err(UndoError::NotTheirs);
    }
    if decision.undone.is_some() {
        return Err(UndoError::Already(Box::new(decision)));
    }
    let comment = comments::store::by_id(conn, decision.comment_id)?.ok_or(UndoError::NoSuchDecision)?;
    let is_last = store::last_standing(conn, comment.id)? == Some(id);
    let stands = comment.state == decision.outcome.leads_to() && comment.revision == decision.revision && is_last;
    if !stands || !comments::store::set_state(conn, now, comment.id, comment.version, waits_in(decision.round))? {
        return Err(changed(conn, &decision)?);
    }
    let author = accounts::store::by_id(conn, comment.author.account)?;
    let unseen = post::store::take_back(conn, &decision.letter_key())? || !can_be_told(&author);
    if !unseen && words.is_empty() {
        return Err(UndoError::NeedsWords);
    }
    let told = if unseen { "" } else { words };
    if !store::set_undone(conn, id, &Undone { at: now, by: by.id, words: told.to_owned() })? {
        return Err(changed(conn, &decision)?);
    }
    if comment.state == State::Published {
        comments::considered::changed(conn, &[comment.id])?;
    }
    if comment.is_public() {
        comments::record::leave(conn, &comment)?;
    }
    put_words_back(conn, &comment, &decision)?;
    if !unseen {
        let norm = norms::store::norm(conn, comment.norm_id)?;
        post::queue(conn, now, mail::withdrawn(&author, &comment, &norm.title, &decision, told, letters))?;
    }
    audit::append(conn, now, Actor::Account(by.id), act(&comment, &decision, unseen))?;
    Ok(!unseen)
}

/// Whether the author of what was decided would hear nothing if it were undone now.
pub fn is_unseen(conn: &mut AnyConnection, decision: &Decision, comment: &Comment) -> DbResult<bool> {
    let waits = post::store::is_unread(conn, &decision.letter_key())?;
    Ok(waits || !can_be_told(&accounts::store::by_id(conn, comment.author.account)?))
}

/// Whether there is an address: who wrote on paper may have none, and who deleted their account has none any more.
fn can_be_told(author: &Account) -> bool {
    Email::parse(&author.email).is_some()
}

/// Puts back what was taken out by the decision itself: whoever decides anew reads the comment as it came. What was taken
/// out later stays out.
fn put_words_back(conn: &mut AnyConnection, comment: &Comment, decision: &Decision) -> DbResult<()> {
    if decision.outcome != Outcome::Publish {
        return Ok(());
    }
    for redaction in redaction::of_comment(conn, comment.id)? {
        if redaction.revision == decision.revision && redaction.decided_at == decision.decided_at {
            redaction::put_back(conn, comment, &redaction)?;
        }
    }
    Ok(())
}

/// What an undo lost to.
fn changed(conn: &mut AnyConnection, decision: &Decision) -> Result<UndoError, DbError> {
    if let Some(decision) = store::decision(conn, decision.id)?.filter(|it| it.undone.is_some()) {
        return Ok(UndoError::Already(Box::new(decision)));
    }
    let comment = comments::store::by_id(conn, decision.comment_id)?;
    Ok(comment.map_or(UndoError::NoSuchDecision, |comment| UndoError::Changed(Box::new(comment))))
}

fn act(comment: &Comment, decision: &Decision, unseen: bool) -> Act {
    Act {
        action: "decision.undone",
        subject: format!("comment:{}", comment.reference),
        detail: json!({
            "decision": decision.id.to_string(),
            "revision": decision.revision,
            "was": decision.outcome.as_str(),
            "told": !unseen,
            "batch": decision.batch.map(|batch| batch.to_string()),
        }),
    }
}
