//! Our own sheet, or an ISO table, saved as CSV: UTF-8, separated by commas, semicolons or tabs.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Seek as _, SeekFrom};

use super::ReadError;
use super::collect::{Cell, Collector, Line};

/// Reads the table.
pub(super) fn read(file: &mut File, collector: &mut Collector) -> Result<(), ReadError> {
    let mut first = String::new();
    BufReader::new(&mut *file).read_line(&mut first)?;
    file.seek(SeekFrom::Start(0))?;
    let count = |mark: char| first.matches(mark).count();
    let separator = [b',', b';', b'\t'].into_iter().max_by_key(|mark| count(char::from(*mark))).unwrap_or(b',');
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(BufReader::new(file));
    collector.begin("");
    let mut record = ::csv::StringRecord::new();
    let mut row = 0;
    while reader.read_record(&mut record).map_err(|error| ReadError::Broken(error.to_string()))? {
        row += 1;
        let cells = (0..).zip(record.iter().take(64)).filter(|(_, text)| !text.is_empty());
        let cells = cells.map(|(at, text)| {
            let text = text.trim_start_matches('\u{feff}').to_owned();
            Cell { at, span: 1, text, ..Cell::default() }
        });
        collector.line(Line { row, is_hidden: false, cells: cells.collect() })?;
    }
    collector.end();
    Ok(())
}
