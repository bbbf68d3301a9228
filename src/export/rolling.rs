//! The rolling text: the base text with the alternatives in square brackets where they apply, each with who is behind it.

use std::fs::File;
use std::io::{BufWriter, IntoInnerError, Write as _};

use askama::Template;

use super::documents::{Document, Documents, words};
use super::entry::Entry;
use super::html;
use super::manifest::Manifest;
use super::sheet::{self, Kind, Sheet, Span, Style};
use super::writer::{Adapted, Head, WriteError, Writer};
use crate::deliberation::text::rolling::{Paragraph, Part};
use crate::files::xml::sound;
use crate::web::Language;

/// The rolling texts, as part of a page.
#[derive(Template)]
#[template(path = "export/rolling_body.html")]
struct Body<'a> {
    lang: &'a Language,
    documents: &'a [Document],
}

/// The rolling text as a page.
pub struct RollingHtml {
    out: BufWriter<File>,
    head: Head,
    documents: Documents,
}

impl RollingHtml {
    /// Texts without an alternative yet.
    pub fn new(file: File, head: Head) -> Self {
        let documents = Documents::of(&head.texts);
        Self { out: BufWriter::new(file), head, documents }
    }
}

impl Writer for RollingHtml {
    fn write(&mut self, entry: Entry, _: &str) -> Result<(), WriteError> {
        self.documents.add(&entry);
        Ok(())
    }

    fn close(&mut self) -> Result<Adapted, WriteError> {
        let lang = words();
        html::begin(&mut self.out, &self.head, &lang.t("documents-rolling"))?;
        let documents = self.documents.finish();
        let body = Body { lang, documents: &documents }.render()?;
        let (body, dropped) = sound(&body);
        self.out.write_all(body.as_bytes())?;
        Ok(Adapted::dropped(dropped))
    }

    fn finish(self: Box<Self>, manifest: &Manifest) -> Result<File, WriteError> {
        let mut out = self.out;
        html::end(&mut out, manifest)?;
        Ok(out.into_inner().map_err(IntoInnerError::into_error)?)
    }
}

/// The rolling text as a text of Word or a PDF.
pub struct RollingSheet {
    kind: Kind,
    file: Option<File>,
    sheet: Option<Box<dyn Sheet>>,
    head: Head,
    documents: Documents,
}

impl RollingSheet {
    /// Texts without an alternative yet.
    pub fn new(kind: Kind, file: File, head: Head) -> Self {
        let documents = Documents::of(&head.texts);
        Self { kind, file: Some(file), sheet: None, head, documents }
    }
}

impl Writer for RollingSheet {
    fn write(&mut self, entry: Entry, _: &str) -> Result<(), WriteError> {
        self.documents.add(&entry);
        Ok(())
    }

    fn close(&mut self) -> Result<Adapted, WriteError> {
        let lang = words();
        let Some(file) = self.file.take() else { return Ok(Adapted::default()) };
        let mut sheet = sheet::begin(self.kind, file, &self.head, &lang.t("documents-rolling"))?;
        sheet.text(Style::Plain, &lang.t("documents-rolling-note"))?;
        for document in self.documents.finish() {
            sheet.text(Style::Heading(1), &document.title(lang))?;
            write(sheet.as_mut(), &document, lang)?;
        }
        let adapted = sheet.adapted();
        self.sheet = Some(sheet);
        Ok(adapted)
    }

    fn finish(self: Box<Self>, manifest: &Manifest) -> Result<File, WriteError> {
        sheet::finish(self.sheet, manifest)
    }
}

/// Writes the rolling text of a wording.
pub fn write(sheet: &mut dyn Sheet, document: &Document, lang: &Language) -> Result<(), WriteError> {
    for paragraph in document.rolling() {
        write_paragraph(sheet, document, &paragraph, lang)?;
    }
    Ok(())
}

fn write_paragraph(
    sheet: &mut dyn Sheet,
    document: &Document,
    paragraph: &Paragraph,
    lang: &Language,
) -> Result<(), WriteError> {
    let letters = lettered(&paragraph.letters);
    let mut pieces: Vec<(String, bool)> = vec![(letters, true)];
    for part in &paragraph.parts {
        match part {
            Part::Text(words) => pieces.push((words.clone(), false)),
            Part::Alternatives(group) => {
                let (base, space) = group.parted();
                pieces.push((base.to_owned(), false));
                for (number, alternative) in (1..).zip(&group.alternatives) {
                    pieces.push((bracketed(document, lang, number, alternative.item, &alternative.words), true));
                }
                pieces.push((space.to_owned(), false));
            }
        }
    }
    let spans: Vec<Span<'_>> = pieces
        .iter()
        .map(|(text, is_strong)| if *is_strong { Span::strong(text) } else { Span::plain(text) })
        .collect();
    sheet.paragraph(Style::NormText, &spans)
}

/// `(a) ` in front of a paragraph; nothing before the first clause.
fn lettered(letters: &[String]) -> String {
    letters.iter().flat_map(|letter| ["(", letter, ") "]).collect()
}

/// ` [Alt. 1 (NL, APNIC): knowingly permit]`
fn bracketed(document: &Document, lang: &Language, number: usize, item: usize, words: &str) -> String {
    let attributed = document.attributed(lang, number, &item);
    let mark = if document.is_confidential(&item) {
        format!(" ({})", lang.t("documents-confidential"))
    } else {
        String::new()
    };
    let deleted = lang.t("documents-delete");
    let words = if words.trim().is_empty() { deleted.as_str() } else { words };
    format!(" [{attributed}{mark} {words}]")
}
