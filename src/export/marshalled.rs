//! The marshalled list: every proposal in the order of the words it touches, with everybody who supports it.

use std::fs::File;
use std::io::{BufWriter, IntoInnerError, Write as _};

use askama::Template;

use super::documents::{Document, Documents, Listed, words};
use super::entry::Entry;
use super::html;
use super::manifest::Manifest;
use super::sheet::{self, Columns, Kind, Sheet, Span, Style, Tone};
use super::writer::{Adapted, Head, WriteError, Writer};
use crate::comments::redline::Piece;
use crate::files::xml::sound;
use crate::web::Language;

/// The lists of all wordings, as part of a page.
#[derive(Template)]
#[template(path = "export/marshalled_body.html")]
struct Body<'a> {
    lang: &'a Language,
    origin: &'a str,
    documents: &'a [Document],
}

/// The list as a page.
pub struct MarshalledHtml {
    out: BufWriter<File>,
    head: Head,
    documents: Documents,
}

impl MarshalledHtml {
    /// A list without a proposal yet.
    pub fn new(file: File, head: Head) -> Self {
        let documents = Documents::of(&head.texts);
        Self { out: BufWriter::new(file), head, documents }
    }
}

impl Writer for MarshalledHtml {
    fn write(&mut self, entry: Entry, _: &str) -> Result<(), WriteError> {
        self.documents.add(&entry);
        Ok(())
    }

    fn close(&mut self) -> Result<Adapted, WriteError> {
        let lang = words();
        html::begin(&mut self.out, &self.head, &lang.t("documents-marshalled"))?;
        let documents = self.documents.finish();
        let body = Body { lang, origin: &self.head.origin, documents: &documents }.render()?;
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

/// The list as a text of Word or a PDF.
pub struct MarshalledSheet {
    kind: Kind,
    file: Option<File>,
    sheet: Option<Box<dyn Sheet>>,
    head: Head,
    documents: Documents,
}

impl MarshalledSheet {
    /// A list without a proposal yet.
    pub fn new(kind: Kind, file: File, head: Head) -> Self {
        let documents = Documents::of(&head.texts);
        Self { kind, file: Some(file), sheet: None, head, documents }
    }
}

impl Writer for MarshalledSheet {
    fn write(&mut self, entry: Entry, _: &str) -> Result<(), WriteError> {
        self.documents.add(&entry);
        Ok(())
    }

    fn close(&mut self) -> Result<Adapted, WriteError> {
        let lang = words();
        let Some(file) = self.file.take() else { return Ok(Adapted::default()) };
        let mut sheet = sheet::begin(self.kind, file, &self.head, &lang.t("documents-marshalled"))?;
        sheet.text(Style::Plain, &lang.t("documents-marshalled-note"))?;
        for document in self.documents.finish() {
            sheet.text(Style::Heading(1), &document.title(lang))?;
            if document.items.is_empty() {
                sheet.text(Style::Plain, &lang.t("documents-none"))?;
                continue;
            }
            table(sheet.as_mut(), &document, lang, &self.head.origin)?;
        }
        let adapted = sheet.adapted();
        self.sheet = Some(sheet);
        Ok(adapted)
    }

    fn finish(self: Box<Self>, manifest: &Manifest) -> Result<File, WriteError> {
        sheet::finish(self.sheet, manifest)
    }
}

fn table(sheet: &mut dyn Sheet, document: &Document, lang: &Language, origin: &str) -> Result<(), WriteError> {
    let headings = [
        lang.t("documents-number"),
        lang.t("documents-words"),
        lang.t("documents-proposal"),
        lang.t("documents-supporters"),
        lang.t("documents-comments"),
    ];
    let caption = lang.t("documents-marshalled");
    sheet.begin_table(&Columns { caption: &caption, widths: &[4, 13, 31, 17, 26], headings: &headings })?;
    for item in document.list(lang, origin) {
        let (number, comments, supporters) =
            (item.number.to_string(), references(&item, lang), supporters(&item, lang));
        let sort = format!("{}: ", item.sort);
        let mut change = vec![Span::strong(&sort)];
        change.extend(item.redline.pieces.iter().map(span));
        sheet.row(&[
            vec![Span::plain(&number)],
            vec![Span::plain(&item.place)],
            change,
            vec![Span::plain(&supporters)],
            vec![Span::plain(&comments)],
        ])?;
    }
    sheet.end_table()
}

/// A piece of a change with signs instead of tracked changes: a list is read, not accepted.
pub fn span(piece: &Piece) -> Span<'_> {
    match piece {
        Piece::Same(text) => Span::plain(text),
        Piece::Deleted(text) => Span { text, tone: Tone::Deleted },
        Piece::Inserted(text) => Span { text, tone: Tone::Inserted },
    }
}

fn supporters(item: &Listed, lang: &Language) -> String {
    let mark = if item.is_confidential { format!("[{}] ", lang.t("documents-confidential")) } else { String::new() };
    format!("{mark}{}", item.supporters)
}

fn references(item: &Listed, lang: &Language) -> String {
    let line = |(reference, address, is_confidential): &(String, String, bool)| {
        let mark = if *is_confidential { format!(" [{}]", lang.t("documents-confidential")) } else { String::new() };
        format!("{reference}{mark}\n{address}")
    };
    item.comments.iter().map(line).collect::<Vec<_>>().join("\n")
}
