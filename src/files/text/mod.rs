//! The words in a document, as paragraphs. Made to run in a process of its own ([`crate::files::Reader`]): what a
//! document may cost is bounded here, and once more by the limits of that process.

mod docx;
mod docx_styles;
mod gather;
mod markup;
mod odt;
mod pdf;
mod pdf_lines;
mod plain;

use serde::{Deserialize, Serialize};

use super::MediaType;

/// A paragraph, heading or row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Its words; lines are parted by `\n`.
    pub text: String,
    /// Of which level it is a heading, from 1; `None` if it is none, or if the format does not know.
    pub level: Option<u8>,
}

/// Why there are no words to be had from a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Unreadable {
    /// It is damaged, or not what it says it is.
    #[error("broken")]
    Broken,
    /// It opens with a password only.
    #[error("encrypted")]
    Encrypted,
    /// It holds pictures of pages, or nothing.
    #[error("no text")]
    NoText,
    /// It holds more than any position paper.
    #[error("too large")]
    TooLarge,
}

/// The most characters (code points) that are read from a document: ten times what a paper may have.
const MOST_CHARACTERS: usize = 1_000_000;

/// The most paragraphs that a document may have.
const MOST_PARAGRAPHS: usize = 50_000;

/// The paragraphs of a document, in order; empty ones are left out.
pub fn read(kind: MediaType, bytes: &[u8]) -> Result<Vec<Paragraph>, Unreadable> {
    let paragraphs = match kind {
        MediaType::Docx => docx::read(bytes)?,
        MediaType::Odt => odt::read(bytes)?,
        MediaType::Pdf => pdf::read(bytes)?,
        MediaType::Txt => plain::read(bytes)?,
        MediaType::Xlsx | MediaType::Csv | MediaType::Jpeg | MediaType::Png => return Err(Unreadable::Broken),
    };
    if paragraphs.is_empty() { Err(Unreadable::NoText) } else { Ok(paragraphs) }
}
