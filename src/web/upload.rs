//! A form that may bring files: they are written to disk as they come, and gone with the request.

use std::fs::DirBuilder;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;
use std::time::Duration;

use actix_multipart::{Field, Multipart};
use actix_web::dev::Payload;
use actix_web::rt::time::timeout;
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt as _;
use futures_util::future::LocalBoxFuture;

use super::context::Ctx;
use super::fields::Fields;
use super::form::{self, Posted};
use super::page::PageError;

/// How long a form with files may take to arrive.
const SLOWEST: Duration = Duration::from_secs(600);

/// The longest file name that is kept, in characters.
const LONGEST_NAME: usize = 200;

/// A file as it was sent.
pub struct Upload {
    /// The field it came in.
    pub field: String,
    /// What its sender called it, without folders: to be shown, never to be used as a path.
    pub name: String,
    /// Its bytes, from the beginning; empty if it was too large.
    pub file: std::fs::File,
    /// How many bytes were sent.
    pub size: u64,
    /// Whether it was larger than a file may be: then its bytes were not kept.
    pub is_too_large: bool,
}

/// A form that was sent with or without files. Files of somebody who is not signed in are not kept.
pub struct PostedFiles {
    /// The fields.
    pub posted: Posted,
    /// The files that were chosen.
    pub files: Vec<Upload>,
}

/// What has come so far, and how much of it may come.
struct Arriving {
    fields: Fields,
    files: Vec<Upload>,
    /// Bytes of text fields.
    text: usize,
    most_bytes: u64,
    most_files: usize,
    keep_files: bool,
}

impl Arriving {
    async fn take(&mut self, mut part: Field, folder: &Path) -> Result<(), PageError> {
        let name = part.name().unwrap_or_default().to_owned();
        let Some(file_name) = part.content_disposition().and_then(|it| it.get_filename()).map(plain_name) else {
            return self.take_text(&name, &mut part).await;
        };
        let mut upload = Upload {
            field: name,
            name: file_name,
            file: tempfile::tempfile_in(folder).map_err(|error| unstored(&error))?,
            size: 0,
            is_too_large: false,
        };
        while let Some(piece) = part.next().await {
            let piece = piece.map_err(|_| PageError::BadRequest)?;
            upload.size += piece.len() as u64;
            if upload.size > self.most_bytes.saturating_mul(5) {
                return Err(PageError::TooLarge);
            }
            if upload.size > self.most_bytes {
                upload.is_too_large = true;
            } else if self.keep_files {
                upload.file.write_all(&piece).map_err(|error| unstored(&error))?;
            }
        }
        // A file field that was left empty comes as a file without name and bytes.
        if upload.name.is_empty() && upload.size == 0 {
            return Ok(());
        }
        if upload.is_too_large {
            upload.file.set_len(0).map_err(|error| unstored(&error))?;
        }
        upload.file.seek(SeekFrom::Start(0)).map_err(|error| unstored(&error))?;
        if self.files.len() > self.most_files {
            return Err(PageError::TooLarge);
        }
        self.files.push(upload);
        Ok(())
    }

    async fn take_text(&mut self, name: &str, part: &mut Field) -> Result<(), PageError> {
        let mut bytes = Vec::new();
        while let Some(piece) = part.next().await {
            let piece = piece.map_err(|_| PageError::BadRequest)?;
            self.text += piece.len();
            if self.text > form::MOST_BYTES {
                return Err(PageError::TooLarge);
            }
            bytes.extend_from_slice(&piece);
        }
        self.fields.add(name, bytes).map_err(PageError::from)
    }
}

/// The last part of a name that may have folders, one line of it.
fn plain_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let line: String = last.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
    line.trim().to_owned()
}

fn unstored(error: &std::io::Error) -> PageError {
    tracing::error!(%error, "an upload could not be written");
    PageError::Unavailable
}

impl FromRequest for PostedFiles {
    type Error = PageError;
    type Future = LocalBoxFuture<'static, Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if !form::is_of_type(request, "multipart/form-data") {
            let posted = Posted::from_request(request, payload);
            return Box::pin(async move { Ok(Self { posted: posted.await?, files: Vec::new() }) });
        }
        let ctx = Ctx::from_request(request, payload);
        let mut parts = Multipart::new(request.headers(), payload.take());
        Box::pin(async move {
            let ctx = ctx.await?;
            let (settings, folder) = (&ctx.site().config().files, ctx.site().config().data_dir.join("uploads"));
            DirBuilder::new().recursive(true).mode(0o700).create(&folder).map_err(|error| unstored(&error))?;
            let mut arriving = Arriving {
                fields: Fields::default(),
                files: Vec::new(),
                text: 0,
                most_bytes: settings.most_bytes(),
                most_files: settings.most_files,
                keep_files: ctx.viewer.is_some(),
            };
            let all = async {
                while let Some(part) = parts.next().await {
                    arriving.take(part.map_err(|_| PageError::BadRequest)?, &folder).await?;
                }
                Ok::<_, PageError>(())
            };
            timeout(SLOWEST, all).await.map_err(|_| PageError::TooSlow)??;
            if ctx.viewer.is_none() {
                arriving.files.clear();
            }
            Ok(Self { posted: Posted::of(ctx, &arriving.fields), files: arriving.files })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_a_path() {
        assert_eq!(plain_name("../../etc/passwd"), "passwd");
        assert_eq!(plain_name("C:\\Users\\me\\Position paper.docx"), "Position paper.docx");
        assert_eq!(plain_name("a\nb\u{0}.pdf"), "ab.pdf");
        assert_eq!(plain_name(&"x".repeat(500)).len(), 200);
    }
}
