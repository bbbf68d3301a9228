//! JSON Lines: one object a line, UTF-8, LF; every text exactly as it was sent, bidi controls too.

use std::fs::File;
use std::io::{BufWriter, IntoInnerError, Write as _};

use super::entry::Entry;
use super::manifest::Manifest;
use super::writer::{WriteError, Writer};

/// A file of JSON Lines.
pub struct JsonLinesFile(BufWriter<File>);

impl JsonLinesFile {
    /// A file without rows.
    pub fn new(file: File) -> Self {
        Self(BufWriter::new(file))
    }

    /// Adds a row that is JSON already.
    pub fn line(&mut self, line: &str) -> Result<(), WriteError> {
        self.0.write_all(line.as_bytes())?;
        Ok(self.0.write_all(b"\n")?)
    }
}

impl Writer for JsonLinesFile {
    fn write(&mut self, _: Entry, line: &str) -> Result<(), WriteError> {
        self.line(line)
    }

    fn finish(self: Box<Self>, _: &Manifest) -> Result<File, WriteError> {
        Ok(self.0.into_inner().map_err(IntoInnerError::into_error)?)
    }
}
