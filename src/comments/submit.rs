//! Sending a comment: one transaction, however often the form is sent.

use std::sync::Arc;

use serde_json::json;

use super::attachments;
use super::attachments::attach::{AttachError, is_own_form};
use super::attachments::model::Attachment;
use super::drafts::keep::{self, SpendError};
use super::drafts::model::Draft;
use super::form::Answers;
use super::mail;
use super::model::{Author, Class, Comment, State};
use super::on_behalf;
use super::reference::Reference;
use super::store;
use crate::accounts::model::Account;
use crate::accounts::store as accounts;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, Db, DbError, DbResult};
use crate::ids::{self, AccountId, CommentId, DraftId, NormId, OrganisationId, TextVersionId};
use crate::mail as post;
use crate::norms::model::{Consultation, Norm, TextVersion, Window};
use crate::norms::shelf::Texts;
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
    /// The texts that its words were found in: while they stand, neither is done again.
    pub known: Option<Arc<Texts>>,
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

/// The draft that a form was, as the form shows it.
#[derive(Debug, Clone)]
pub struct Spent {
    /// Its version; 0 if it was never saved.
    pub version: i64,
    /// What it holds now.
    pub content: String,
}

/// Why a composer's form was not sent.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The comment is not taken.
    #[error(transparent)]
    Submit(#[from] SubmitError),
    /// Somebody else changed the draft since the form was opened.
    #[error("the draft changed")]
    DraftChanged(Box<Draft>),
}

impl From<DbError> for SendError {
    fn from(error: DbError) -> Self {
        Self::Submit(error.into())
    }
}

impl From<SpendError> for SendError {
    fn from(error: SpendError) -> Self {
        match error {
            SpendError::Changed(draft) => Self::DraftChanged(draft),
            SpendError::NotTheirs => Self::Submit(SubmitError::FormUsed),
            SpendError::Database(error) => error.into(),
        }
    }
}

/// Stores the comment, its receipt mail and its audit entry, throws its draft away, and returns its reference. A form
/// sent again gives the reference it got the first time.
pub async fn submit(
    db: &Db,
    now: Moment,
    it: Incoming,
    spent: Spent,
    stationery: Stationery,
) -> Result<String, SendError> {
    let mut tries = 0;
    loop {
        let (once, draft, letters) = (it.clone(), spent.clone(), stationery.clone());
        match db.write(move |conn| send_once(conn, now, once, &draft, &letters)).await {
            // The same form arrived twice at once, or the reference was taken: look again.
            Err(SendError::Submit(SubmitError::Database(DbError::Taken(_)))) if tries < 5 => tries += 1,
            outcome => return outcome,
        }
    }
}

fn send_once(
    conn: &mut AnyConnection,
    now: Moment,
    it: Incoming,
    spent: &Spent,
    stationery: &Stationery,
) -> Result<String, SendError> {
    let (sender, form) = (it.account, it.id);
    let reference = store_once(conn, now, it, stationery)?;
    if let Some(draft) = DraftId::from_bytes(form.as_bytes()) {
        keep::spend(conn, now, sender, draft, spent.version, &spent.content)?;
    }
    Ok(reference)
}

/// Whether a form id is free for `account`: nothing was sent under it, and no draft or file of somebody else is there.
pub(super) fn is_free(
    conn: &mut AnyConnection,
    now: Moment,
    account: AccountId,
    form: CommentId,
) -> Result<bool, DbError> {
    match is_own_form(conn, now, account, form) {
        Ok(()) => Ok(true),
        Err(AttachError::Database(error)) => Err(error),
        Err(_) => Ok(false),
    }
}

/// One attempt, in the caller's transaction.
pub fn store_once(
    conn: &mut AnyConnection,
    now: Moment,
    it: Incoming,
    stationery: &Stationery,
) -> Result<String, SubmitError> {
    // Most forms are sent once, were never kept as a draft and have no files.
    let is_fresh = attachments::store::is_fresh(conn, it.id)?;
    if !is_fresh {
        // In this order: PostgreSQL shows within a transaction what was stored meanwhile, and the same form sent twice
        // at once is no form that was used.
        let is_free = is_free(conn, now, it.account, it.id)?;
        if let Some(known) = store::by_id(conn, it.id)? {
            return if is_same(&known, &it) { Ok(known.reference) } else { Err(SubmitError::FormUsed) };
        }
        if !is_free {
            return Err(SubmitError::FormUsed);
        }
    }
    let account = accounts::by_id(conn, it.account)?;
    let (comment, norm, version) = take_in(conn, now, it, &account)?;
    let files = if is_fresh { Vec::new() } else { attachments::store::held_by(conn, comment.id.as_bytes())? };
    post::queue(conn, now, mail::receipt(&account, &norm, &version, &comment, &files, stationery))?;
    audit::append(conn, now, Actor::Account(account.id), received("comment.submitted", &comment, &files))?;
    Ok(comment.reference)
}

/// When a comment came, whose it is and how it came.
pub(super) struct Arrival {
    /// The moment that counts.
    pub at: Moment,
    /// Its author as they are now.
    pub author: Author,
    /// The organisation that it speaks for.
    pub organisation: Option<OrganisationId>,
    /// How it came, if its author did not send it here.
    pub channel: Option<String>,
}

/// Stores a comment of `account`, alone or as a part of a submission; its letter and audit entry are the caller's. With
/// the text that it is about.
pub(super) fn take_in(
    conn: &mut AnyConnection,
    now: Moment,
    it: Incoming,
    account: &Account,
) -> Result<(Comment, Norm, TextVersion), SubmitError> {
    let (author, organisation) = on_behalf::speaker(conn, account)?;
    place(conn, now, it, Arrival { at: now, author, organisation, channel: None })
}

/// Stores a comment that came as `arrival` says; whether the consultation is open is asked for the moment it came.
pub(super) fn place(
    conn: &mut AnyConnection,
    now: Moment,
    it: Incoming,
    arrival: Arrival,
) -> Result<(Comment, Norm, TextVersion), SubmitError> {
    let Arrival { at, author, organisation, channel } = arrival;
    let (consultation, norm, version, is_known) = text(conn, &it)?.ok_or(SubmitError::TextChanged)?;
    match consultation.window(at) {
        Window::Open(_) => {}
        shut => return Err(SubmitError::NotOpen(shut)),
    }
    let fits = is_known || it.answers.body.anchor().is_none_or(|anchor| anchor.fits(&version.body));
    if version.id != it.text_version || !fits {
        return Err(SubmitError::TextChanged);
    }
    let number = u32::try_from(norm.number).unwrap_or_default();
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
        channel,
        submitted_at: at,
        changed_at: now,
        published_at: None,
        digest: it.answers.body.digest(),
        body: it.answers.body,
        redactions: 0,
    };
    store::insert(conn, &comment, it.answers.language)?;
    if let Some(organisation) = organisation {
        on_behalf::store::link(conn, &comment, organisation)?;
    }
    Ok((comment, norm, version))
}

/// The text that a comment is about, as it stands now; and whether it is the one that its words were found in.
fn text(conn: &mut AnyConnection, it: &Incoming) -> DbResult<Option<(Consultation, Norm, TextVersion, bool)>> {
    if let Some(known) = &it.known
        && let Some((norm, version)) = known.find(|norm| norm.id == it.norm)
        && known.still_stand(conn)?
    {
        return Ok(Some((known.consultation.clone(), norm.clone(), version.clone(), true)));
    }
    let Some(consultation) = norms::consultation(conn)? else { return Ok(None) };
    Ok(Some((consultation, norms::norm(conn, it.norm)?, norms::current_version(conn, it.norm)?, false)))
}

fn is_same(known: &Comment, it: &Incoming) -> bool {
    known.author.account == it.account
        && known.norm_id == it.norm
        && known.revision == 1
        && known.digest == it.answers.body.digest()
        && known.publication == it.answers.publication
}

/// The audit entry of a text that arrived: its digest and those of its files, not its words.
pub(super) fn received(action: &'static str, comment: &Comment, files: &[Attachment]) -> Act {
    Act {
        action,
        subject: format!("comment:{}", comment.reference),
        detail: json!({
            "kind": comment.kind.as_str(),
            "revision": comment.revision,
            "publication": comment.publication.as_str(),
            "sha256": comment.digest,
            "files": attachments::model::digests(files),
        }),
    }
}
