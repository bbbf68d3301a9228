//! The table as a workbook: string cells only, so that nothing is ever run.
//!
//! A cell holds 32,767 UTF-16 code units. What is longer goes on in the sheet `Continued` (row, column, part, text).

use std::io::{Cursor, Read as _, Write as _};

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::{FOOTNOTES, HEADINGS, Head, Row, TEMPLATE};
use crate::files::xml::is_forbidden;

/// UTF-16 code units that a cell holds.
const CELL: usize = 32_767;

/// Widths of the columns, in characters of the standard font.
pub const WIDTHS: [u16; 8] = [10, 8, 12, 32, 10, 42, 42, 30];

/// The row of the headings, counted from 0; the header line and an empty row are above it.
const HEADINGS_ROW: u32 = 2;

/// The bytes of the workbook.
pub fn xlsx(head: &Head, rows: &[Row]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    set_up(sheet)?;
    let bold = Format::new().set_bold();
    sheet.write_string_with_format(0, 0, TEMPLATE, &bold)?;
    sheet.write_string(0, 5, format!("Date: {}", head.date))?;
    sheet.write_string(0, 6, format!("Document: {}", head.document))?;
    sheet.write_string(0, 7, format!("Project: {}", head.project))?;
    let cell = Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
    let heading = cell.clone().set_bold();
    sheet.set_row_height(HEADINGS_ROW, height(HEADINGS.into_iter().zip(WIDTHS)))?;
    for (column, text) in (0..).zip(HEADINGS) {
        sheet.write_string_with_format(HEADINGS_ROW, column, text, &heading)?;
    }
    let mut continued = Vec::new();
    let mut at = HEADINGS_ROW + 1;
    for row in rows {
        let cells = row.cells();
        sheet.set_row_height(at, height(cells.iter().map(String::as_str).zip(WIDTHS)))?;
        for (column, text) in (0..).zip(cells) {
            let mut parts = parts(&text).into_iter();
            sheet.write_string_with_format(at, column, parts.next().unwrap_or_default(), &cell)?;
            continued.extend((2_u32..).zip(parts).map(|(part, text)| (at + 1, column, part, text)));
        }
        at += 1;
    }
    for (below, note) in (1..).zip(FOOTNOTES) {
        sheet.write_string(at + below, 0, note)?;
    }
    if !continued.is_empty() {
        go_on(workbook.add_worksheet(), continued)?;
    }
    growing(workbook.save_to_buffer()?)
}

/// How high a row has to be, in points, for texts in columns of these widths. Guessed on the large side: `LibreOffice`
/// believes the file, Excel measures by itself.
pub fn height<'t>(cells: impl Iterator<Item = (&'t str, u16)>) -> f64 {
    let lines = |(text, width): (&str, u16)| -> usize {
        // Words are not cut, so that a line is seldom full.
        let room = usize::from(width).saturating_sub(2).max(1);
        text.split('\n').map(|line| line.chars().count().div_ceil(room).max(1)).sum()
    };
    let most = cells.map(lines).max().unwrap_or(1);
    // Excel knows no row of more than 409 points.
    f64::from(u8::try_from(most).unwrap_or(u8::MAX).min(27)) * 15.0
}

/// The workbook with rows that grow as one types in them: a height that was set is where they begin, not where they stay.
pub fn growing(workbook: Vec<u8>) -> Result<Vec<u8>, XlsxError> {
    let mut from = zip::ZipArchive::new(Cursor::new(workbook))?;
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut part = from.by_index(at)?;
        if !part.name().is_ok_and(|name| name.starts_with("xl/worksheets/sheet")) {
            to.raw_copy_file(part)?;
            continue;
        }
        // Sheets hold numbers of texts; the texts themselves are another part.
        let mut xml = String::new();
        part.read_to_string(&mut xml)?;
        to.start_file(part.name()?.to_string(), part.options())?;
        to.write_all(xml.replace(r#" customHeight="1""#, "").as_bytes())?;
    }
    Ok(to.finish()?.into_inner())
}

fn set_up(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("Comments")?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, HEADINGS_ROW)?.set_freeze_panes(HEADINGS_ROW + 1, 0)?;
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    Ok(())
}

fn go_on(sheet: &mut Worksheet, continued: Vec<(u32, u16, u32, String)>) -> Result<(), XlsxError> {
    sheet.set_name("Continued")?;
    for (column, text) in (0..).zip(["row", "column", "part", "text"]) {
        sheet.write_string(0, column, text)?;
    }
    for (at, (row, column, part, text)) in (1..).zip(continued) {
        sheet.write_string(at, 0, row.to_string())?;
        sheet.write_string(at, 1, HEADINGS.get(usize::from(column)).copied().unwrap_or_default())?;
        sheet.write_string(at, 2, part.to_string())?;
        sheet.write_string(at, 3, text)?;
    }
    Ok(())
}

/// `text` without what XML forbids, in pieces that fit a cell; one empty piece for an empty text.
fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut units = 0;
    for c in text.chars().filter(|c| !is_forbidden(*c)) {
        if units + c.len_utf16() > CELL {
            parts.push(String::new());
            units = 0;
        }
        units += c.len_utf16();
        if let Some(last) = parts.last_mut() {
            last.push(c);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_goes_on_and_loses_nothing() {
        let long = "\u{1f469}a".repeat(20_000);
        let cut = parts(&long);
        assert_eq!(cut.concat(), long);
        assert!(cut.len() == 2 && cut.iter().all(|part| part.encode_utf16().count() <= CELL));
        assert_eq!(parts(""), [""]);
    }
}
