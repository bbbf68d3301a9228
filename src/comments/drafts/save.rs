//! Saving a draft: one transaction; of two who change the same draft nobody's words are lost.

use super::model::{Draft, MOST_DRAFTS, Purpose};
use super::store;
use crate::clock::Moment;
use crate::comments::model::Kind;
use crate::comments::submit::is_free;
use crate::db::{AnyConnection, DbError};
use crate::ids::{AccountId, CommentId, DraftId, NormId, TextVersionId};

/// What is to be kept.
#[derive(Debug, Clone)]
pub struct Saving {
    /// Which draft; the form's one-time id.
    pub id: DraftId,
    /// Who saves.
    pub account: AccountId,
    /// What it becomes.
    pub purpose: Purpose,
    /// The text it is about.
    pub norm: Option<NormId>,
    /// The wording it is about.
    pub text_version: Option<TextVersionId>,
    /// Of which kind the comment will be.
    pub kind: Option<Kind>,
    /// The comment that a correction is of.
    pub reference: Option<String>,
    /// Its first words.
    pub title: String,
    /// What was typed, as JSON.
    pub content: String,
}

/// Why a draft is not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// It changed since the form was opened; here is what is stored.
    #[error("changed meanwhile")]
    Changed(Box<Draft>),
    /// The id is that of somebody else's draft.
    #[error("not theirs")]
    NotTheirs,
    /// This person has as many drafts as one may have.
    #[error("too many drafts")]
    TooMany,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Keeps what was typed and returns the draft's version. `expected` is the version that the form showed; 0 for a form
/// that was never saved. The same content saved twice counts once.
pub fn save(conn: &mut AnyConnection, now: Moment, it: Saving, expected: i64) -> Result<i64, SaveError> {
    let Some(known) = store::by_id(conn, it.id)? else {
        // An id that was sent already, or that holds somebody else's files, begins nothing.
        let form = CommentId::from_bytes(it.id.as_bytes()).ok_or(SaveError::NotTheirs)?;
        if !is_free(conn, now, it.account, form)? {
            return Err(SaveError::NotTheirs);
        }
        if store::count(conn, now, it.account)? >= MOST_DRAFTS {
            return Err(SaveError::TooMany);
        }
        store::insert(conn, &begun(it, now))?;
        return Ok(1);
    };
    if store::open_to(conn, now, it.account, it.id)?.is_none() && known.account != it.account {
        return Err(SaveError::NotTheirs);
    }
    if known.content == it.content && known.text_version == it.text_version {
        return Ok(known.version);
    }
    let draft = Draft {
        text_version: it.text_version,
        title: it.title,
        content: it.content,
        edited_by: it.account,
        edited_at: now,
        ..known.clone()
    };
    if store::replace(conn, &draft, expected)? { Ok(expected + 1) } else { Err(SaveError::Changed(Box::new(known))) }
}

fn begun(it: Saving, now: Moment) -> Draft {
    Draft {
        id: it.id,
        account: it.account,
        organisation: None,
        purpose: it.purpose,
        norm: it.norm,
        text_version: it.text_version,
        kind: it.kind,
        reference: it.reference,
        title: it.title,
        content: it.content,
        version: 1,
        edited_by: it.account,
        edited_at: now,
        opened_by: Some(it.account),
        opened_at: Some(now),
        created_at: now,
    }
}
