//! Attaching a file to a form and taking it away again: one transaction each.

use serde_json::json;

use super::model::{Attachment, MOST_A_DAY};
use super::store;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::comments::drafts;
use crate::comments::model::{Comment, State};
use crate::comments::store as comments;
use crate::comments::submissions;
use crate::db::{AnyConnection, DbError};
use crate::ids::{AccountId, AttachmentId, CommentId, DraftId, SubmissionId};
use crate::norms::model::Window;
use crate::norms::store as norms;

/// What files are attached to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// A form that was not sent yet.
    Form(CommentId),
    /// A comment that is being corrected, at the version that the form showed.
    Comment(CommentId, i64),
}

impl Holder {
    /// The bytes that its files are kept under.
    pub fn key(self) -> Vec<u8> {
        match self {
            Self::Form(id) | Self::Comment(id, _) => id.as_bytes().to_vec(),
        }
    }

    /// The same after one more change to it.
    fn changed(self) -> Self {
        match self {
            Self::Form(_) => self,
            Self::Comment(id, version) => Self::Comment(id, version + 1),
        }
    }
}

/// Why nothing was attached or taken away.
#[derive(Debug, thiserror::Error)]
pub enum AttachError {
    /// The form is somebody else's, or was sent.
    #[error("not a form of theirs that waits to be sent")]
    NotOpen,
    /// The comment changed since the form was opened.
    #[error("changed meanwhile")]
    Changed,
    /// It has as many files as it may have.
    #[error("too many files")]
    TooMany,
    /// This person attached as many files in a day as one may.
    #[error("too many files in a day")]
    TooManyToday,
    /// There is no such file in it.
    #[error("no such file")]
    NoSuchFile,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// What became of a file that was to be attached, and what holds it now.
#[derive(Debug, PartialEq, Eq)]
pub enum Attached {
    /// It is attached.
    Added(Holder),
    /// The same file was attached before, as when a form is sent twice.
    Already(Holder),
}

/// Attaches a file whose bytes are stored; `most` is how many one form may have. A comment moves to its next version:
/// who decides on it has seen every file.
pub fn attach(
    conn: &mut AnyConnection,
    now: Moment,
    it: &Attachment,
    holder: Holder,
    most: usize,
) -> Result<Attached, AttachError> {
    let comment = open(conn, now, it.account, holder)?;
    let held = store::held_by(conn, &it.holder)?;
    if held.iter().any(|known| (&known.sha256, &known.name) == (&it.sha256, &it.name)) {
        return Ok(Attached::Already(comment.map_or(holder, |comment| Holder::Comment(comment.id, comment.version))));
    }
    if held.len() >= most {
        return Err(AttachError::TooMany);
    }
    if !may_attach_today(conn, now, it.account)? {
        return Err(AttachError::TooManyToday);
    }
    store::insert(conn, it)?;
    if let Some(comment) = comment {
        move_on(conn, now, &comment, holder)?;
        audit::append(conn, now, Actor::Account(it.account), act("comment.file_attached", &comment, it))?;
    }
    Ok(Attached::Added(holder.changed()))
}

/// Whether this person sent fewer files in a day than one may.
pub fn may_attach_today(conn: &mut AnyConnection, now: Moment, account: AccountId) -> Result<bool, DbError> {
    Ok(store::count_since(conn, account, now - chrono::TimeDelta::days(1))? < MOST_A_DAY)
}

/// Takes a file away. Its bytes are the caller's to delete.
pub fn detach(
    conn: &mut AnyConnection,
    now: Moment,
    account: AccountId,
    id: AttachmentId,
    holder: Holder,
) -> Result<Holder, AttachError> {
    let comment = open(conn, now, account, holder)?;
    let it = store::by_id(conn, id)?.filter(|it| it.holder == holder.key()).ok_or(AttachError::NoSuchFile)?;
    if !store::remove(conn, id)? {
        return Err(AttachError::NoSuchFile);
    }
    if let Some(comment) = comment {
        move_on(conn, now, &comment, holder)?;
        audit::append(conn, now, Actor::Account(account), act("comment.file_removed", &comment, &it))?;
    }
    Ok(holder.changed())
}

/// The files that `account` may change in what `holder` names; empty if it is not theirs.
pub fn of_form(
    conn: &mut AnyConnection,
    now: Moment,
    account: AccountId,
    holder: Holder,
) -> Result<Vec<Attachment>, DbError> {
    match open(conn, now, account, holder) {
        Ok(_) => store::held_by(conn, &holder.key()),
        Err(AttachError::Database(error)) => Err(error),
        Err(_) => Ok(Vec::new()),
    }
}

/// Refuses unless `account` may change the files of `holder` now. The comment, if it is one.
fn open(
    conn: &mut AnyConnection,
    now: Moment,
    account: AccountId,
    holder: Holder,
) -> Result<Option<Comment>, AttachError> {
    match holder {
        Holder::Form(id) => is_own_form(conn, now, account, id).map(|()| None),
        Holder::Comment(id, _) => {
            let comment = comments::by_id(conn, id)?.filter(|it| it.author.account == account);
            let comment = comment.filter(Comment::can_be_corrected).ok_or(AttachError::NotOpen)?;
            let window = norms::consultation(conn)?.map(|consultation| consultation.window(now));
            if comment.state == State::Pending && !matches!(window, Some(Window::Open(_))) {
                return Err(AttachError::NotOpen);
            }
            Ok(Some(comment))
        }
    }
}

/// A form id is anybody's until something is there under it: then it has to be theirs, and not sent.
pub fn is_own_form(
    conn: &mut AnyConnection,
    now: Moment,
    account: AccountId,
    id: CommentId,
) -> Result<(), AttachError> {
    let key = id.as_bytes();
    let (Some(draft), Some(submission)) = (DraftId::from_bytes(key), SubmissionId::from_bytes(key)) else {
        return Err(AttachError::NotOpen);
    };
    let was_sent = comments::by_id(conn, id)?.is_some() || submissions::store::by_id(conn, submission)?.is_some();
    if was_sent {
        return Err(AttachError::NotOpen);
    }
    let known = drafts::store::by_id(conn, draft)?;
    // Most forms were never kept as a draft.
    if known.is_some() && drafts::store::open_to(conn, now, account, draft)?.is_some() {
        return Ok(());
    }
    let is_free = known.is_none_or(|it| it.account == account);
    let is_theirs = store::held_by(conn, key)?.iter().all(|it| it.account == account);
    if is_free && is_theirs { Ok(()) } else { Err(AttachError::NotOpen) }
}

fn move_on(conn: &mut AnyConnection, now: Moment, comment: &Comment, holder: Holder) -> Result<(), AttachError> {
    let Holder::Comment(id, expected) = holder else { return Ok(()) };
    if comments::set_state(conn, now, id, expected, comment.state)? { Ok(()) } else { Err(AttachError::Changed) }
}

fn act(action: &'static str, comment: &Comment, it: &Attachment) -> Act {
    Act {
        action,
        subject: format!("comment:{}", comment.reference),
        detail: json!({ "revision": comment.revision, "sha256": it.sha256, "bytes": it.size }),
    }
}
