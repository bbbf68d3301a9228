//! Sending several comments as one: one transaction, however often the form is sent.

use actix_web::web;
use serde_json::json;

use super::model::{Form, Submission, digest};
use super::{mail, store};
use crate::accounts::store as accounts;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::comments::attachments;
use crate::comments::attachments::model::Attachment;
use crate::comments::body::Body;
use crate::comments::drafts;
use crate::comments::form::Answers;
use crate::comments::model::{Class, Comment, Publication};
use crate::comments::record::model::language_of;
use crate::comments::reference::Reference;
use crate::comments::submit::{self, Stationery, SubmitError, received};
use crate::db::{AnyConnection, Db, DbError};
use crate::ids::{self, AccountId, CommentId, DraftId, NormId, SubmissionId, TextVersionId};
use crate::mail as post;
use crate::norms::model::Window;
use crate::norms::store as norms;
use crate::web::PageError;

/// Several comments on their way in.
#[derive(Clone)]
pub struct Incoming {
    /// The form's one-time id, that of its draft too.
    pub id: SubmissionId,
    /// Who sends it.
    pub account: AccountId,
    /// What it comes as.
    pub form: Form,
    /// The title of the paper, or the name of the table's file.
    pub title: String,
    /// The whole text of the paper; empty for a table.
    pub text: String,
    /// What becomes public.
    pub publication: Publication,
    /// The comments, in order.
    pub parts: Vec<Part>,
}

/// A comment of a submission before its language is judged.
pub struct Drafted {
    /// Its key.
    pub id: CommentId,
    /// On which text.
    pub norm: NormId,
    /// On which wording of it.
    pub text_version: TextVersionId,
    /// Of which type, if its author said so.
    pub class: Option<Class>,
    /// What it says.
    pub body: Body,
}

/// A comment of a submission.
#[derive(Clone)]
pub struct Part {
    id: CommentId,
    norm: NormId,
    text_version: TextVersionId,
    class: Option<Class>,
    body: Body,
    /// The language it is written in; empty if that can't be told.
    language: &'static str,
}

impl From<Drafted> for Part {
    fn from(it: Drafted) -> Self {
        let Drafted { id, norm, text_version, class, body } = it;
        Self { language: language_of(&body), id, norm, text_version, class, body }
    }
}

impl Part {
    /// It as a comment that can be stored.
    pub fn incoming(self, account: AccountId, publication: Publication) -> submit::Incoming {
        let Self { id, norm, text_version, class, body, language } = self;
        let answers = Answers { body, publication, language };
        submit::Incoming { id, account, norm, text_version, class, answers, known: None }
    }
}

/// The comments with their languages, in the same order. Judging hundreds takes a while: neither the database nor a thread
/// that answers pages waits for it.
pub async fn judged(drafted: Vec<Drafted>) -> Result<Vec<Part>, PageError> {
    let judge = move || drafted.into_iter().map(Part::from).collect();
    web::block(judge).await.map_err(|_| PageError::Unavailable)
}

/// Why nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The consultation takes no comments now.
    #[error("not open")]
    NotOpen(Window),
    /// The text that a part is about (counted from 0) was replaced meanwhile.
    #[error("a text changed")]
    TextChanged(usize),
    /// The same form was sent before with other content, or by somebody else.
    #[error("the form was used")]
    FormUsed,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Stores every comment, the submission, one receipt mail and the audit entries, throws the draft away, and returns the
/// submission's reference. A form sent again gives the reference it got the first time.
pub async fn send(db: &Db, now: Moment, it: Incoming, stationery: Stationery) -> Result<String, SendError> {
    let mut tries = 0;
    loop {
        let (once, letters) = (it.clone(), stationery.clone());
        match db.write(move |conn| send_once(conn, now, once, &letters)).await {
            // The same form arrived twice at once, or a reference was taken: look again.
            Err(SendError::Database(DbError::Taken(_))) if tries < 5 => tries += 1,
            outcome => return outcome,
        }
    }
}

/// One attempt, in the caller's transaction.
pub fn send_once(
    conn: &mut AnyConnection,
    now: Moment,
    it: Incoming,
    stationery: &Stationery,
) -> Result<String, SendError> {
    let form = CommentId::from_bytes(it.id.as_bytes()).ok_or(SendError::FormUsed)?;
    // In this order: see `submit::store_once`.
    let is_free = submit::is_free(conn, now, it.account, form)?;
    if let Some(known) = store::by_id(conn, it.id)? {
        let parts = store::parts(conn, it.id)?;
        return if is_same(&known, &parts, &it) { Ok(known.reference) } else { Err(SendError::FormUsed) };
    }
    if !is_free {
        return Err(SendError::FormUsed);
    }
    let account = accounts::by_id(conn, it.account)?;
    let mut comments = Vec::with_capacity(it.parts.len());
    for (at, part) in it.parts.into_iter().enumerate() {
        let incoming = part.incoming(it.account, it.publication);
        let (comment, _, _) = submit::take_in(conn, now, incoming, &account).map_err(|error| refused(error, at))?;
        comments.push(comment);
    }
    let code = norms::consultation(conn)?.map(|consultation| consultation.code).unwrap_or_default();
    let digests: Vec<_> = comments.iter().map(|comment| (comment.reference.clone(), comment.digest.clone())).collect();
    let submission = Submission {
        id: it.id,
        reference: Reference::make(&code, 0, ids::random()).to_string(),
        account: it.account,
        form: it.form,
        digest: digest(it.form, &it.title, &it.text, &digests),
        title: it.title,
        text: it.text,
        parts: i32::try_from(comments.len()).unwrap_or(i32::MAX),
        publication: it.publication,
        submitted_at: now,
    };
    let keys: Vec<CommentId> = comments.iter().map(|comment| comment.id).collect();
    store::insert(conn, &submission, &keys)?;
    if let Some(draft) = DraftId::from_bytes(it.id.as_bytes()) {
        drafts::store::discard_of(conn, it.account, draft)?;
    }
    let files = attachments::store::held_by(conn, submission.id.as_bytes())?;
    let letter = mail::receipt(conn, &account, &submission, &comments, &files, stationery)?;
    post::queue(conn, now, letter)?;
    audit::append(conn, now, Actor::Account(account.id), arrived(&submission, &files))?;
    for comment in &comments {
        audit::append(conn, now, Actor::Account(account.id), received("comment.submitted", comment, &[]))?;
    }
    Ok(submission.reference)
}

fn refused(error: SubmitError, at: usize) -> SendError {
    match error {
        SubmitError::NotOpen(window) => SendError::NotOpen(window),
        SubmitError::TextChanged => SendError::TextChanged(at),
        SubmitError::FormUsed => SendError::FormUsed,
        SubmitError::Database(error) => SendError::Database(error),
    }
}

fn is_same(known: &Submission, parts: &[Comment], it: &Incoming) -> bool {
    // A part that was corrected since says something else now.
    let same = |comment: &Comment, part: &Part| {
        comment.id == part.id && (comment.revision > 1 || comment.digest == part.body.digest())
    };
    known.account == it.account
        && known.publication == it.publication
        && (&known.title, &known.text) == (&it.title, &it.text)
        && parts.len() == it.parts.len()
        && parts.iter().zip(&it.parts).all(|(comment, part)| same(comment, part))
}

fn arrived(it: &Submission, files: &[Attachment]) -> Act {
    Act {
        action: "submission.sent",
        subject: format!("submission:{}", it.reference),
        detail: json!({ "form": it.form.as_str(), "parts": it.parts, "sha256": it.digest,
            "files": attachments::model::digests(files) }),
    }
}
