//! A form that may bring files: they are written to disk as they come, and gone with the request.

use std::fs::{DirBuilder, File};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::PathBuf;
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

/// The longest file name that is kept, in characters.
const LONGEST_NAME: usize = 200;

/// How many files are named of those that were too many.
const MOST_NAMED: usize = 10;

/// A file as it was sent.
pub struct Upload {
    /// The field it came in.
    pub field: String,
    /// What its sender called it, without folders: to be shown, never to be used as a path.
    pub name: String,
    /// Its bytes, from the beginning; empty if it was too large.
    pub file: File,
    /// How many bytes were sent.
    pub size: u64,
    /// Whether it was larger than a file may be: then its bytes were not kept.
    pub is_too_large: bool,
}

/// A form that was sent with or without files. Files of somebody who is not signed in are not kept.
pub struct PostedFiles {
    /// The fields.
    pub posted: Posted,
    /// The files that were chosen, as many as a comment may have.
    pub files: Vec<Upload>,
    /// The names of those that were too many: their bytes were not kept.
    pub too_many: Vec<String>,
    /// Whether files came that were not kept because nobody is signed in.
    pub lost: bool,
}

/// What has come so far, and how much of it may come.
struct Arriving {
    fields: Fields,
    files: Vec<Upload>,
    too_many: Vec<String>,
    lost: bool,
    /// Bytes of text fields.
    text: usize,
    /// Bytes of files, kept or not.
    sent: u64,
    most_bytes: u64,
    most_files: usize,
    /// Where files are written; `None`: nowhere, since nobody is signed in.
    folder: Option<PathBuf>,
}

impl Arriving {
    async fn take(&mut self, mut part: Field) -> Result<(), PageError> {
        let field = part.name().unwrap_or_default().to_owned();
        let Some(name) = part.content_disposition().and_then(|it| it.get_filename()).map(plain_name) else {
            return self.take_text(&field, &mut part).await;
        };
        let mut file = match &self.folder {
            Some(folder) if self.files.len() < self.most_files => {
                Some(tempfile::tempfile_in(folder).map_err(|error| unstored(&error))?)
            }
            _ => None,
        };
        let mut size = 0;
        while let Some(piece) = part.next().await {
            let piece = piece.map_err(|_| PageError::BadRequest)?;
            size += piece.len() as u64;
            self.sent += piece.len() as u64;
            // What is too much is read to its end, so that a page can say so; but not without end.
            if self.sent > self.most_bytes.saturating_mul(self.most_files as u64 + 1) {
                return Err(PageError::TooLarge);
            }
            if let (Some(file), true) = (&mut file, size <= self.most_bytes) {
                file.write_all(&piece).map_err(|error| unstored(&error))?;
            }
        }
        // A file field that was left empty comes as a file without name and bytes.
        if name.is_empty() && size == 0 {
            return Ok(());
        }
        match file {
            Some(file) => self.files.push(self.arrived(field, name, file, size)?),
            None if self.folder.is_none() => self.lost = true,
            None if self.too_many.len() < MOST_NAMED => self.too_many.push(name),
            None => {}
        }
        Ok(())
    }

    fn arrived(&self, field: String, name: String, mut file: File, size: u64) -> Result<Upload, PageError> {
        let is_too_large = size > self.most_bytes;
        if is_too_large {
            file.set_len(0).map_err(|error| unstored(&error))?;
        }
        file.seek(SeekFrom::Start(0)).map_err(|error| unstored(&error))?;
        Ok(Upload { field, name, file, size, is_too_large })
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

/// The last part of a name that may have folders, one line of it. Of a long one the beginning goes: its end says what
/// the file is.
fn plain_name(sent: &str) -> String {
    // What browsers write in place of a quote and a line break (HTML, 4.10.22.8).
    let sent = sent.replace("%22", "\"").replace("%0D", "").replace("%0A", "");
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let line: Vec<char> = last.chars().filter(|c| !c.is_control() && !turns_text(*c)).collect();
    let cut = line.get(line.len().saturating_sub(LONGEST_NAME)..).unwrap_or_default();
    cut.iter().collect::<String>().trim().to_owned()
}

/// Invisible characters that turn the direction of what follows: `cod.exe` can look like `exe.doc` with them.
fn turns_text(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
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
            return Box::pin(async move { Ok(Self::without_files(posted.await?)) });
        }
        let ctx = Ctx::from_request(request, payload);
        let mut parts = Multipart::new(request.headers(), payload.take());
        Box::pin(async move {
            let ctx = ctx.await?;
            let mut arriving = Arriving::of(&ctx)?;
            let all = async {
                while let Some(part) = parts.next().await {
                    arriving.take(part.map_err(|_| PageError::BadRequest)?).await?;
                }
                Ok::<_, PageError>(())
            };
            // Whoever is not signed in has no files to send: their words alone are kept for the time after.
            let server = &ctx.site().config().server;
            let seconds = if ctx.viewer.is_some() { server.upload_seconds } else { server.form_seconds };
            let slowest = Duration::from_secs(seconds);
            timeout(slowest, all).await.map_err(|_| PageError::TooSlow)??;
            let posted = Posted::of(ctx, &arriving.fields, arriving.lost || !arriving.files.is_empty())?;
            Ok(Self { posted, files: arriving.files, too_many: arriving.too_many, lost: arriving.lost })
        })
    }
}

impl PostedFiles {
    fn without_files(posted: Posted) -> Self {
        Self { posted, files: Vec::new(), too_many: Vec::new(), lost: false }
    }
}

impl Arriving {
    /// Nothing yet. Files go where nothing leads to them: they have no name there and are gone when they are closed.
    fn of(ctx: &Ctx) -> Result<Self, PageError> {
        let config = ctx.site().config();
        let folder = ctx.viewer.is_some().then(|| config.data_dir.join("uploads"));
        if let Some(folder) = &folder {
            DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|error| unstored(&error))?;
        }
        Ok(Self {
            fields: Fields::default(),
            files: Vec::new(),
            too_many: Vec::new(),
            lost: false,
            text: 0,
            sent: 0,
            most_bytes: config.files.most_bytes(),
            most_files: config.files.most_files,
            folder,
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
        assert_eq!(plain_name("a%22b%0D%0A.pdf"), "a\"b.pdf");
        assert_eq!(plain_name("annex\u{202e}fdp.exe"), "annexfdp.exe");
        let long = plain_name(&format!("{}.pdf", "x".repeat(500)));
        assert_eq!(long, format!("{}.pdf", "x".repeat(196)));
    }
}
