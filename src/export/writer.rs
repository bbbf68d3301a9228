//! What every format has to do: take rows one by one, and end the file. A writer decides nothing about who is shown.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use super::csv::CsvWriter;
use super::json_lines::JsonLinesWriter;
use super::manifest::Manifest;
use super::model::{Format, Request};
use super::record::Record;
use super::xlsx::XlsxWriter;

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The disk.
    #[error("the file could not be written: {0}")]
    File(#[from] std::io::Error),
    /// A row that is no JSON: a fault of ours.
    #[error("a row could not be written: {0}")]
    Row(#[from] serde_json::Error),
    /// The workbook, other than the disk.
    #[error("the workbook could not be written: {0}")]
    Workbook(String),
}

/// What a writer did to the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Adapted {
    /// Characters that the format can't hold.
    pub characters_dropped: u64,
    /// Cells whose text goes on elsewhere in the file.
    pub cells_continued: u64,
}

/// A file that takes rows.
pub enum Writer {
    /// CSV.
    Csv(Box<CsvWriter<BufWriter<File>>>),
    /// JSON Lines.
    JsonLines(JsonLinesWriter<BufWriter<File>>),
    /// A workbook.
    Xlsx(Box<XlsxWriter>),
}

impl Writer {
    /// Begins a file of `request`'s format at `path`. A workbook keeps its rows beside it until it is finished.
    pub fn begin(request: &Request, path: &Path) -> Result<Self, WriteError> {
        let file = File::create(path)?;
        Ok(match request.format {
            Format::Csv => Self::Csv(Box::new(CsvWriter::new(BufWriter::new(file), request.bom)?)),
            Format::JsonLines => Self::JsonLines(JsonLinesWriter::new(BufWriter::new(file))),
            Format::Xlsx => Self::Xlsx(Box::new(XlsxWriter::new(file, path.parent())?)),
        })
    }

    /// Adds a row; `line` is the same row in JSON.
    pub fn write(&mut self, record: &Record, line: &str) -> Result<(), WriteError> {
        match self {
            Self::Csv(writer) => writer.write(record),
            Self::JsonLines(writer) => writer.write(line),
            Self::Xlsx(writer) => writer.write(record),
        }
    }

    /// What had to be changed so far.
    pub fn adapted(&self) -> Adapted {
        match self {
            Self::Csv(_) | Self::JsonLines(_) => Adapted::default(),
            Self::Xlsx(writer) => writer.adapted(),
        }
    }

    /// Ends the file, with the manifest inside it where the format has a place for it, and brings it to the disk.
    pub fn finish(self, manifest: &Manifest) -> Result<(), WriteError> {
        let file = match self {
            Self::Csv(writer) => ended(writer.into_inner()?)?,
            Self::JsonLines(writer) => ended(writer.into_inner())?,
            Self::Xlsx(writer) => writer.finish(manifest)?,
        };
        Ok(file.sync_all()?)
    }
}

fn ended(buffered: BufWriter<File>) -> std::io::Result<File> {
    buffered.into_inner().map_err(std::io::IntoInnerError::into_error)
}
