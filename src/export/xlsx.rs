//! XLSX: sheet `Comments`, sheet `Manifest`, string cells only, so that nothing is ever run; rows go to the disk as they
//! come (constant memory).
//!
//! Excel holds 32,767 UTF-16 code units in a cell. The rest of a longer text is in the sheet `Continued` (reference,
//! column, part, text), and the column `continued` of its row names the columns that go on there: the cell and its
//! parts, joined in order, are the exact text. The sheet is there only if something goes on in it.

use std::borrow::Cow;
use std::fs::File;
use std::path::Path;

use rust_xlsxwriter::{Format as Style, Workbook, Worksheet, XlsxError};

use super::manifest::Manifest;
use super::record::{COLUMNS, Record};
use super::writer::{Adapted, WriteError};

/// UTF-16 code units that a cell holds.
const CELL: usize = 32_767;

/// Comments that a sheet holds below its header.
pub const MOST_ROWS: u64 = 1_048_575;

impl From<XlsxError> for WriteError {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::IoError(error) => Self::File(error),
            other => Self::Workbook(other.to_string()),
        }
    }
}

/// Writes rows as a workbook.
pub struct XlsxWriter {
    file: File,
    workbook: Workbook,
    comments: Worksheet,
    next_row: u32,
    continued: Option<(Worksheet, u32)>,
    adapted: Adapted,
}

impl XlsxWriter {
    /// A workbook with its header row, to be written to `file`; until then its rows rest in `folder`.
    pub fn new(file: File, folder: Option<&Path>) -> Result<Self, WriteError> {
        let mut workbook = Workbook::new();
        if let Some(folder) = folder.filter(|folder| !folder.as_os_str().is_empty()) {
            workbook.set_tempdir(folder)?;
        }
        let header: Vec<&str> = COLUMNS.iter().copied().chain(["continued"]).collect();
        let comments = sheet(&mut workbook, "Comments", &header)?;
        Ok(Self { file, workbook, comments, next_row: 1, continued: None, adapted: Adapted::default() })
    }

    /// Adds a row.
    pub fn write(&mut self, record: &Record) -> Result<(), WriteError> {
        let mut going_on = Vec::new();
        for (column, (name, cell)) in (0..).zip(COLUMNS.iter().zip(record.cells())) {
            let (text, dropped) = without_forbidden(&cell);
            self.adapted.characters_dropped += dropped;
            let mut parts = parts(&text).into_iter();
            self.comments.write_string(self.next_row, column, parts.next().unwrap_or_default())?;
            if parts.len() > 0 {
                going_on.push(*name);
                self.go_on(&record.reference, name, parts)?;
            }
        }
        let after_the_last = u16::try_from(COLUMNS.len()).unwrap_or(u16::MAX);
        self.comments.write_string(self.next_row, after_the_last, going_on.join(", "))?;
        self.next_row += 1;
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
            let (value, _) = without_forbidden(&value);
            about.write_string(row, 1, parts(&value).first().copied().unwrap_or_default())?;
        }
        self.workbook.push_worksheet(self.comments);
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

/// `text` without the characters that XML 1.0 forbids (section 2.2, `Char`), and how many they were.
fn without_forbidden(text: &str) -> (Cow<'_, str>, u64) {
    let forbidden =
        |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if !text.contains(forbidden) {
        return (Cow::Borrowed(text), 0);
    }
    let kept: String = text.chars().filter(|c| !forbidden(*c)).collect();
    let dropped = text.chars().count() - kept.chars().count();
    (Cow::Owned(kept), u64::try_from(dropped).unwrap_or(u64::MAX))
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
    use calamine::{Data, Reader as _, Xlsx, open_workbook};

    /// Writes `records`, reads the file back: sheet names, and the cells of a sheet.
    struct Book(Xlsx<std::io::BufReader<File>>);

    impl Book {
        fn of(records: &[Record]) -> (Self, Adapted) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.xlsx");
            let mut writer = XlsxWriter::new(File::create(&path).unwrap(), Some(folder.path())).unwrap();
            for record in records {
                writer.write(record).unwrap();
            }
            let adapted = writer.adapted();
            writer.finish(&super::super::make_tests::manifest()).unwrap();
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
        let (mut book, adapted) = Book::of(&records);
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
        let (mut book, adapted) = Book::of(&[record]);
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
        let (mut book, adapted) = Book::of(&[record]);
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
