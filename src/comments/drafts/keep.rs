//! Keeping a composer's words: as the draft they belong to, else as a draft of their own.

use super::model::Draft;
use super::save::{self, SaveError, Saving};
use super::store;
use crate::accounts::organisations::store as organisations;
use crate::accounts::store as accounts;
use crate::clock::Moment;
use crate::comments::model::Comment;
use crate::comments::store as comments;
use crate::db::{AnyConnection, Db, DbError, DbResult};
use crate::ids::{AccountId, CommentId, DraftId};

/// Why the words are not in the draft they belong to.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// The form was sent meanwhile and is a comment.
    #[error("sent meanwhile")]
    Sent(Box<Comment>),
    /// They could not be saved as what they are.
    #[error(transparent)]
    Save(#[from] SaveError),
}

impl From<DbError> for KeepError {
    fn from(error: DbError) -> Self {
        Self::Save(error.into())
    }
}

/// Keeps what was typed and returns the draft's version; see [`save::save`].
pub async fn keep(db: &Db, now: Moment, it: Saving, expected: i64) -> Result<i64, KeepError> {
    let mut tries = 0;
    loop {
        let once = it.clone();
        match db.write(move |conn| keep_once(conn, now, once, expected)).await {
            // The same form came twice at once: now there is a draft.
            Err(KeepError::Save(SaveError::Database(DbError::Taken(_)))) if tries < 5 => tries += 1,
            outcome => return outcome,
        }
    }
}

fn keep_once(conn: &mut AnyConnection, now: Moment, it: Saving, expected: i64) -> Result<i64, KeepError> {
    // What a page sends while it is left may come after the form itself.
    if let Some(comment) = comments::by_id(conn, comment_id(it.id)?)? {
        return Err(KeepError::Sent(Box::new(comment)));
    }
    Ok(save::save(conn, now, it, expected)?)
}

/// Keeps what was typed as a draft of its own, beside the one it was meant for: once, however often it comes. `None`:
/// there is no room for it.
pub async fn keep_apart(db: &Db, now: Moment, it: Saving) -> DbResult<Option<DraftId>> {
    let id = DraftId::new();
    let apart = Saving { id, ..it };
    let keep = move |conn: &mut AnyConnection| match store::with_content(conn, now, apart.account, &apart.content)? {
        Some(known) => Ok(known),
        None => save::save(conn, now, apart, 0).map(|_| id),
    };
    match db.write(keep).await {
        Ok(kept) => Ok(Some(kept)),
        Err(SaveError::TooMany) => Ok(None),
        Err(SaveError::Database(error)) => Err(error),
        Err(SaveError::Changed(_) | SaveError::NotTheirs) => Err(DbError::Fault("a fresh draft was there".into())),
    }
}

fn comment_id(id: DraftId) -> DbResult<CommentId> {
    CommentId::from_bytes(id.as_bytes()).ok_or_else(|| DbError::Fault("an id of another length".into()))
}

/// The name of whoever sent the comment with this form's id, with its reference, if `viewer` belongs to the same
/// organisation: so they had the form open as a shared draft.
pub fn sent_by_another(
    conn: &mut AnyConnection,
    viewer: AccountId,
    form: CommentId,
) -> DbResult<Option<(String, String)>> {
    let Some(comment) = comments::by_id(conn, form)?.filter(|it| it.author.account != viewer) else { return Ok(None) };
    let own = organisations::of_member(conn, viewer)?.map(|it| it.id);
    let theirs = organisations::of_member(conn, comment.author.account)?.map(|it| it.id);
    if own.is_none() || own != theirs {
        return Ok(None);
    }
    let sender = accounts::by_id(conn, comment.author.account)?;
    Ok(Some((sender.details.name, comment.reference)))
}

/// Why a form can't be sent although it is in order.
#[derive(Debug, thiserror::Error)]
pub enum SpendError {
    /// Somebody else changed the draft since the form was opened.
    #[error("changed meanwhile")]
    Changed(Box<Draft>),
    /// The form's id is that of somebody else's draft.
    #[error("not theirs")]
    NotTheirs,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Throws the draft of a form away that is being sent, in the same transaction. `version` is the one the form showed,
/// `content` what it holds. Words of somebody else's that the sender has not seen stop it; words of the sender's own,
/// from another page, stay as a draft.
pub fn spend(
    conn: &mut AnyConnection,
    now: Moment,
    sender: AccountId,
    id: DraftId,
    version: i64,
    content: &str,
) -> Result<(), SpendError> {
    let Some(known) = store::by_id(conn, id)? else { return Ok(()) };
    if known.account != sender && store::open_to(conn, now, sender, id)?.is_none() {
        return Err(SpendError::NotTheirs);
    }
    if known.version != version && known.content != content {
        if known.edited_by != sender {
            return Err(SpendError::Changed(Box::new(known)));
        }
        store::insert(conn, &Draft { id: DraftId::new(), ..known.clone() })?;
    }
    if store::discard_as(conn, id, known.version)? { Ok(()) } else { Err(SpendError::Changed(Box::new(known))) }
}
