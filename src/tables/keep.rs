//! Keeps an uploaded table: the draft with its rows, the file as evidence; one transaction.

use std::fs::File;

use crate::clock::Moment;
use crate::comments::attachments::model::{Attachment, named};
use crate::comments::attachments::store as attachments;
use crate::comments::attachments::sweep::delete_bytes;
use crate::comments::drafts::model::{Draft, Purpose};
use crate::comments::drafts::save::{SaveError, Saving, save};
use crate::comments::drafts::store as drafts;
use crate::db::{AnyConnection, Db, DbError};
use crate::files::{FileError, Files, MediaType};
use crate::ids::{AccountId, AttachmentId, DraftId};

use super::model::Table;

/// A table on its way in.
pub struct Keeping {
    /// The form's one-time id.
    pub id: DraftId,
    /// The version of the draft that it replaces; 0 for a new one.
    pub expected: i64,
    /// Who sends it.
    pub account: AccountId,
    /// What was read.
    pub table: Table,
    /// What sort of file it was read from.
    pub media_type: MediaType,
    /// The file.
    pub file: File,
    /// Its size in bytes.
    pub size: u64,
    /// Whether it has yet to be looked through.
    pub is_unscanned: bool,
}

/// Why a table is not kept.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// The draft.
    #[error(transparent)]
    Draft(#[from] SaveError),
    /// The file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Stores the file, then the draft and the file's row; throws away the file that it replaces.
pub async fn keep(db: &Db, files: &Files, now: Moment, it: Keeping) -> Result<(), KeepError> {
    let attachment = Attachment {
        id: AttachmentId::new(),
        holder: it.id.as_bytes().to_vec(),
        account: it.account,
        name: named(&it.table.file, it.media_type),
        media_type: it.media_type,
        size: i64::try_from(it.size).unwrap_or(i64::MAX),
        sha256: it.table.sha256.clone(),
        created_at: now,
        is_unscanned: it.is_unscanned,
    };
    let file = attachment.id;
    files.put(file, it.file).await?;
    let saving = Saving {
        id: it.id,
        account: it.account,
        purpose: Purpose::Table,
        norm: None,
        text_version: None,
        kind: None,
        reference: None,
        title: it.table.file.clone(),
        content: serde_json::to_string(&it.table).map_err(|error| DbError::Fault(error.to_string()))?,
    };
    let expected = it.expected;
    let kept = db.write(move |conn| replace(conn, now, saving, expected, &attachment)).await;
    let gone = match &kept {
        Ok(replaced) => replaced.clone(),
        Err(_) => vec![file],
    };
    for id in gone {
        delete_bytes(files, id).await;
    }
    kept.map(|_| ()).map_err(KeepError::from)
}

/// Saves the draft with its file in place of the one before; the files that are not needed any more.
fn replace(
    conn: &mut AnyConnection,
    now: Moment,
    saving: Saving,
    expected: i64,
    attachment: &Attachment,
) -> Result<Vec<AttachmentId>, SaveError> {
    let before = attachments::held_by(conn, &attachment.holder)?;
    save(conn, now, saving, expected)?;
    for old in &before {
        attachments::remove(conn, old.id)?;
    }
    attachments::insert(conn, attachment)?;
    Ok(before.into_iter().map(|old| old.id).collect())
}

/// A table that this person may open, with its draft.
pub fn open(
    conn: &mut AnyConnection,
    now: Moment,
    account: AccountId,
    id: DraftId,
) -> Result<Option<(Draft, Table)>, DbError> {
    let Some(draft) = drafts::open_to(conn, now, account, id)?.filter(|draft| draft.purpose == Purpose::Table) else {
        return Ok(None);
    };
    let table = serde_json::from_str(&draft.content).map_err(|error| DbError::Fault(error.to_string()))?;
    Ok(Some((draft, table)))
}
