//! Files on their way in: what they are, their digest, their bytes into the store, then their row.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};

use sha2::{Digest as _, Sha256};

use super::attach::{self, AttachError, Attached, Holder};
use super::model::{Attachment, named};
use super::shown::{self, Shown};
use super::sweep::delete_bytes;
use crate::db::DbError;
use crate::files::{FileError, Files, MediaType, Unknown, kind_of, picture};
use crate::ids::{AccountId, AttachmentId};
use crate::web::{Ctx, PageError, Upload};

/// The field that files come in.
pub const FIELD: &str = "attachment";

/// Which files a form takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Documents.
    Documents,
    /// Pictures of paper too, where staff enter what came as a letter.
    Scans,
}

/// Why a file is not attached, or nothing can be.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// It is none of the documents that the portal takes.
    #[error(transparent)]
    Kind(#[from] Unknown),
    /// It is larger than a file may be.
    #[error("too large")]
    TooLarge,
    /// The form does not take it.
    #[error(transparent)]
    Attach(#[from] AttachError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] FileError),
}

/// The files of a form: what is attached now, and what was wrong with those that came.
#[derive(Default)]
pub struct FormFiles {
    /// What is attached.
    pub list: Vec<Shown>,
    /// A message for each file that is not attached, in the reader's language.
    pub faults: Vec<String>,
    /// What holds the files now, if any came or went.
    pub holder: Option<Holder>,
    /// Whether files came that were not kept: nobody was signed in, or the form is from before the last sign-in.
    pub lost: bool,
}

impl FormFiles {
    /// Files that are attached already.
    pub fn of(list: Vec<Shown>) -> Self {
        Self { list, ..Self::default() }
    }
}

/// The files that came with a form, and the names of those that were too many.
pub type Came = (Vec<Upload>, Vec<String>);

/// Keeps one file: checks it by its content, stores its bytes, then attaches it. If it can't be attached nothing of it
/// stays.
pub async fn keep(
    ctx: &Ctx,
    files: &Files,
    account: AccountId,
    holder: Holder,
    takes: Takes,
    upload: Upload,
) -> Result<Attached, IntakeError> {
    if upload.is_too_large {
        return Err(IntakeError::TooLarge);
    }
    let (sent, mut file) = (upload.name, upload.file);
    let looked = actix_web::web::block(move || {
        let media_type = looked_at(&mut file, &sent, takes)?;
        let (sha256, size) = (digest(&mut file)?, file.metadata()?.len());
        Ok::<_, Unknown>((media_type, sha256, size, named(&sent, media_type), file))
    });
    let looked: Result<(MediaType, String, u64, String, File), Unknown> =
        looked.await.map_err(|error| FileError::Store(error.to_string()))?;
    let (media_type, sha256, size, name, file) = looked?;
    let it = Attachment {
        id: AttachmentId::new(),
        holder: holder.key(),
        account,
        name,
        media_type,
        size: i64::try_from(size).unwrap_or(i64::MAX),
        sha256,
        created_at: ctx.now,
        is_unscanned: ctx.site().config().files.clamd.is_some(),
    };
    let (id, now, most) = (it.id, ctx.now, ctx.site().config().files.most_files);
    if let Err(error) = files.put(id, file).await {
        delete_bytes(files, id).await;
        return Err(error.into());
    }
    let attached = ctx.site().db().write(move |conn| attach::attach(conn, now, &it, holder, most)).await;
    if !matches!(attached, Ok(Attached::Added(_))) {
        delete_bytes(files, id).await;
    }
    Ok(attached?)
}

/// The sort of a file by its content. Of a picture, what does not show is left out of the file from here on.
fn looked_at(file: &mut File, name: &str, takes: Takes) -> Result<MediaType, Unknown> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    std::io::Read::by_ref(file).take(8).read_to_end(&mut head)?;
    let Some(kind) = picture::kind_of_head(&head) else { return kind_of(file, name) };
    if takes == Takes::Documents {
        return Err(Unknown::Other);
    }
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.read_to_end(&mut bytes)?;
    let clean = picture::cleaned(kind, &bytes).ok_or(Unknown::Picture)?;
    file.seek(SeekFrom::Start(0))?;
    file.set_len(0)?;
    file.write_all(&clean)?;
    Ok(kind)
}

/// SHA-256 of a file's bytes, in hexadecimal.
pub fn digest(file: &mut File) -> std::io::Result<String> {
    file.seek(SeekFrom::Start(0))?;
    let (mut sha, mut piece) = (Sha256::new(), vec![0; 64 << 10]);
    loop {
        let length = file.read(&mut piece)?;
        match piece.get(..length) {
            Some(read) if length > 0 => sha.update(read),
            _ => return Ok(hex::encode(sha.finalize())),
        }
    }
}

/// Why a form with files can't be answered as usual.
#[derive(Debug, thiserror::Error)]
pub enum FormError {
    /// The comment changed since the form was opened.
    #[error("changed meanwhile")]
    Changed,
    /// The store or the database can't take it now.
    #[error("not now")]
    NotNow,
    /// Anything else.
    #[error("{0}")]
    Page(PageError),
}

impl From<DbError> for FormError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Unavailable(why) => {
                tracing::warn!(why, "files could not be stored");
                Self::NotNow
            }
            other => Self::Page(other.into()),
        }
    }
}

/// Takes in the files that a form brought, and takes away the one whose button was pressed (`go` is that button's
/// value). Whoever calls this has compared the form's token.
pub async fn receive(
    ctx: &Ctx,
    files: &Files,
    account: AccountId,
    mut holder: Holder,
    takes: Takes,
    (uploads, too_many): Came,
    go: &str,
) -> Result<FormFiles, FormError> {
    let mut faults = Vec::new();
    if let Some(id) = go.strip_prefix(shown::REMOVAL).and_then(AttachmentId::parse) {
        holder = remove(ctx, files, account, holder, id).await?;
    }
    for upload in uploads.into_iter().filter(|upload| upload.field == FIELD) {
        let name = upload.name.clone();
        match keep(ctx, files, account, holder, takes, upload).await {
            Ok(Attached::Added(now) | Attached::Already(now)) => holder = now,
            Err(error) => faults.push(fault(ctx, &name, takes, error)?),
        }
    }
    faults.extend(too_many.iter().map(|name| said(ctx, "attachments-too-many", name)));
    let list = listed(ctx, account, holder).await?;
    Ok(FormFiles { list, faults, holder: Some(holder), lost: false })
}

/// What is attached to a form already.
pub async fn listed(ctx: &Ctx, account: AccountId, holder: Holder) -> Result<Vec<Shown>, DbError> {
    let now = ctx.now;
    let files = ctx.site().db().read(move |conn| attach::of_form(conn, now, account, holder)).await?;
    Ok(shown::shown(ctx.lang, &files))
}

/// One that is gone already, or no longer to be changed, stays as it is: the page shows what there is.
async fn remove(
    ctx: &Ctx,
    files: &Files,
    account: AccountId,
    holder: Holder,
    id: AttachmentId,
) -> Result<Holder, FormError> {
    let now = ctx.now;
    match ctx.site().db().write(move |conn| attach::detach(conn, now, account, id, holder)).await {
        Ok(changed) => {
            delete_bytes(files, id).await;
            Ok(changed)
        }
        Err(AttachError::Changed) => Err(FormError::Changed),
        Err(AttachError::Database(error)) => Err(error.into()),
        Err(_) => Ok(holder),
    }
}

/// The message for a file that is not attached; an error where the whole form fails.
fn fault(ctx: &Ctx, name: &str, takes: Takes, error: IntakeError) -> Result<String, FormError> {
    Ok(match error {
        IntakeError::TooLarge => said(ctx, "attachments-too-large", name),
        IntakeError::Kind(Unknown::Empty) => ctx.t1("attachments-empty", "name", name),
        IntakeError::Kind(Unknown::WebPage) => ctx.t1("attachments-web-page", "name", name),
        IntakeError::Kind(Unknown::Picture) => ctx.t1("attachments-picture", "name", name),
        IntakeError::Kind(Unknown::Other) if takes == Takes::Scans => ctx.t1("attachments-no-scan", "name", name),
        IntakeError::Kind(Unknown::Other) => ctx.t1("attachments-other-kind", "name", name),
        IntakeError::Attach(AttachError::TooMany) => said(ctx, "attachments-too-many", name),
        IntakeError::Attach(AttachError::TooManyToday) => ctx.t1("attachments-too-many-today", "name", name),
        IntakeError::Attach(AttachError::NotOpen | AttachError::NoSuchFile) => {
            ctx.t1("attachments-not-open", "name", name)
        }
        IntakeError::Attach(AttachError::Changed) => return Err(FormError::Changed),
        IntakeError::Attach(AttachError::Database(error)) => return Err(error.into()),
        IntakeError::Kind(Unknown::Io(error)) => return Err(failed(&error)),
        IntakeError::Store(error) => return Err(failed(&error)),
    })
}

fn failed(error: &dyn std::fmt::Display) -> FormError {
    tracing::warn!(%error, "a file could not be stored");
    FormError::NotNow
}

/// A message that names the file and the limit it met.
fn said(ctx: &Ctx, id: &str, name: &str) -> String {
    let limits = &ctx.site().config().files;
    match id {
        "attachments-too-large" => ctx.t2(id, "name", name, "most", limits.most_mebibytes),
        _ => ctx.t2(id, "name", name, "most", limits.most_files),
    }
}
