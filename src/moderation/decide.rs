//! Decides on a comment: one winner, one reason, one audit entry, one letter, which waits while the decision can be undone
//! unseen.

use serde_json::json;

use super::claims::model::Claim;
use super::mail::{self, Letterhead};
use super::model::{Decision, Expected, Outcome, Verdict, round};
use super::{claims, store};
use crate::accounts;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::comments;
use crate::comments::model::{Comment, State, is_public};
use crate::comments::received;
use crate::comments::redaction::model::Span;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::{AccountId, CommentId, DecisionId};
use crate::norms;

/// Why a verdict was not taken.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// There is no such comment.
    #[error("no such comment")]
    NoSuchComment,
    /// Nobody publishes a comment of their own.
    #[error("one's own comment")]
    OwnComment,
    /// Nobody publishes a comment that they entered for its author.
    #[error("entered by the same person")]
    EnteredThemselves,
    /// A file of it has yet to be looked through.
    #[error("a file was not scanned")]
    Unscanned,
    /// An appeal is decided by somebody else than the one who declined.
    #[error("one's own decision")]
    OwnDecision,
    /// Somebody else works on it: take it over first.
    #[error("claimed by another")]
    Claimed(Box<Claim>),
    /// Somebody was quicker.
    #[error("decided already")]
    Decided(Box<Decision>),
    /// Its author corrected it or took it back, or a decision on it was undone; here it is as it stands now.
    #[error("changed meanwhile")]
    Changed(Box<Comment>),
    /// The database failed. [`DbError::Taken`] is a lost race too: ask [`lost`] outside of this transaction.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Takes `verdict` on the comment as the moderator read it.
///
/// `by` must belong to staff. What was taken out of this revision before stays out, and its author is told. Nothing is kept
/// unless the answer is a decision.
pub fn decide(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    id: CommentId,
    expected: Expected,
    verdict: &Verdict,
    letters: &Letterhead,
) -> Result<Decision, DecideError> {
    let comment = comments::store::by_id(conn, id)?.ok_or(DecideError::NoSuchComment)?;
    if verdict.outcome == Outcome::Publish && comment.author.account == by {
        return Err(DecideError::OwnComment);
    }
    if verdict.outcome == Outcome::Publish && received::store::of(conn, id)?.is_some_and(|it| it.entered_by == by) {
        return Err(DecideError::EnteredThemselves);
    }
    if verdict.outcome == Outcome::Publish && comments::attachments::store::has_unscanned(conn, id)? {
        return Err(DecideError::Unscanned);
    }
    let round = round(comment.state);
    let is_as_read =
        comment.revision == expected.revision && comment.version == expected.version && round == expected.round;
    let Some(state) = comment.state.apply(verdict.outcome.event()).filter(|_| is_as_read) else {
        return Err(lost(conn, id, expected)?);
    };
    if let Some(claim) = claims::store::of(conn, now, id)?.filter(|it| it.holder != by) {
        return Err(DecideError::Claimed(Box::new(claim)));
    }
    // Only rounds before this one: a decision that was quicker is a lost race, also where it is one's own.
    let stands = |decision: &Decision| decision.undone.is_none() && decision.round < round;
    let before = |decisions: Vec<Decision>| decisions.into_iter().rfind(stands);
    if round > 0 && before(store::decisions_of(conn, id)?).is_some_and(|first| first.decided_by == by) {
        return Err(DecideError::OwnDecision);
    }
    if !comments::store::set_state(conn, now, id, expected.version, state)? {
        return Err(lost(conn, id, expected)?);
    }
    let decision = Decision {
        id: DecisionId::new(),
        comment_id: id,
        revision: comment.revision,
        outcome: verdict.outcome,
        reason: verdict.reason.as_ref().map(|reason| reason.code.clone()),
        statement: verdict.statement.clone(),
        note: verdict.note.clone(),
        decided_by: by,
        decider_name: accounts::store::by_id(conn, by)?.details.name,
        decided_at: now,
        round,
        answer_by: verdict.answer_by,
        batch: letters.batch,
        undone: None,
    };
    store::insert(conn, &decision)?;
    claims::store::end(conn, id)?;
    if state == State::Published {
        comments::considered::changed(conn, &[id])?;
    }
    if is_public(state, comment.publication) {
        comments::record::enter(conn, &Comment { state, published_at: Some(now), ..comment.clone() })?;
    }
    let author = accounts::store::by_id(conn, comment.author.account)?;
    let norm = norms::store::norm(conn, comment.norm_id)?;
    let out = comments::redaction::store::live(conn, id, comment.revision)?;
    let once = (decision.letter_key(), verdict);
    let letter = mail::to_author(&author, &comment, &norm.title, once, &out, now, letters);
    let until = mail::appeal_until(&comment, verdict, &out, now, letters);
    comments::statements::send_for(conn, now, now + letters.hold, id, letter, until)?;
    audit::append(conn, now, Actor::Account(by), act(&comment, &decision, &out))?;
    Ok(decision)
}

fn act(comment: &Comment, decision: &Decision, out: &[Span]) -> Act {
    let mut detail = json!({
        "revision": decision.revision,
        "reason": decision.reason,
        "decision": decision.id.to_string(),
        "taken_out": out.iter().map(|span| span.code.as_str()).collect::<Vec<_>>(),
    });
    if let (Some(batch), Some(detail)) = (decision.batch, detail.as_object_mut()) {
        detail.insert("batch".to_owned(), json!(batch.to_string()));
    }
    Act { action: decision.outcome.action(decision.round), subject: format!("comment:{}", comment.reference), detail }
}

/// What a verdict lost to: the standing decision on the revision that was read, in its round, or on a later one, else the
/// comment as it is now.
pub fn lost(conn: &mut AnyConnection, id: CommentId, expected: Expected) -> DbResult<DecideError> {
    if let Some(decision) = store::decision_since(conn, id, expected)? {
        return Ok(DecideError::Decided(Box::new(decision)));
    }
    let comment = comments::store::by_id(conn, id)?;
    Ok(comment.map_or(DecideError::NoSuchComment, |comment| DecideError::Changed(Box::new(comment))))
}
