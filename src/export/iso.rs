//! The comment table of ISO, IEC and CEN: rows as `comments::iso` has them, written as they come.

use std::fs::File;
use std::path::Path;

use rust_xlsxwriter::{Format as Style, FormatAlign, FormatBorder};

use super::documents::manifest_pages;
use super::entry::Entry;
use super::manifest::Manifest;
use super::record::Record;
use super::told;
use super::workbook::Book;
use super::writer::{Adapted, Head, WriteError, Writer};
use crate::comments::iso::{self, FOOTNOTES, HEADINGS, Row, TEMPLATE, WHOLE, WIDTHS, with_evidence};
use crate::comments::model::Class;
use crate::comments::redline::Redline;
use crate::files::docx::{Change, Docx};

/// The header line.
fn heading(head: &Head) -> iso::Head {
    iso::Head {
        date: head.made_at.date().to_string(),
        document: head.subject(),
        project: format!("{}, {}", head.consultation.code, head.edition_words()),
    }
}

/// The row of a comment; `number` counts the rows from 1. Under the member stands the comment's reference, and below it, in
/// a table that comes back, from which state of the board the row is made.
fn row(head: &Head, entry: &Entry, number: u64) -> Row {
    let Record { country, stakeholder_group, .. } = &entry.record;
    let short = told::vocabulary().and_then(|lists| lists.groups.item(stakeholder_group)?.short.as_deref());
    let member = if country.is_empty() { short.unwrap_or("ORG") } else { country };
    let record = &entry.record;
    let marks = told::marks(record);
    let whole = if head.is_of_one_norm { WHOLE.to_owned() } else { format!("{} {WHOLE}", record.norm_number) };
    let is_wording = record.kind == "wording";
    let redline = matches!(record.change.as_str(), "replace" | "delete")
        .then(|| Redline::between(&record.quote, &record.proposed_wording))
        .filter(|redline| !redline.is_unchanged());
    let (comments, proposed) = match (record.kind.as_str(), record.change.as_str()) {
        ("wording", "delete") => (with_evidence(&record.rationale, &record.evidence), iso::DELETE.to_owned()),
        ("wording", _) => (with_evidence(&record.rationale, &record.evidence), record.proposed_wording.clone()),
        ("lever", _) => (told::reasons(record), told::change(record)),
        _ => (with_evidence(&record.rationale, &record.evidence), String::new()),
    };
    let mark = entry.on_board.as_ref().map(|it| format!("\n{}", it.mark)).unwrap_or_default();
    Row {
        member: format!("{member}-{number:03}\n{}{mark}", record.reference),
        line: record.line,
        clause: if is_wording { record.clause.clone() } else { whole },
        words: record.quote.clone(),
        class: Class::parse(&entry.class),
        comments: format!("{marks}{comments}"),
        proposed,
        redline,
        observations: observations(entry),
    }
}

/// Column 8: the disposition, and below it the response; as they stand on the board where the table comes back.
fn observations(entry: &Entry) -> String {
    entry.on_board.as_ref().map_or(&entry.answer.observations, |on_board| &on_board.observation).clone()
}

/// The table as a text of Word.
pub struct IsoDocx {
    page: Docx<File>,
    head: Head,
    rows: u64,
}

impl IsoDocx {
    /// A table with its headings.
    pub fn begin(file: File, head: Head) -> Result<Self, WriteError> {
        let page = iso::docx::begin(file, &heading(&head), "")?;
        Ok(Self { page, head, rows: 0 })
    }
}

impl Writer for IsoDocx {
    fn write(&mut self, entry: Entry, _: &str) -> Result<(), WriteError> {
        self.rows += 1;
        let row = row(&self.head, &entry, self.rows);
        let author = told::who(&entry.record);
        let by = Change { author: &author, at: &entry.record.submitted_at };
        Ok(iso::docx::add(&mut self.page, &row, by)?)
    }

    fn close(&mut self) -> Result<Adapted, WriteError> {
        iso::docx::end(&mut self.page)?;
        Ok(Adapted::dropped(self.page.characters_dropped()))
    }

    fn finish(mut self: Box<Self>, manifest: &Manifest) -> Result<File, WriteError> {
        manifest_pages(&mut self.page, manifest)?;
        Ok(self.page.finish()?)
    }
}

/// The table as a workbook to work in.
pub struct IsoXlsx {
    book: Book,
    head: Head,
    rows: u64,
}

impl IsoXlsx {
    /// A workbook with its headings; the header line and an empty row are above them.
    pub fn begin(file: File, folder: Option<&Path>, head: Head) -> Result<Self, WriteError> {
        let mut book = Book::begin(file, folder, "Comments")?;
        let sheet = book.sheet();
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 2)?;
        let printed: String = head.page_line().replace('&', "&&").chars().take(200).collect();
        sheet.set_header(format!("&L {printed}&RPage &P"));
        for (column, width) in (0..).zip(WIDTHS) {
            sheet.set_column_width(column, width)?;
        }
        let iso::Head { date, document, .. } = heading(&head);
        // What follows the name of the edition would make the table narrow where it is printed; it is in the page's header.
        let edition = head.edition_words().split(':').next().unwrap_or_default();
        let project = format!("{}, {edition}", head.consultation.code);
        let line = [
            TEMPLATE.to_owned(),
            format!("Date: {date}"),
            format!("Document: {document}"),
            format!("Project: {project}"),
        ];
        book.line(&[0, 5, 6, 7].into_iter().zip(line).collect::<Vec<_>>())?;
        book.line(&[])?;
        book.set_look(Style::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top));
        book.headings(&HEADINGS)?;
        Ok(Self { book, head, rows: 0 })
    }
}

impl Writer for IsoXlsx {
    fn write(&mut self, entry: Entry, _: &str) -> Result<(), WriteError> {
        self.rows += 1;
        let cells = row(&self.head, &entry, self.rows).cells().map(Into::into);
        self.book.row(&entry.record.reference, &HEADINGS, &cells, false)
    }

    fn close(&mut self) -> Result<Adapted, WriteError> {
        let adapted = self.book.adapted();
        self.book.line(&[])?;
        for note in FOOTNOTES {
            self.book.line(&[(0, note.to_owned())])?;
        }
        Ok(adapted)
    }

    fn finish(self: Box<Self>, manifest: &Manifest) -> Result<File, WriteError> {
        self.book.finish(manifest)
    }
}
