//! A document as it is written: title, headings, paragraphs, numbered lines, tables, boxes to tick. What is in it is said
//! once; a page, a text of Word and a PDF each write it in their way, as it comes.

mod docx;
mod html;
mod pdf;

use std::fs::File;

use super::manifest::Manifest;
use super::writer::{Adapted, Head, WriteError};

/// As what a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A page.
    Html,
    /// A text of Word.
    Docx,
    /// A PDF.
    Pdf,
}

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// A heading, from 1; the name of the whole stands above them.
    Heading(u8),
    /// Running text.
    Plain,
    /// Text of a norm.
    NormText,
    /// Small print.
    Small,
}

/// How a piece of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// As it is.
    Plain,
    /// Heavier.
    Strong,
    /// It comes: underlined.
    Inserted,
    /// It goes: struck through.
    Deleted,
}

/// A piece of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span<'a> {
    /// The text; line breaks are kept.
    pub text: &'a str,
    /// How it looks.
    pub tone: Tone,
}

impl<'a> Span<'a> {
    /// A text as it is.
    pub fn plain(text: &'a str) -> Self {
        Self { text, tone: Tone::Plain }
    }

    /// The same, heavier.
    pub fn strong(text: &'a str) -> Self {
        Self { text, tone: Tone::Strong }
    }
}

/// A table: what it is called, how wide its columns are to each other, and their headings.
pub struct Columns<'a> {
    /// Stands above it.
    pub caption: &'a str,
    /// Relative widths.
    pub widths: &'a [u16],
    /// One for each column.
    pub headings: &'a [String],
}

/// A line in a box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoxLine {
    /// Whether there is a square to tick before it.
    pub has_tick: bool,
    /// Its words.
    pub text: String,
}

/// A document being written.
pub trait Sheet: Send {
    /// Adds a paragraph.
    fn paragraph(&mut self, style: Style, spans: &[Span<'_>]) -> Result<(), WriteError>;

    /// Adds a paragraph of one plain text.
    fn text(&mut self, style: Style, text: &str) -> Result<(), WriteError> {
        self.paragraph(style, &[Span::plain(text)])
    }

    /// Names the headings of the first level that are to come, where that helps a reader to find them.
    fn contents(&mut self, _headings: &[String]) -> Result<(), WriteError> {
        Ok(())
    }

    /// Adds a numbered line of a text.
    fn numbered(&mut self, number: u32, text: &str) -> Result<(), WriteError>;

    /// Adds names with their values.
    fn facts(&mut self, facts: &[(String, String)]) -> Result<(), WriteError>;

    /// Adds a box with a name.
    fn boxed(&mut self, title: &str, lines: &[BoxLine]) -> Result<(), WriteError>;

    /// Begins a table.
    fn begin_table(&mut self, columns: &Columns<'_>) -> Result<(), WriteError>;

    /// Adds a row to it; its first cell says what the row is about.
    fn row(&mut self, cells: &[Vec<Span<'_>>]) -> Result<(), WriteError>;

    /// Ends it.
    fn end_table(&mut self) -> Result<(), WriteError>;

    /// What follows begins on a new page, where there are pages.
    fn new_page(&mut self) -> Result<(), WriteError>;

    /// What had to be changed so far.
    fn adapted(&self) -> Adapted;

    /// Ends the document with the manifest as its last page.
    fn finish(self: Box<Self>, manifest: &Manifest) -> Result<File, WriteError>;
}

/// Ends a document that was begun; a fault of ours if it was not.
pub fn finish(sheet: Option<Box<dyn Sheet>>, manifest: &Manifest) -> Result<File, WriteError> {
    let sheet = sheet.ok_or_else(|| WriteError::File(std::io::Error::other("the document was not closed")))?;
    sheet.finish(manifest)
}

/// Begins a document: its name and what it is about stand on its first page, for whom it is and of when on every page.
pub fn begin(kind: Kind, file: File, head: &Head, title: &str) -> Result<Box<dyn Sheet>, WriteError> {
    Ok(match kind {
        Kind::Html => Box::new(html::HtmlSheet::begin(file, head, title)?),
        Kind::Docx => Box::new(docx::DocxSheet::begin(file, head, title)?),
        Kind::Pdf => Box::new(pdf::PdfSheet::begin(file, head, title)?),
    })
}
