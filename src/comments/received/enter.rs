//! Entering a comment for its author: one transaction, however often the form is sent.

use chrono::TimeDelta;
use serde_json::json;

use super::model::{Came, Late, in_time};
use super::{mail, store};
use crate::accounts::entered;
use crate::accounts::model::Account;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::comments::attachments;
use crate::comments::form::Answers;
use crate::comments::model::{Author, Comment};
use crate::comments::store as comments;
use crate::comments::submit::{self, Arrival, Incoming, Stationery, SubmitError};
use crate::db::{AnyConnection, DbError};
use crate::ids::{AccountId, CommentId, NormId, TextVersionId};
use crate::mail as post;
use crate::norms::store as norms;

/// A comment that staff enter.
#[derive(Clone)]
pub struct Entry {
    /// The form's one-time id: the comment's key.
    pub id: CommentId,
    /// Who enters it.
    pub by: AccountId,
    /// How it came, and whose it is.
    pub came: Came,
    /// On which text.
    pub norm: NormId,
    /// On which wording of it, as the form showed it.
    pub text_version: TextVersionId,
    /// What it says.
    pub answers: Answers,
}

/// Why nothing was entered.
#[derive(Debug, thiserror::Error)]
pub enum EnterError {
    /// It came, or is entered, outside of the time for it.
    #[error("not in time")]
    Late(Late),
    /// As when an author sends it.
    #[error(transparent)]
    Submit(#[from] SubmitError),
}

impl From<DbError> for EnterError {
    fn from(error: DbError) -> Self {
        Self::Submit(error.into())
    }
}

/// Stores the comment with how it came, its audit entry and, if there is an address, its author's receipt; its reference.
/// `grace` is how long after the end of the consultation comments may be entered that came in time.
pub fn enter(
    conn: &mut AnyConnection,
    now: Moment,
    it: Entry,
    grace: TimeDelta,
    stationery: &Stationery,
) -> Result<String, EnterError> {
    // In this order: see `submit::store_once`.
    let is_free = submit::is_free(conn, now, it.by, it.id)?;
    if let Some(known) = comments::by_id(conn, it.id)? {
        return if is_same(conn, &known, &it)? { Ok(known.reference) } else { Err(SubmitError::FormUsed.into()) };
    }
    if !is_free {
        return Err(SubmitError::FormUsed.into());
    }
    let consultation = norms::consultation(conn)?.ok_or(SubmitError::TextChanged)?;
    let at = in_time(it.came.on, now, &consultation, grace).map_err(EnterError::Late)?;
    let account = entered::author(conn, now, it.came.email.as_ref(), &it.came.author)?;
    let arrival = arrival(&account, &it.came, at);
    let incoming = Incoming {
        id: it.id,
        account: account.id,
        norm: it.norm,
        text_version: it.text_version,
        class: None,
        answers: it.answers,
        known: None,
    };
    let (comment, norm, version) = submit::place(conn, now, incoming, arrival)?;
    store::insert(conn, now, comment.id, &it.came.event, it.by)?;
    let files = attachments::store::held_by(conn, comment.id.as_bytes())?;
    let letter = mail::receipt(&account, (&norm, &version), &comment, &it.came, &files, stationery);
    post::queue(conn, now, letter)?;
    audit::append(conn, now, Actor::Account(it.by), act(&comment, &it.came, &attachments::model::digests(&files)))?;
    Ok(comment.reference)
}

/// How a comment arrived that belongs to `account`: its author is who the letter says.
pub(super) fn arrival(account: &Account, came: &Came, at: Moment) -> Arrival {
    Arrival {
        at,
        author: Author::of(account.id, came.author.clone()),
        organisation: None,
        channel: Some(came.channel.clone()),
    }
}

fn is_same(conn: &mut AnyConnection, known: &Comment, it: &Entry) -> Result<bool, DbError> {
    let entered = store::of(conn, known.id)?.is_some_and(|received| received.entered_by == it.by);
    let says = known.revision == 1 && known.digest == it.answers.body.digest();
    Ok(entered && says && known.norm_id == it.norm && known.publication == it.answers.publication)
}

/// How it came and what it says as digests: neither its words nor its author's name.
pub(super) fn act(comment: &Comment, came: &Came, files: &[&str]) -> Act {
    Act {
        action: "comment.entered",
        subject: format!("comment:{}", comment.reference),
        detail: json!({
            "kind": comment.kind.as_str(),
            "publication": comment.publication.as_str(),
            "channel": came.channel,
            "received_on": came.on.to_string(),
            "sha256": comment.digest,
            "files": files,
        }),
    }
}
