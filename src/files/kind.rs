//! What sort of document a file is, by its content. Its name only tells tables of text from other text.

use std::io::{Read, Seek, SeekFrom};

use super::directory;
use crate::db::words;

words! {
    /// The sorts of documents that the portal takes.
    MediaType {
        /// PDF.
        Pdf = "application/pdf",
        /// A text of Word.
        Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        /// A text of an open office suite.
        Odt = "application/vnd.oasis.opendocument.text",
        /// A sheet of Excel.
        Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        /// A table of text.
        Csv = "text/csv",
        /// Text in UTF-8.
        Txt = "text/plain",
        /// A picture of paper.
        Jpeg = "image/jpeg",
        /// A picture of paper.
        Png = "image/png",
    }
}

impl MediaType {
    /// What people call it, which is also how its names end.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Txt => "txt",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// What an answer that holds it says that it is: texts are in UTF-8, for nothing else is taken as one.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Txt => "text/plain; charset=utf-8",
            Self::Pdf | Self::Docx | Self::Odt | Self::Xlsx | Self::Jpeg | Self::Png => self.as_str(),
        }
    }

    /// Whether it is a picture.
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png)
    }
}

/// Why a file is none of the documents that the portal takes.
#[derive(Debug, thiserror::Error)]
pub enum Unknown {
    /// It has no bytes.
    #[error("an empty file")]
    Empty,
    /// A page of the web, whatever its name says.
    #[error("a web page")]
    WebPage,
    /// A picture, where none is taken, or one that is damaged or larger than paper is.
    #[error("no picture of paper")]
    Picture,
    /// Anything else.
    #[error("of another kind")]
    Other,
    /// It can't be read.
    #[error("unreadable: {0}")]
    Io(#[from] std::io::Error),
}

/// How much of a file is looked at for what it is.
const HEAD: usize = 8 << 10;

/// How much of a text is looked at at once.
const PIECE: usize = 64 << 10;

/// The sort of `file`; `name` is what its sender called it.
pub fn kind_of(file: &mut (impl Read + Seek), name: &str) -> Result<MediaType, Unknown> {
    file.seek(SeekFrom::Start(0))?;
    let mut head = Vec::with_capacity(HEAD);
    file.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    if head.is_empty() {
        return Err(Unknown::Empty);
    }
    if infer::is_mime(&head, "application/pdf") {
        return Ok(MediaType::Pdf);
    }
    if head.starts_with(b"PK\x03\x04") {
        return packed(file, &head);
    }
    if infer::is_mime(&head, "text/html") || looks_like_markup(&head) {
        return Err(Unknown::WebPage);
    }
    text(file, name)
}

fn looks_like_markup(head: &[u8]) -> bool {
    let start = String::from_utf8_lossy(head).trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body", "<script", "<svg", "<?xml"].iter().any(|tag| start.starts_with(tag))
}

/// A ZIP with the parts of one of the office formats; nothing of it is unpacked.
fn packed(file: &mut (impl Read + Seek), head: &[u8]) -> Result<MediaType, Unknown> {
    // ODF 1.3 part 2, 3.3: the type comes first and is not packed.
    let (name, rest) = (head.get(30..38), head.get(38..).unwrap_or_default());
    let odt = MediaType::Odt.as_str().as_bytes();
    if name == Some(b"mimetype") && rest.starts_with(odt) && rest.get(odt.len()..).is_some_and(is_next_entry) {
        return Ok(MediaType::Odt);
    }
    match directory::first_of(file, &["word/document.xml", "xl/workbook.xml"])? {
        Some("word/document.xml") => Ok(MediaType::Docx),
        Some(_) => Ok(MediaType::Xlsx),
        None => Err(Unknown::Other),
    }
}

/// Longer types begin with the same words (`...text-template`): what follows must be the next entry of the ZIP.
fn is_next_entry(rest: &[u8]) -> bool {
    rest.starts_with(b"PK")
}

/// Text is UTF-8 throughout, without control characters but those that part lines, columns and pages. It is read in
/// pieces: many files may be looked at at once.
fn text(file: &mut (impl Read + Seek), name: &str) -> Result<MediaType, Unknown> {
    file.seek(SeekFrom::Start(0))?;
    let mut piece = Vec::with_capacity(PIECE + 4);
    loop {
        let cut = piece.len();
        file.by_ref().take(PIECE as u64).read_to_end(&mut piece)?;
        if piece.len() == cut {
            break;
        }
        let sound = match std::str::from_utf8(&piece) {
            Ok(text) => text.len(),
            // A character may be cut where the piece ends.
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => return Err(Unknown::Other),
        };
        let text = piece.get(..sound).and_then(|sound| std::str::from_utf8(sound).ok()).unwrap_or_default();
        if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}')) {
            return Err(Unknown::Other);
        }
        piece.drain(..sound);
    }
    if !piece.is_empty() {
        return Err(Unknown::Other);
    }
    let is_table = name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("csv"));
    Ok(if is_table { MediaType::Csv } else { MediaType::Txt })
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use zip::write::SimpleFileOptions;

    use super::*;

    fn kind(bytes: &[u8], name: &str) -> Result<MediaType, String> {
        kind_of(&mut Cursor::new(bytes.to_vec()), name).map_err(|unknown| unknown.to_string())
    }

    fn packed_with(entries: &[(&str, &str)]) -> Vec<u8> {
        written(entries, SimpleFileOptions::default())
    }

    fn stored(entries: &[(&str, &str)]) -> Vec<u8> {
        written(entries, SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored))
    }

    fn written(entries: &[(&str, &str)], options: SimpleFileOptions) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in entries {
            archive.start_file(*name, options).unwrap();
            archive.write_all(content.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn content_decides_and_the_name_does_not() {
        assert_eq!(kind(b"%PDF-1.7\n", "letter.docx"), Ok(MediaType::Pdf));
        assert_eq!(kind("Ça va.\r\n".as_bytes(), "x.pdf"), Ok(MediaType::Txt));
        assert_eq!(kind(b"a,b\n1,2\n", "x.CSV"), Ok(MediaType::Csv));
        assert_eq!(kind(&packed_with(&[("word/document.xml", "")]), "x.pdf"), Ok(MediaType::Docx));
        assert_eq!(kind(&packed_with(&[("xl/workbook.xml", "")]), "x"), Ok(MediaType::Xlsx));
        let odt = |kind: &str| stored(&[("mimetype", kind), ("content.xml", "<x/>")]);
        assert_eq!(kind(&odt("application/vnd.oasis.opendocument.text"), "x"), Ok(MediaType::Odt));
        let template = odt("application/vnd.oasis.opendocument.text-template");
        assert_eq!(kind(&template, "x.odt"), Err("of another kind".to_owned()));
    }

    #[test]
    fn what_is_none_of_them_is_refused() {
        for page in ["<!DOCTYPE html><p>", "  <HTML>", "\u{feff}<svg onload=alert(1)>", "<?xml version=\"1.0\"?>"] {
            assert_eq!(kind(page.as_bytes(), "paper.pdf"), Err("a web page".to_owned()), "{page}");
        }
        assert_eq!(kind(b"", "x.txt"), Err("an empty file".to_owned()));
        for other in [&b"\x7fELF\x01"[..], b"\xff\xd8\xff\xe0", b"PK\x03\x04 broken", b"a\0b"] {
            assert_eq!(kind(other, "x.txt"), Err("of another kind".to_owned()));
        }
        assert_eq!(kind(&packed_with(&[("evil.exe", "MZ")]), "x.docx"), Err("of another kind".to_owned()));
    }

    #[test]
    fn a_text_is_looked_at_to_its_end_wherever_a_piece_ends() {
        for before in 0..4 {
            let text = format!("{}{}", "a".repeat(before), "\u{1f310}".repeat(40_000));
            assert_eq!(kind(text.as_bytes(), "x"), Ok(MediaType::Txt));
            let cut = &text.as_bytes()[..text.len() - 1];
            assert_eq!(kind(cut, "x"), Err("of another kind".to_owned()));
        }
        let late = format!("{}\u{1}", "a".repeat(200_000));
        assert_eq!(kind(late.as_bytes(), "x"), Err("of another kind".to_owned()));
    }
}
