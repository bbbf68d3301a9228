//! Our own sheet, or an ISO table, saved as CSV (RFC 4180): UTF-8, separated by commas, semicolons or tabs.

use std::fs::File;
use std::io::Read as _;

use super::ReadError;
use super::collect::Collector;
use super::line::{Cell, Line};
use super::parts::MOST_CELL;
use crate::tables::columns::Purpose;
use crate::tables::headings;

/// What may stand between two cells; of two that fit as well, the first.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];
/// How many rows are looked at to find the separator.
const FIRST: usize = 100;
/// Cells of a row behind this one are not looked at.
const MOST_COLUMNS: usize = 64;
/// A last row of our own: it is part of the row before if a quotation mark was never closed.
const END: &str = "\n\u{1}\n";

/// Reads the table.
pub(super) fn read(file: &mut File, collector: &mut Collector) -> Result<(), ReadError> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let text = String::from_utf8(bytes).map_err(|error| ReadError::Broken(error.to_string()))?;
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let separator = separator(&text, collector.purpose());
    collector.begin("");
    each(&text, separator, |line| collector.line(line))?;
    collector.end();
    Ok(())
}

/// The separator by which a row has the most headings; if none has any, the one that stands most often in the first
/// line that is not empty.
fn separator(text: &str, purpose: Purpose) -> u8 {
    let headings = |separator: u8| {
        let (mut most, mut seen) = (0, 0);
        let look = |line: Line| {
            seen += 1;
            most = most.max(headings::mapping(line.texts(), purpose).map_or(0, |mapping| mapping.columns.len()));
            if seen < FIRST { Ok(()) } else { Err(ReadError::TooLarge) }
        };
        // Whether the rest can be read is told when it is read.
        let _enough = each(text, separator, look);
        most
    };
    let line = text.lines().find(|line| !line.is_empty()).unwrap_or_default();
    let marks = |separator: u8| line.bytes().filter(|byte| *byte == separator).count();
    // The last of the best is taken.
    let best = SEPARATORS.into_iter().rev().max_by_key(|separator| (headings(*separator), marks(*separator)));
    best.unwrap_or(b',')
}

/// Hands out each row that has anything in it, with the number that a spreadsheet shows; `text` has single line breaks.
fn each(text: &str, separator: u8, mut take: impl FnMut(Line) -> Result<(), ReadError>) -> Result<(), ReadError> {
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes().chain(END.as_bytes()));
    let whole = text.len() + END.len();
    let mut record = ::csv::StringRecord::new();
    // Line breaks in cells, which end no row.
    let (mut inside, mut row) = (0, 0);
    while reader.read_record(&mut record).map_err(|error| ReadError::Broken(error.to_string()))? {
        let behind = reader.position();
        if record.iter().eq([END.trim_matches('\n')]) && usize::try_from(behind.byte()).is_ok_and(|at| at == whole) {
            return Ok(());
        }
        let breaks: usize = record.iter().map(|cell| cell.matches('\n').count()).sum();
        inside += u64::try_from(breaks).unwrap_or(u64::MAX);
        row = u32::try_from(behind.line().saturating_sub(1 + inside)).unwrap_or(u32::MAX);
        let line = Line { row, is_hidden: false, cells: cells(&record)? };
        if !line.cells.is_empty() {
            take(line)?;
        }
    }
    // No line break ended the last row.
    Err(ReadError::Unclosed(row.saturating_add(1)))
}

fn cells(record: &::csv::StringRecord) -> Result<Vec<Cell>, ReadError> {
    let cells = (0..).zip(record.iter().take(MOST_COLUMNS)).filter(|(_, text)| !text.is_empty());
    let cell = |(at, text): (u32, &str)| match text.len() {
        0..=MOST_CELL => Ok(Cell { at, span: 1, text: text.to_owned(), ..Cell::default() }),
        _ => Err(ReadError::TooLarge),
    };
    cells.map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::columns::SHEET;

    /// A row's number and the texts of its cells with their places.
    type Found = (u32, Vec<(u32, String)>);

    fn rows(text: &str, separator: u8) -> Result<Vec<Found>, ReadError> {
        let mut found = Vec::new();
        each(text, separator, |line| {
            found.push((line.row, line.texts().map(|(at, text)| (at, text.to_owned())).collect()));
            Ok(())
        })?;
        Ok(found)
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_shows_them() {
        let found = rows("\n\"a\",b\n\n,\n\"c\n\"\"d\"\"\",,e \"f\"\n\u{1}\nlast", b',').unwrap();
        let cell = |at, text: &str| (at, text.to_owned());
        assert_eq!(
            found,
            [
                (2, vec![cell(0, "a"), cell(1, "b")]),
                (5, vec![cell(0, "c\n\"d\""), cell(2, "e \"f\"")]),
                (6, vec![cell(0, "\u{1}")]),
                (7, vec![cell(0, "last")]),
            ]
        );
        assert_eq!(rows("", b',').unwrap(), []);
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_told_with_its_row() {
        for text in ["a,b\n\nc,\"d\ne,f\n", "a\n\"\nx\"\n\"", "\n\nc,\"d"] {
            assert!(matches!(rows(text, b','), Err(ReadError::Unclosed(3))), "{text:?}: {:?}", rows(text, b','));
        }
        let long = format!("a,\"{}\"", "b".repeat(MOST_CELL + 5));
        assert!(matches!(rows(&long, b','), Err(ReadError::TooLarge)));
    }

    #[test]
    fn the_separator_is_that_of_the_headings() {
        for (mark, name) in [(b',', ","), (b';', ";"), (b'\t', "\t")] {
            let table = format!("{}\n", SHEET.join(name));
            for above in ["", "\n", "Sheet; of; today; v2; v3; v4; v5; v6\n", "a, b, c, d, e, f, g, h\n"] {
                let text = format!("{above}{table}");
                assert_eq!(separator(&text, Purpose::Observations), mark, "{text:?}");
            }
        }
        assert_eq!(separator("\n\na;b,c\n", Purpose::Comments), b',');
        assert_eq!(separator("a;b;c,d\n", Purpose::Comments), b';');
    }
}
