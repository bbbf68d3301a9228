//! The table as a workbook: string cells only, so that nothing is ever run.
//!
//! A cell holds 32,767 UTF-16 code units. What is longer goes on in the sheet `Continued` (row, column, part, text).

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::{FOOTNOTES, HEADINGS, Head, Row, TEMPLATE, is_forbidden};

/// UTF-16 code units that a cell holds.
const CELL: usize = 32_767;

/// Widths of the columns, in characters of the standard font.
const WIDTHS: [u16; 8] = [10, 8, 12, 32, 10, 42, 42, 30];

/// The row of the headings, counted from 0; the header line and an empty row are above it.
const HEADINGS_ROW: u32 = 2;

/// The bytes of the workbook.
pub fn xlsx(head: &Head, rows: &[Row]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    set_up(sheet)?;
    let bold = Format::new().set_bold();
    sheet.write_string_with_format(0, 0, TEMPLATE, &bold)?;
    sheet.write_string(0, 4, format!("Date: {}", head.date))?;
    sheet.write_string(0, 5, format!("Document: {}", head.document))?;
    sheet.write_string(0, 6, format!("Project: {}", head.project))?;
    let cell = Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
    let heading = cell.clone().set_bold();
    for (column, text) in (0..).zip(HEADINGS) {
        sheet.write_string_with_format(HEADINGS_ROW, column, text, &heading)?;
    }
    let mut continued = Vec::new();
    let mut at = HEADINGS_ROW + 1;
    for row in rows {
        for (column, text) in (0..).zip(row.cells()) {
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
    workbook.save_to_buffer()
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
