//! CSV: RFC 4180, CRLF, UTF-8, a byte order mark on request. A text that a spreadsheet would run as a formula gets an
//! apostrophe in front, which reading takes off again.

use std::borrow::Cow;
use std::io::Write;

use super::writer::WriteError;

/// Whether `text`, without the apostrophes it begins with, begins as a formula does.
fn is_guarded(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// `text` as a cell that is never run: an apostrophe in front of what begins like a formula, and of what looks as if it
/// had been given one already. So [`unprotect`] gives every text back exactly.
pub fn protect(text: &str) -> Cow<'_, str> {
    if is_guarded(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text behind a cell that [`protect`] made.
pub fn unprotect(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_guarded(rest) => rest,
        _ => cell,
    }
}

/// Writes rows as CSV.
pub struct CsvWriter<W: Write>(::csv::Writer<W>);

impl<W: Write> CsvWriter<W> {
    /// A file with its header row.
    pub fn new(mut out: W, headings: &[&str], bom: bool) -> Result<Self, WriteError> {
        if bom {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
        writer.write_record(headings).map_err(std::io::Error::from)?;
        Ok(Self(writer))
    }

    /// Adds a row.
    pub fn write(&mut self, cells: &[Cow<'_, str>]) -> Result<(), WriteError> {
        let written = cells
            .iter()
            .try_for_each(|cell| self.0.write_field(protect(cell).as_bytes()))
            .and_then(|()| self.0.write_record(None::<&[u8]>));
        Ok(written.map_err(std::io::Error::from)?)
    }

    /// What was written to.
    pub fn into_inner(self) -> Result<W, WriteError> {
        self.0.into_inner().map_err(|error| WriteError::File(error.into_error()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::record::{COLUMNS, Record};
    use proptest::prelude::*;

    fn written(records: &[Record], bom: bool) -> Vec<u8> {
        let mut writer = CsvWriter::new(Vec::new(), COLUMNS, bom).unwrap();
        for record in records {
            writer.write(&record.cells()).unwrap();
        }
        writer.into_inner().unwrap()
    }

    #[test]
    fn what_begins_like_a_formula_is_guarded_and_nothing_else() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''-1"] {
            assert_eq!(protect(text), format!("'{text}"), "{text:?}");
            assert_eq!(unprotect(&protect(text)), text);
        }
        for text in ["", "'", "''", "'tis", "a=1", " =1", "\u{2212}1"] {
            assert_eq!(protect(text), text, "{text:?}");
            assert_eq!(unprotect(text), text, "{text:?}");
        }
    }

    #[test]
    fn a_file_is_as_rfc_4180_has_it() {
        let record = Record { reference: "A".into(), quote: "a \"b\", c\nd".into(), ..Record::default() };
        let text = String::from_utf8(written(&[record], true)).unwrap();
        let (header, rest) = text.split_once("\r\n").unwrap();
        assert!(header.starts_with("\u{feff}reference,permalink,"));
        assert!(rest.contains(",\"a \"\"b\"\", c\nd\","));
        assert!(rest.ends_with("\r\n"));
        assert!(!String::from_utf8(written(&[], false)).unwrap().starts_with('\u{feff}'));
    }

    proptest! {
        #[test]
        fn every_text_survives_and_none_is_a_formula(text in "['=+@\t\r\n\", a-]{0,6}|\\PC{0,20}") {
            let cell = protect(&text);
            prop_assert_eq!(unprotect(&cell), &text);
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']));

            let record = Record { quote: text.clone(), cost: text.clone(), ..Record::default() };
            let bytes = written(&[record.clone(), record.clone()], false);
            let mut read = ::csv::Reader::from_reader(bytes.as_slice());
            prop_assert_eq!(read.headers().unwrap().iter().collect::<Vec<_>>(), COLUMNS);
            for row in read.records() {
                let row = row.unwrap();
                let cells: Vec<_> = row.iter().map(unprotect).collect();
                prop_assert_eq!(cells, record.cells());
            }
        }
    }
}
