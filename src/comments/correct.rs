//! Correcting a comment before it is decided, or answering one that was returned: one transaction.

use super::attachments;
use super::form::Answers;
use super::mail;
use super::model::{Comment, Event, State};
use super::store;
use super::submit::{Stationery, received};
use crate::accounts::store as accounts;
use crate::audit::{self, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbError};
use crate::ids::AccountId;
use crate::mail as post;
use crate::norms::model::Window;
use crate::norms::store as norms;

/// Why the comment stays as it was.
#[derive(Debug, thiserror::Error)]
pub enum CorrectError {
    /// There is no such comment of this author.
    #[error("no such comment")]
    NotFound,
    /// It was decided, withdrawn or corrected since the form was opened.
    #[error("changed meanwhile")]
    Changed(Box<Comment>),
    /// The consultation takes nothing now. A comment that was returned may still be answered.
    #[error("not open")]
    NotOpen(Window),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Adds a revision. `expected` is the version that the form showed; the same correction sent twice counts once.
pub fn correct(
    conn: &mut AnyConnection,
    now: Moment,
    account: AccountId,
    reference: &str,
    expected: i64,
    answers: &Answers,
    stationery: &Stationery,
) -> Result<(), CorrectError> {
    let comment = store::by_reference(conn, reference)?.filter(|it| it.author.account == account);
    let comment = comment.ok_or(CorrectError::NotFound)?;
    if comment.version != expected {
        let again = comment.digest == answers.body.digest() && comment.publication == answers.publication;
        return if again { Ok(()) } else { Err(CorrectError::Changed(Box::new(comment))) };
    }
    if comment.state.apply(Event::Correct).is_none() {
        return Err(CorrectError::Changed(Box::new(comment)));
    }
    let window = norms::consultation(conn)?.map(|consultation| consultation.window(now));
    if let (State::Pending, Some(shut @ (Window::NotYet(_) | Window::Closed(_)))) = (comment.state, window) {
        return Err(CorrectError::NotOpen(shut));
    }
    if !store::revise(conn, now, &comment, expected, answers)? {
        return Err(CorrectError::Changed(Box::new(comment)));
    }
    let revised = store::by_id(conn, comment.id)?.ok_or(CorrectError::NotFound)?;
    let (norm, version) = (norms::norm(conn, revised.norm_id)?, norms::version(conn, revised.text_version_id)?);
    let owner = accounts::by_id(conn, account)?;
    let files = attachments::store::held_by(conn, revised.id.as_bytes())?;
    post::queue(conn, now, mail::receipt(&owner, &norm, &version, &revised, &files, stationery))?;
    Ok(audit::append(conn, now, Actor::Account(account), received("comment.corrected", &revised, &files))?)
}
