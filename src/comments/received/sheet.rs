//! Entering a comment table for its author or authors: one transaction for all of its rows.

use chrono::TimeDelta;
use serde_json::json;

use super::enter::{self, EnterError};
use super::model::{Came, in_time};
use super::{mail, store};
use crate::accounts::entered;
use crate::accounts::model::Account;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::comments::attachments::model::Attachment;
use crate::comments::drafts;
use crate::comments::model::{Comment, Publication};
use crate::comments::reference::Reference;
use crate::comments::submissions;
use crate::comments::submissions::model::{Form, Submission, digest};
use crate::comments::submissions::send::Part;
use crate::comments::submit::{Stationery, SubmitError};
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
    /// The name of its file.
    pub title: String,
    /// What becomes public.
    pub publication: Publication,
    /// Its comments, in order, each with how it came and whose it is.
    pub parts: Vec<(Part, Came)>,
}

/// A comment that was stored, how it came, and whose it is.
struct Stored {
    comment: Comment,
    came: Came,
    account: Account,
}

/// Stores every comment with how it came, the submission, a receipt for each author with an address, and the audit entries;
/// throws the draft away. A table that was entered before by the same person is left as it is.
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
    let (title, publication) = (it.title, it.publication);
    let mut stored: Vec<Stored> = Vec::with_capacity(it.parts.len());
    for (part, came) in it.parts {
        let at = in_time(came.on, now, &consultation, grace).map_err(EnterError::Late)?;
        let account = author(conn, now, &came, &stored)?;
        let incoming = part.incoming(account.id, publication);
        let (comment, _, _) = submit::place(conn, now, incoming, enter::arrival(&account, &came, at))?;
        store::insert(conn, now, comment.id, &came.event, it.by)?;
        stored.push(Stored { comment, came, account });
    }
    let owner = owner(&stored).map_or(it.by, |account| account.id);
    let digests: Vec<_> = stored.iter().map(|it| (it.comment.reference.clone(), it.comment.digest.clone())).collect();
    let submission = Submission {
        id: it.id,
        reference: Reference::make(&consultation.code, 0, ids::random()).to_string(),
        account: owner,
        form: Form::Table,
        digest: digest(Form::Table, &title, "", &digests),
        title,
        text: String::new(),
        parts: i32::try_from(stored.len()).unwrap_or(i32::MAX),
        publication,
        submitted_at: stored.iter().map(|it| it.comment.submitted_at).max().unwrap_or(now),
    };
    let keys: Vec<CommentId> = stored.iter().map(|it| it.comment.id).collect();
    submissions::store::insert(conn, &submission, &keys)?;
    if let Some(draft) = DraftId::from_bytes(it.id.as_bytes()) {
        drafts::store::discard_of(conn, it.by, draft)?;
    }
    let files = attachments::store::held_by(conn, submission.id.as_bytes())?;
    write(conn, now, &submission, &stored, &files, stationery)?;
    let act = Act {
        action: "submission.entered",
        subject: format!("submission:{}", submission.reference),
        detail: json!({ "parts": submission.parts, "sha256": submission.digest,
            "files": attachments::model::digests(&files) }),
    };
    audit::append(conn, now, Actor::Account(it.by), act)?;
    for one in &stored {
        audit::append(conn, now, Actor::Account(it.by), enter::act(&one.comment, &one.came, &[]))?;
    }
    Ok(())
}

/// The account of a row's author: that of a row above, if it says the same of them.
fn author(conn: &mut AnyConnection, now: Moment, came: &Came, above: &[Stored]) -> DbResult<Account> {
    let is_theirs = |it: &&Stored| it.came.email == came.email && it.came.author == came.author;
    match above.iter().find(is_theirs) {
        Some(known) => Ok(known.account.clone()),
        None => entered::author(conn, now, came.email.as_ref(), &came.author),
    }
}

/// The one author of all that was stored. A table of several is its enterer's: none of them may read the others' rows.
fn owner(stored: &[Stored]) -> Option<&Account> {
    let first = &stored.first()?.account;
    stored.iter().all(|it| it.account.id == first.id).then_some(first)
}

/// One letter to each author: the receipt of the whole to the only one, else of what is theirs.
fn write(
    conn: &mut AnyConnection,
    now: Moment,
    submission: &Submission,
    stored: &[Stored],
    files: &[Attachment],
    stationery: &Stationery,
) -> DbResult<()> {
    if let Some(only) = owner(stored) {
        let comments: Vec<Comment> = stored.iter().map(|it| it.comment.clone()).collect();
        let letter = submissions::mail::receipt(conn, only, submission, &comments, files, stationery)?;
        return post::queue(conn, now, letter);
    }
    let mut written: Vec<AccountId> = Vec::new();
    for Stored { account, .. } in stored {
        if written.contains(&account.id) {
            continue;
        }
        written.push(account.id);
        let theirs = stored.iter().filter(|it| it.account.id == account.id);
        let theirs: Vec<(&Comment, &Came)> = theirs.map(|it| (&it.comment, &it.came)).collect();
        let letter = mail::receipt_of_rows(conn, account, submission.id, &theirs, stationery)?;
        post::queue(conn, now, letter)?;
    }
    Ok(())
}

/// Whether this person entered the submission with this id.
pub fn was_entered_by(conn: &mut AnyConnection, id: SubmissionId, by: AccountId) -> DbResult<bool> {
    let parts = submissions::store::parts(conn, id)?;
    let Some(first) = parts.first() else { return Ok(false) };
    Ok(store::of(conn, first.id)?.is_some_and(|received| received.entered_by == by))
}
