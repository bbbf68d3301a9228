//! Files that tell the proposals to change each wording, as a page, a text of Word or a PDF. The marshalled list and the
//! rolling text are two ways to tell them.

use std::fs::File;
use std::io::{BufWriter, IntoInnerError, Write as _};

use super::documents::{Document, Documents, words};
use super::entry::Entry;
use super::html;
use super::manifest::Manifest;
use super::sheet::{self, Kind, Sheet, Style};
use super::writer::{Adapted, Head, WriteError, Writer};
use crate::files::xml::sound;
use crate::web::Language;

/// A way to tell the proposals.
pub struct Telling {
    /// What the file is called; an id of the locale.
    pub title: &'static str,
    /// How it is read; an id of the locale.
    pub note: &'static str,
    /// Everything in the frame of a page; the text given begins every address.
    pub page: fn(&Language, &str, &[Document]) -> askama::Result<String>,
    /// Writes what stands below the name of a wording; the text given begins every address.
    pub write: fn(&mut dyn Sheet, &Document, &Language, &str) -> Result<(), WriteError>,
}

/// The proposals as a page.
pub struct ProposalsHtml {
    telling: &'static Telling,
    out: BufWriter<File>,
    head: Head,
    documents: Documents,
}

impl ProposalsHtml {
    /// A page without a proposal yet.
    pub fn new(telling: &'static Telling, file: File, head: Head) -> Self {
        let documents = Documents::of(&head.texts);
        Self { telling, out: BufWriter::new(file), head, documents }
    }
}

impl Writer for ProposalsHtml {
    fn write(&mut self, entry: Entry, _: &str) -> Result<(), WriteError> {
        self.documents.add(&entry);
        Ok(())
    }

    fn close(&mut self) -> Result<Adapted, WriteError> {
        let lang = words();
        html::begin(&mut self.out, &self.head, &lang.t(self.telling.title))?;
        let page = (self.telling.page)(lang, &self.head.origin, &self.documents.finish())?;
        let (page, dropped) = sound(&page);
        self.out.write_all(page.as_bytes())?;
        Ok(Adapted::dropped(dropped))
    }

    fn finish(self: Box<Self>, manifest: &Manifest) -> Result<File, WriteError> {
        let mut out = self.out;
        html::end(&mut out, manifest)?;
        Ok(out.into_inner().map_err(IntoInnerError::into_error)?)
    }
}

/// The proposals as a text of Word or a PDF.
pub struct ProposalsSheet {
    telling: &'static Telling,
    kind: Kind,
    file: Option<File>,
    sheet: Option<Box<dyn Sheet>>,
    head: Head,
    documents: Documents,
}

impl ProposalsSheet {
    /// A document without a proposal yet.
    pub fn new(telling: &'static Telling, kind: Kind, file: File, head: Head) -> Self {
        let documents = Documents::of(&head.texts);
        Self { telling, kind, file: Some(file), sheet: None, head, documents }
    }
}

impl Writer for ProposalsSheet {
    fn write(&mut self, entry: Entry, _: &str) -> Result<(), WriteError> {
        self.documents.add(&entry);
        Ok(())
    }

    fn close(&mut self) -> Result<Adapted, WriteError> {
        let lang = words();
        let Some(file) = self.file.take() else { return Ok(Adapted::default()) };
        let mut sheet = sheet::begin(self.kind, file, &self.head, &lang.t(self.telling.title))?;
        sheet.text(Style::Plain, &lang.t(self.telling.note))?;
        for document in self.documents.finish() {
            sheet.text(Style::Heading(1), &document.title(lang))?;
            (self.telling.write)(sheet.as_mut(), &document, lang, &self.head.origin)?;
        }
        let adapted = sheet.adapted();
        self.sheet = Some(sheet);
        Ok(adapted)
    }

    fn finish(self: Box<Self>, manifest: &Manifest) -> Result<File, WriteError> {
        sheet::finish(self.sheet, manifest)
    }
}
