//! Formats that are a table: headings, and the cells of a comment under them. Written as CSV, workbook or Markdown.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, IntoInnerError, Write as _};
use std::path::Path;

use super::csv::CsvWriter;
use super::entry::Entry;
use super::manifest::Manifest;
use super::workbook::Book;
use super::writer::{Adapted, Head, WriteError, Writer};
use crate::files::xml::is_forbidden;

/// The cells of a comment; its number counts the comments of the file from 1.
pub type Cells = for<'e> fn(&Head, &'e Entry, u64) -> Vec<Cow<'e, str>>;

/// A format that is a table.
pub struct Table {
    /// The name of its sheet.
    pub name: &'static str,
    /// The headings, in their order.
    pub headings: &'static [&'static str],
    /// Whether a workbook has a last column that names the columns of the row that go on in another sheet.
    pub tells_continued: bool,
    /// What stands under the headings.
    pub cells: Cells,
}

/// A table as CSV.
pub struct CsvFile {
    writer: CsvWriter<BufWriter<File>>,
    table: &'static Table,
    head: Head,
    rows: u64,
}

impl CsvFile {
    /// A file with its headings.
    pub fn begin(file: File, table: &'static Table, head: Head, bom: bool) -> Result<Self, WriteError> {
        let writer = CsvWriter::new(BufWriter::new(file), table.headings, bom)?;
        Ok(Self { writer, table, head, rows: 0 })
    }
}

impl Writer for CsvFile {
    fn write(&mut self, entry: Entry, _: &str) -> Result<(), WriteError> {
        self.rows += 1;
        self.writer.write(&(self.table.cells)(&self.head, &entry, self.rows))
    }

    fn finish(self: Box<Self>, _: &Manifest) -> Result<File, WriteError> {
        Ok(self.writer.into_inner()?.into_inner().map_err(IntoInnerError::into_error)?)
    }
}

/// A table as a workbook.
pub struct XlsxFile {
    book: Book,
    table: &'static Table,
    head: Head,
    rows: u64,
}

impl XlsxFile {
    /// A workbook with its headings.
    pub fn begin(file: File, folder: Option<&Path>, table: &'static Table, head: Head) -> Result<Self, WriteError> {
        let mut book = Book::begin(file, folder, table.name)?;
        let more = if table.tells_continued { &["continued"][..] } else { &[] };
        book.headings(&[table.headings, more].concat())?;
        Ok(Self { book, table, head, rows: 0 })
    }
}

impl Writer for XlsxFile {
    fn write(&mut self, entry: Entry, _: &str) -> Result<(), WriteError> {
        self.rows += 1;
        let cells = (self.table.cells)(&self.head, &entry, self.rows);
        self.book.row(&entry.record.reference, self.table.headings, &cells, self.table.tells_continued)
    }

    fn close(&mut self) -> Result<Adapted, WriteError> {
        Ok(self.book.adapted())
    }

    fn finish(self: Box<Self>, manifest: &Manifest) -> Result<File, WriteError> {
        self.book.finish(manifest)
    }
}

/// A table as Markdown (GitHub's tables, which most readers know).
pub struct MarkdownFile {
    out: BufWriter<File>,
    table: &'static Table,
    head: Head,
    rows: u64,
    dropped: u64,
}

impl MarkdownFile {
    /// A file with its title and headings.
    pub fn begin(file: File, table: &'static Table, head: Head) -> Result<Self, WriteError> {
        let mut out = BufWriter::new(file);
        let (title, line) = (marked(&head.subject()), marked(&head.page_line()));
        write!(out, "# {}: {title}\n\n{line}\n\n", table.name)?;
        let headings: Vec<String> = table.headings.iter().map(|it| marked(it)).collect();
        write!(out, "| {} |\n|{}\n", headings.join(" | "), " --- |".repeat(headings.len()))?;
        Ok(Self { out, table, head, rows: 0, dropped: 0 })
    }
}

impl Writer for MarkdownFile {
    fn write(&mut self, entry: Entry, _: &str) -> Result<(), WriteError> {
        self.rows += 1;
        let cells = (self.table.cells)(&self.head, &entry, self.rows);
        let forbidden: usize = cells.iter().map(|cell| cell.chars().filter(|c| is_forbidden(*c)).count()).sum();
        self.dropped += u64::try_from(forbidden).unwrap_or(u64::MAX);
        let cells: Vec<String> = cells.iter().map(|cell| marked(cell)).collect();
        Ok(writeln!(self.out, "| {} |", cells.join(" | "))?)
    }

    fn close(&mut self) -> Result<Adapted, WriteError> {
        Ok(Adapted::dropped(self.dropped))
    }

    fn finish(self: Box<Self>, manifest: &Manifest) -> Result<File, WriteError> {
        let mut out = self.out;
        out.write_all(b"\n## Manifest\n\n| Fact | Value |\n| --- | --- |\n")?;
        for (name, value) in manifest.facts() {
            writeln!(out, "| {} | {} |", marked(&name), marked(&value))?;
        }
        Ok(out.into_inner().map_err(IntoInnerError::into_error)?)
    }
}

/// `text` as a cell of Markdown: every sign that means something there is only itself, a line break is one, and what page
/// readers can't hold is left out.
fn marked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' if rest.peek() == Some(&'\n') => {}
            '\n' | '\r' => out.push_str("<br>"),
            '\t' => out.push(' '),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c if is_forbidden(c) => {}
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sign_of_a_text_marks_up_a_cell() {
        assert_eq!(marked("a | b\r\n<c> & `d`"), "a \\| b<br>&lt;c&gt; &amp; \\`d\\`");
        assert_eq!(marked("[x](y) *z*\u{1}"), "\\[x\\](y) \\*z\\*");
        // A cell begins no list and no heading.
        assert_eq!(marked("- one\n# two"), "- one<br># two");
    }
}
