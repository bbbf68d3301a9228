//! Entering a comment table for its author: one transaction for all of its rows.

use chrono::TimeDelta;
use serde_json::json;

use super::enter::{self, EnterError};
use super::model::{Came, in_time};
use super::store;
use crate::accounts::entered;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::comments::drafts;
use crate::comments::form::Answers;
use crate::comments::model::{Comment, Publication};
use crate::comments::reference::Reference;
use crate::comments::submissions;
use crate::comments::submissions::model::{Form, Submission, digest};
use crate::comments::submissions::send::Part;
use crate::comments::submit::{Incoming, Stationery, SubmitError};
use crate::comments::{attachments, submit};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{self, AccountId, CommentId, DraftId, SubmissionId};
use crate::mail as post;
use crate::norms::store as norms;

/// A table that staff enter.
#[derive(Clone)]
pub struct Sheet {
    /// The id of its draft.
    pub id: SubmissionId,
    /// Who enters it.
    pub by: AccountId,
    /// How it came, and whose it is.
    pub came: Came,
    /// The name of its file.
    pub title: String,
    /// What becomes public.
    pub publication: Publication,
    /// Its comments, in order.
    pub parts: Vec<Part>,
}

/// Stores every comment with how it came, the submission, one receipt if there is an address, and the audit entries; throws
/// the draft away. A table that was entered before by the same person is left as it is.
pub fn enter(
    conn: &mut AnyConnection,
    now: Moment,
    it: Sheet,
    grace: TimeDelta,
    stationery: &Stationery,
) -> Result<(), EnterError> {
    let form = CommentId::from_bytes(it.id.as_bytes()).ok_or(SubmitError::FormUsed)?;
    // In this order: see `submit::store_once`.
    let is_free = submit::is_free(conn, now, it.by, form)?;
    if submissions::store::by_id(conn, it.id)?.is_some() {
        return if was_entered_by(conn, it.id, it.by)? { Ok(()) } else { Err(SubmitError::FormUsed.into()) };
    }
    if !is_free {
        return Err(SubmitError::FormUsed.into());
    }
    let consultation = norms::consultation(conn)?.ok_or(SubmitError::TextChanged)?;
    let at = in_time(it.came.on, now, &consultation, grace).map_err(EnterError::Late)?;
    let account = entered::author(conn, now, it.came.email.as_ref(), &it.came.author)?;
    let mut comments: Vec<Comment> = Vec::with_capacity(it.parts.len());
    for part in it.parts {
        let incoming = Incoming {
            id: part.id,
            account: account.id,
            norm: part.norm,
            text_version: part.text_version,
            class: part.class,
            answers: Answers { body: part.body, publication: it.publication },
            known: None,
        };
        let (comment, _, _) = submit::place(conn, now, incoming, enter::arrival(&account, &it.came, at))?;
        store::insert(conn, now, comment.id, &it.came.event, it.by)?;
        comments.push(comment);
    }
    let digests: Vec<_> = comments.iter().map(|it| (it.reference.clone(), it.digest.clone())).collect();
    let submission = Submission {
        id: it.id,
        reference: Reference::make(&consultation.code, 0, ids::random()).to_string(),
        account: account.id,
        form: Form::Table,
        digest: digest(Form::Table, &it.title, "", &digests),
        title: it.title,
        text: String::new(),
        parts: i32::try_from(comments.len()).unwrap_or(i32::MAX),
        publication: it.publication,
        submitted_at: at,
    };
    let keys: Vec<CommentId> = comments.iter().map(|comment| comment.id).collect();
    submissions::store::insert(conn, &submission, &keys)?;
    if let Some(draft) = DraftId::from_bytes(it.id.as_bytes()) {
        drafts::store::discard_of(conn, it.by, draft)?;
    }
    let files = attachments::store::held_by(conn, submission.id.as_bytes())?;
    let letter = submissions::mail::receipt(conn, &account, &submission, &comments, &files, stationery)?;
    post::queue(conn, now, letter)?;
    let act = Act {
        action: "submission.entered",
        subject: format!("submission:{}", submission.reference),
        detail: json!({ "parts": submission.parts, "sha256": submission.digest,
            "files": attachments::model::digests(&files) }),
    };
    audit::append(conn, now, Actor::Account(it.by), act)?;
    for comment in &comments {
        audit::append(conn, now, Actor::Account(it.by), enter::act(comment, &it.came, &[]))?;
    }
    Ok(())
}

/// Whether this person entered the submission with this id.
pub fn was_entered_by(conn: &mut AnyConnection, id: SubmissionId, by: AccountId) -> DbResult<bool> {
    let parts = submissions::store::parts(conn, id)?;
    let Some(first) = parts.first() else { return Ok(false) };
    Ok(store::of(conn, first.id)?.is_some_and(|received| received.entered_by == by))
}
