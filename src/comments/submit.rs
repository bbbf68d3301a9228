//! Sending a comment: one transaction, however often the form is sent.

use std::sync::Arc;

use serde_json::json;

use super::body::Body;
use super::form::Answers;
use super::mail;
use super::model::{Class, Comment, State};
use super::on_behalf;
use super::reference::Reference;
use super::store;
use crate::accounts::model::Account;
use crate::accounts::store as accounts;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, Db, DbError};
use crate::ids::{self, AccountId, CommentId, NormId, TextVersionId};
use crate::mail as post;
use crate::norms::model::Window;
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;

/// A comment on its way in.
#[derive(Clone)]
pub struct Incoming {
    /// The form's one-time id: the comment's key.
    pub id: CommentId,
    /// Who sends it.
    pub account: AccountId,
    /// On which text.
    pub norm: NormId,
    /// On which wording of it, as the form showed it.
    pub text_version: TextVersionId,
    /// Of which type, if its author said so.
    pub class: Option<Class>,
    /// What it says.
    pub answers: Answers,
}

/// What the letters of this room need.
#[derive(Clone)]
pub struct Stationery {
    /// Scheme, host and port of every link.
    pub origin: String,
    /// The labels of codes.
    pub vocabulary: Arc<Vocabulary>,
}

/// Why nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// The consultation takes no comments now.
    #[error("not open")]
    NotOpen(Window),
    /// The text was replaced since the form was opened.
    #[error("the text changed")]
    TextChanged,
    /// The same form was sent before with other content, or by somebody else.
    #[error("the form was used")]
    FormUsed,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Stores the comment, its receipt mail and its audit entry, and returns its reference. A form sent again gives the
/// reference it got the first time.
pub async fn submit(db: &Db, now: Moment, it: Incoming, stationery: Stationery) -> Result<String, SubmitError> {
    let mut tries = 0;
    loop {
        let (once, letters) = (it.clone(), stationery.clone());
        match db.write(move |conn| store_once(conn, now, once, &letters)).await {
            // The same form arrived twice at once, or the reference was taken: look again.
            Err(SubmitError::Database(DbError::Taken(_))) if tries < 5 => tries += 1,
            outcome => return outcome,
        }
    }
}

/// One attempt, in the caller's transaction.
pub fn store_once(
    conn: &mut AnyConnection,
    now: Moment,
    it: Incoming,
    stationery: &Stationery,
) -> Result<String, SubmitError> {
    if let Some(known) = store::by_id(conn, it.id)? {
        return if is_same(&known, &it) { Ok(known.reference) } else { Err(SubmitError::FormUsed) };
    }
    let account = accounts::by_id(conn, it.account)?;
    let comment = take_in(conn, now, it, &account)?;
    let (norm, version) = (norms::norm(conn, comment.norm_id)?, norms::version(conn, comment.text_version_id)?);
    post::queue(conn, now, mail::receipt(&account, &norm, &version, &comment, stationery))?;
    audit::append(conn, now, Actor::Account(account.id), received("comment.submitted", &comment))?;
    Ok(comment.reference)
}

/// Stores a comment of `account`, alone or as a part of a submission; its letter and audit entry are the caller's.
pub(super) fn take_in(
    conn: &mut AnyConnection,
    now: Moment,
    it: Incoming,
    account: &Account,
) -> Result<Comment, SubmitError> {
    let consultation = norms::consultation(conn)?.ok_or(SubmitError::TextChanged)?;
    match consultation.window(now) {
        Window::Open(_) => {}
        shut => return Err(SubmitError::NotOpen(shut)),
    }
    let version = norms::current_version(conn, it.norm)?;
    let fits = it.answers.body.anchor().is_none_or(|anchor| anchor.fits(&version.body));
    if version.id != it.text_version || !fits {
        return Err(SubmitError::TextChanged);
    }
    let norm = norms::norm(conn, it.norm)?;
    let number = u32::try_from(norm.number).unwrap_or_default();
    let (author, organisation) = on_behalf::speaker(conn, account)?;
    let comment = Comment {
        id: it.id,
        reference: Reference::make(&consultation.code, number, ids::random()).to_string(),
        norm_id: norm.id,
        text_version_id: version.id,
        author,
        kind: it.answers.body.kind(),
        state: State::Pending,
        revision: 1,
        version: 1,
        publication: it.answers.publication,
        class: it.class,
        submitted_at: now,
        changed_at: now,
        published_at: None,
        digest: it.answers.body.digest(),
        body: it.answers.body,
    };
    store::insert(conn, &comment)?;
    if let Some(organisation) = organisation {
        on_behalf::store::link(conn, &comment, organisation)?;
    }
    Ok(comment)
}

fn is_same(known: &Comment, it: &Incoming) -> bool {
    known.author.account == it.account
        && known.norm_id == it.norm
        && known.revision == 1
        && known.digest == it.answers.body.digest()
        && known.publication == it.answers.publication
}

/// The audit entry of a text that arrived: its digest, not its words.
pub(super) fn received(action: &'static str, comment: &Comment) -> Act {
    Act {
        action,
        subject: format!("comment:{}", comment.reference),
        detail: json!({
            "kind": comment.kind.as_str(),
            "revision": comment.revision,
            "publication": comment.publication.as_str(),
            "sha256": Body::digest(&comment.body),
        }),
    }
}
