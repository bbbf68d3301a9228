//! Reads a table from an untrusted file: streaming, with a limit on everything, so that memory stays flat.

mod collect;
mod csv;
mod dates;
mod docx;
mod line;
mod parts;
mod strings;
mod symbols;
mod xlsx;

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};

use serde::{Deserialize, Serialize};

use self::collect::Collector;
pub use self::collect::MOST_ANSWERS;
use super::columns::{Column, Layout, Purpose};
use super::model::{Row, Skipped};
use crate::files::{MediaType, Unknown, directory, kind_of, reader};

/// Why a file is not read.
#[derive(Debug, thiserror::Error, Serialize, Deserialize)]
pub enum ReadError {
    /// Not a table at all, or one in a format that is not read: a message that says what to do.
    #[error("not a table that can be read: {0}")]
    Kind(String),
    /// It unpacks to more than a table has.
    #[error("too much in it")]
    TooLarge,
    /// The format is broken.
    #[error("broken: {0}")]
    Broken(String),
    /// It has no table with known headings; the first cells of rows that may have been meant as headings.
    #[error("no known headings")]
    NoTable(Vec<String>),
    /// The table has no such columns.
    #[error("columns are missing")]
    Missing(Layout, Vec<Column>),
    /// More rows than one submission may have.
    #[error("too many rows")]
    TooManyRows,
    /// The cell that begins with a quotation mark in this row never ends.
    #[error("a quotation mark in row {0} is never closed")]
    Unclosed(u32),
    /// Nothing is filled in.
    #[error("nothing filled in")]
    Empty,
    /// It can't be read from the disk.
    #[error("unreadable: {0}")]
    Io(String),
}

impl From<std::io::Error> for ReadError {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error.to_string())
    }
}

/// What a file holds.
#[derive(Debug, Serialize, Deserialize)]
pub struct Read {
    /// Which table.
    pub layout: Layout,
    /// What stands above its headings.
    pub about: String,
    /// Sheets or tables without known headings.
    pub unread: Vec<String>,
    /// Rows that were not read: those of such sheets and tables, and some above the first one that was read where
    /// columns are told by their places.
    #[serde(default)]
    pub skipped: Vec<Skipped>,
    /// Whether columns were told by their places.
    pub by_position: bool,
    /// The rows with something in them.
    pub rows: Vec<Row>,
    /// What sort of file it is.
    pub media_type: MediaType,
}

/// Files of the office programs of before 2007, and those locked with a password.
const OLD_OFFICE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Reads the table in `file`, which its sender called `name`, for this purpose.
pub fn read(file: &mut File, name: &str, purpose: Purpose) -> Result<Read, ReadError> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.by_ref().take(8).read_to_end(&mut head)?;
    if head == OLD_OFFICE {
        return Err(ReadError::Kind("table-kind-old".into()));
    }
    if head.starts_with(b"PK") && directory::is_too_long(file)? {
        return Err(ReadError::TooLarge);
    }
    let media_type = kind_of(file, name).map_err(|unknown| match unknown {
        Unknown::Empty => ReadError::Kind("table-kind-empty".into()),
        Unknown::WebPage => ReadError::Kind("table-kind-web-page".into()),
        Unknown::Other if head.starts_with(b"PK") => ReadError::Kind("table-kind-packed".into()),
        Unknown::Other | Unknown::Picture => ReadError::Kind("table-kind-other".into()),
        Unknown::Io(error) => error.into(),
    })?;
    file.seek(SeekFrom::Start(0))?;
    let mut collector = Collector::of(purpose, media_type);
    match media_type {
        MediaType::Xlsx => xlsx::read(file, &mut collector)?,
        MediaType::Docx => docx::read(file, &mut collector)?,
        MediaType::Csv => csv::read(file, &mut collector)?,
        MediaType::Pdf => return Err(ReadError::Kind("table-kind-pdf".into())),
        MediaType::Odt | MediaType::Txt | MediaType::Jpeg | MediaType::Png => {
            return Err(ReadError::Kind("table-kind-other".into()));
        }
    }
    collector.finish()
}

/// What the process says that reads a table for the portal: [`read`]'s answer as JSON, after it limited itself.
pub fn serve(file: &mut File, name: &str, purpose: Purpose) -> std::io::Result<String> {
    reader::limit_this_process()?;
    Ok(serde_json::to_string(&read(file, name, purpose))?)
}
