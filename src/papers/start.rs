//! A paper begins: from a pasted text or a document to its parts.

use super::form::{check_title, too_long};
use super::model::{LONGEST_PAPER, Paper, Part};
use super::split::{self, Heading};
use super::suggest;
use crate::files::text::{Paragraph, Unreadable};
use crate::files::{MediaType, ReadError, Reader, Unknown, kind_of};
use crate::norms::model::Norm;
use crate::norms::words::graphemes;
use crate::web::{Ctx, Fields, Form, PageError, Upload};

/// How files of Word begin that are of its old format, or protected by a password.
const COMPOUND: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// The most characters of a text that is put into the form to be shortened.
const MOST_SHOWN: usize = 300_000;

/// What can be made of a form.
pub struct Begun {
    /// The paper, in parts.
    pub paper: Paper,
    /// The document that came with it.
    pub document: Option<(MediaType, Upload)>,
}

/// Reads title, pasted text and document. Pasted text goes before that of the document, which is evidence then.
pub async fn begin(
    ctx: &Ctx,
    reader: &Reader,
    fields: Fields,
    files: Vec<Upload>,
    norms: &[Norm],
) -> Result<Result<Begun, Form>, PageError> {
    let mut form = Form::filled(fields.clone());
    let title = fields.get("title").to_owned();
    check_title(&mut form, &title, ctx.lang);
    let mut document = None;
    if let Some(mut upload) = files.into_iter().find(|file| file.field == "document") {
        match kind(ctx, &mut upload) {
            Ok(kind) => document = Some((kind, upload)),
            Err(message) => form.error("document", message),
        }
    }
    let mut text = fields.get("text").to_owned();
    let mut headings = Vec::new();
    match &document {
        Some((kind, upload)) if text.is_empty() => match read(reader, *kind, upload).await? {
            Ok(paragraphs) => (text, headings) = put_together(&paragraphs),
            Err(why) => form.error("document", ctx.t(message(why))),
        },
        None if text.is_empty() && form.error_of("document").is_empty() => {
            form.error("text", ctx.t("papers-nothing"));
        }
        _ => {}
    }
    let length = graphemes(&text);
    if length > LONGEST_PAPER {
        form.error("text", too_long(ctx.lang, "papers-too-long", LONGEST_PAPER, length));
        if length <= MOST_SHOWN {
            form.prefill("text", &text);
        }
    }
    if form.failed() {
        return Ok(Err(form));
    }
    Ok(Ok(Begun { paper: divided(title, &text, &headings, norms), document }))
}

fn divided(title: String, text: &str, headings: &[Heading], norms: &[Norm]) -> Paper {
    let part = |text: &str| Part {
        text: text.trim().to_owned(),
        norm: suggest::norm(text, norms).map(|norm| norm.slug.clone()).unwrap_or_default(),
        ..Part::default()
    };
    Paper { title, parts: split::split(text, headings).into_iter().map(part).collect(), publication: String::new() }
}

/// What the document is, or why it is not taken.
fn kind(ctx: &Ctx, upload: &mut Upload) -> Result<MediaType, String> {
    if upload.is_too_large {
        let most = ctx.site().config().files.most_mebibytes;
        return Err(ctx.t1("papers-file-too-large", "most", most));
    }
    match kind_of(&mut upload.file, &upload.name) {
        Ok(kind @ (MediaType::Pdf | MediaType::Docx | MediaType::Odt | MediaType::Txt)) => Ok(kind),
        Ok(MediaType::Xlsx | MediaType::Csv) => Err(ctx.t("papers-file-table")),
        Err(Unknown::Empty) => Err(ctx.t("papers-file-empty")),
        Err(Unknown::WebPage) => Err(ctx.t("papers-file-web-page")),
        Err(Unknown::Other) if is_compound(&mut upload.file) => Err(ctx.t("papers-file-old")),
        Ok(MediaType::Jpeg | MediaType::Png) | Err(Unknown::Other | Unknown::Picture | Unknown::Io(_)) => {
            Err(ctx.t("papers-file-other"))
        }
    }
}

fn is_compound(file: &mut std::fs::File) -> bool {
    use std::io::{Read as _, Seek as _, SeekFrom};
    let mut head = [0; COMPOUND.len()];
    file.seek(SeekFrom::Start(0)).is_ok() && file.read_exact(&mut head).is_ok() && head == COMPOUND
}

async fn read(
    reader: &Reader,
    kind: MediaType,
    upload: &Upload,
) -> Result<Result<Vec<Paragraph>, Unreadable>, PageError> {
    let unstored = |error: std::io::Error| {
        tracing::error!(%error, "an upload can't be read");
        PageError::Unavailable
    };
    match reader.read(kind, upload.file.try_clone().map_err(unstored)?).await {
        Ok(paragraphs) => Ok(Ok(paragraphs)),
        Err(ReadError::Unreadable(why)) => Ok(Err(why)),
        Err(ReadError::Unavailable(why)) => {
            tracing::warn!(why, "a document could not be read");
            Err(PageError::Unavailable)
        }
    }
}

fn message(why: Unreadable) -> &'static str {
    match why {
        Unreadable::Broken => "papers-file-broken",
        Unreadable::Encrypted => "papers-file-encrypted",
        Unreadable::NoText => "papers-file-no-text",
        Unreadable::TooLarge => "papers-file-too-much",
    }
}

/// The text of a document and its headings.
fn put_together(paragraphs: &[Paragraph]) -> (String, Vec<Heading>) {
    let (mut text, mut headings) = (String::new(), Vec::new());
    for paragraph in paragraphs {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        headings.extend(paragraph.level.map(|level| (text.len(), level)));
        // No text of the portal holds one, and PostgreSQL takes none.
        text.push_str(&paragraph.text.replace('\0', "\u{fffd}"));
    }
    (text, headings)
}
