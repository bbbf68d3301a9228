//! JSON Lines: one object a line, UTF-8, LF; every text exactly as it was sent, bidi controls too.

use std::io::Write;

use super::writer::WriteError;

/// Writes rows as JSON Lines.
pub struct JsonLinesWriter<W>(W);

impl<W: Write> JsonLinesWriter<W> {
    /// A file without rows.
    pub fn new(out: W) -> Self {
        Self(out)
    }

    /// Adds a row that is JSON already.
    pub fn write(&mut self, line: &str) -> Result<(), WriteError> {
        self.0.write_all(line.as_bytes())?;
        Ok(self.0.write_all(b"\n")?)
    }

    /// What was written to.
    pub fn into_inner(self) -> W {
        self.0
    }
}
