//! Workbooks: a sheet of rows and the sheet `Manifest`, string cells only, so that nothing is ever run; rows go to the disk
//! as they come (constant memory).
//!
//! Excel holds 32,767 UTF-16 code units in a cell. The rest of a longer text is in the sheet `Continued` (reference,
//! column, part, text): the cell and its parts, joined in order, are the exact text. The sheet is there only if something
//! goes on in it. The portal's own table has a column `continued` that names the columns of its row that go on there.

use std::borrow::Cow;
use std::fs::File;
use std::path::Path;

use rust_xlsxwriter::{Format as Style, Workbook, Worksheet, XlsxError};

use super::manifest::Manifest;
use super::writer::{Adapted, WriteError};
use crate::files::xml::sound;

/// UTF-16 code units that a cell holds.
const CELL: usize = 32_767;

/// Comments that a sheet holds below what stands above them.
pub const MOST_ROWS: u64 = 1_048_570;

impl From<XlsxError> for WriteError {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::IoError(error) => Self::File(error),
            other => Self::Workbook(other.to_string()),
        }
    }
}

/// A workbook being written.
pub struct Book {
    file: File,
    workbook: Workbook,
    rows: Worksheet,
    next_row: u32,
    look: Option<Style>,
    continued: Option<(Worksheet, u32)>,
    adapted: Adapted,
}

impl Book {
    /// A workbook with an empty sheet of this name, to be written to `file`; until then its rows rest in `folder`.
    pub fn begin(file: File, folder: Option<&Path>, name: &str) -> Result<Self, WriteError> {
        let mut workbook = Workbook::new();
        if let Some(folder) = folder.filter(|folder| !folder.as_os_str().is_empty()) {
            workbook.set_tempdir(folder)?;
        }
        let mut rows = workbook.new_worksheet_with_constant_memory()?;
        rows.set_name(name)?;
        Ok(Self { file, workbook, rows, next_row: 0, look: None, continued: None, adapted: Adapted::default() })
    }

    /// The sheet of rows, to set it up before its first row.
    pub fn sheet(&mut self) -> &mut Worksheet {
        &mut self.rows
    }

    /// How the cells of rows look from here on.
    pub fn set_look(&mut self, look: Style) {
        self.look = Some(look);
    }

    /// Adds a line above the headings; an empty one if there are no cells.
    pub fn line(&mut self, cells: &[(u16, String)]) -> Result<(), WriteError> {
        for (column, text) in cells {
            let (text, _) = sound(text);
            self.rows.write_string(self.next_row, *column, parts(&text).first().copied().unwrap_or_default())?;
        }
        self.next_row += 1;
        Ok(())
    }

    /// Adds the headings, which stay in view.
    pub fn headings(&mut self, headings: &[&str]) -> Result<(), WriteError> {
        let bold = self.look.clone().unwrap_or_default().set_bold();
        self.rows.set_freeze_panes(self.next_row + 1, 0)?;
        for (column, text) in (0..).zip(headings) {
            self.rows.write_string_with_format(self.next_row, column, *text, &bold)?;
        }
        self.next_row += 1;
        Ok(())
    }

    /// Adds a row: that of the comment `reference`, with a cell for each of `headings`.
    pub fn row(
        &mut self,
        reference: &str,
        headings: &[&str],
        cells: &[Cow<'_, str>],
        tells_continued: bool,
    ) -> Result<(), WriteError> {
        let mut going_on = Vec::new();
        for (column, (name, cell)) in (0..).zip(headings.iter().zip(cells)) {
            let (text, dropped) = sound(cell);
            self.adapted.characters_dropped += dropped;
            let mut parts = parts(&text).into_iter();
            self.cell(column, parts.next().unwrap_or_default())?;
            if parts.len() > 0 {
                going_on.push(*name);
                self.go_on(reference, name, parts)?;
            }
        }
        if tells_continued {
            let after_the_last = u16::try_from(headings.len()).unwrap_or(u16::MAX);
            self.cell(after_the_last, &going_on.join(", "))?;
        }
        self.next_row += 1;
        Ok(())
    }

    fn cell(&mut self, column: u16, text: &str) -> Result<(), WriteError> {
        match &self.look {
            Some(look) => self.rows.write_string_with_format(self.next_row, column, text, look)?,
            None => self.rows.write_string(self.next_row, column, text)?,
        };
        Ok(())
    }

    fn go_on<'t>(
        &mut self,
        reference: &str,
        column: &str,
        parts: impl Iterator<Item = &'t str>,
    ) -> Result<(), WriteError> {
        self.adapted.cells_continued += 1;
        if self.continued.is_none() {
            let header = ["reference", "column", "part", "text"];
            self.continued = Some((sheet(&mut self.workbook, "Continued", &header)?, 1));
        }
        let Some((sheet, next_row)) = &mut self.continued else { return Ok(()) };
        for (part, text) in (2..).zip(parts) {
            sheet.write_string(*next_row, 0, reference)?;
            sheet.write_string(*next_row, 1, column)?;
            sheet.write_string(*next_row, 2, part.to_string())?;
            sheet.write_string(*next_row, 3, text)?;
            *next_row += 1;
        }
        Ok(())
    }

    /// What had to be changed so far.
    pub fn adapted(&self) -> Adapted {
        self.adapted
    }

    /// Adds the manifest and writes the workbook.
    pub fn finish(mut self, manifest: &Manifest) -> Result<File, WriteError> {
        let mut about = sheet(&mut self.workbook, "Manifest", &["fact", "value"])?;
        for (row, (name, value)) in (1..).zip(manifest.facts()) {
            about.write_string(row, 0, name)?;
            let (value, _) = sound(&value);
            about.write_string(row, 1, parts(&value).first().copied().unwrap_or_default())?;
        }
        self.workbook.push_worksheet(self.rows);
        if let Some((continued, _)) = self.continued {
            self.workbook.push_worksheet(continued);
        }
        self.workbook.push_worksheet(about);
        self.workbook.save_to_writer(&mut self.file)?;
        Ok(self.file)
    }
}

/// A sheet with its header, which stays in view.
fn sheet(workbook: &mut Workbook, name: &str, header: &[&str]) -> Result<Worksheet, WriteError> {
    let mut sheet = workbook.new_worksheet_with_constant_memory()?;
    sheet.set_name(name)?;
    sheet.set_freeze_panes(1, 0)?;
    let bold = Style::new().set_bold();
    for (column, text) in (0..).zip(header) {
        sheet.write_string_with_format(0, column, *text, &bold)?;
    }
    Ok(sheet)
}

/// `text` in pieces that fit a cell; one empty piece for an empty text.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut units) = (0, 0);
    for (at, c) in text.char_indices() {
        if units + c.len_utf16() > CELL {
            parts.push(text.get(start..at).unwrap_or_default());
            (start, units) = (at, 0);
        }
        units += c.len_utf16();
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::record::{COLUMNS, Record};
    use calamine::{Data, Reader as _, Xlsx, open_workbook};

    /// Writes `records`, reads the file back: sheet names, and the cells of a sheet.
    struct Read(Xlsx<std::io::BufReader<File>>);

    impl Read {
        fn of(records: &[Record]) -> (Self, Adapted) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.xlsx");
            let mut writer = super::Book::begin(File::create(&path).unwrap(), Some(folder.path()), "Comments").unwrap();
            writer.headings(&[COLUMNS, &["continued"]].concat()).unwrap();
            for record in records {
                writer.row(&record.reference, COLUMNS, &record.cells(), true).unwrap();
            }
            let adapted = writer.adapted();
            writer.finish(&crate::export::make_tests::manifest()).unwrap();
            (Self(open_workbook(&path).unwrap()), adapted)
        }

        fn rows(&mut self, sheet: &str) -> Vec<Vec<String>> {
            let range = self.0.worksheet_range(sheet).unwrap();
            let text = |cell: &Data| match cell {
                Data::String(text) => text.clone(),
                Data::Empty => String::new(),
                other => panic!("not a string cell: {other:?}"),
            };
            range.rows().map(|row| row.iter().map(text).collect()).collect()
        }
    }

    #[test]
    fn cells_are_strings_and_read_back_exactly() {
        let texts = [
            "=1+1",
            "@SUM(A1)",
            "-2",
            "'=1",
            "1e9",
            "a\r\nb\tc ",
            " _x000D_ <&>\"",
            "\u{202e}abc\u{2066}",
            "\u{1f469}",
        ];
        let records: Vec<_> = texts
            .iter()
            .map(|text| Record {
                reference: "R".into(),
                proposed_wording: (*text).into(),
                norm_number: 3,
                ..Record::default()
            })
            .collect();
        let (mut book, adapted) = Read::of(&records);
        assert_eq!(adapted, Adapted::default());
        assert_eq!(book.0.sheet_names(), ["Comments", "Manifest"]);
        let rows = book.rows("Comments");
        assert_eq!(rows[0][..COLUMNS.len()], *COLUMNS);
        for (row, record) in rows[1..].iter().zip(&records) {
            assert_eq!(row[..COLUMNS.len()], record.cells()[..]);
        }
        assert!(book.0.worksheet_formula("Comments").unwrap().is_empty());
        assert!(book.rows("Manifest").iter().any(|row| row[0] == "rows_sha256" && row[1] == "ab"));
    }

    #[test]
    fn what_xml_forbids_is_dropped_and_counted() {
        let record = Record { rationale: "a\u{1}b\u{b}c\u{ffff}d\u{9}\u{85}".into(), ..Record::default() };
        let (mut book, adapted) = Read::of(&[record]);
        assert_eq!(adapted.characters_dropped, 3);
        let rows = book.rows("Comments");
        let column = COLUMNS.iter().position(|name| *name == "rationale").unwrap();
        assert_eq!(rows[1][column], "abcd\u{9}\u{85}");
    }

    #[test]
    fn a_text_longer_than_a_cell_goes_on_and_loses_nothing() {
        let long = "\u{1f469}a".repeat(30_000);
        let record =
            Record { reference: "R-1".into(), rationale: long.clone(), cost: "short".into(), ..Record::default() };
        let (mut book, adapted) = Read::of(&[record]);
        assert_eq!(adapted.cells_continued, 1);
        let rows = book.rows("Comments");
        let column = COLUMNS.iter().position(|name| *name == "rationale").unwrap();
        assert_eq!(rows[1][COLUMNS.len()], "rationale");
        let mut whole = rows[1][column].clone();
        for (part, row) in (2..).zip(&book.rows("Continued")[1..]) {
            assert_eq!(row[..3], ["R-1".to_owned(), "rationale".into(), part.to_string()]);
            assert!(row[3].encode_utf16().count() <= CELL);
            whole.push_str(&row[3]);
        }
        assert_eq!(whole, long);
    }

    #[test]
    fn parts_fill_cells_and_join_to_the_text() {
        assert_eq!(parts(""), [""]);
        assert_eq!(parts(&"a".repeat(CELL)).len(), 1);
        let odd = format!("a{}", "\u{1f469}".repeat(CELL));
        let cut = parts(&odd);
        assert_eq!(cut.concat(), odd);
        assert!(cut.iter().all(|part| part.encode_utf16().count() <= CELL));
    }
}
