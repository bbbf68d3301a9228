//! What sort of document a file is, by its content. Its name only tells tables of text from other text.

use std::io::{Read, Seek, SeekFrom};

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
        }
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
    /// Anything else.
    #[error("of another kind")]
    Other,
    /// It can't be read.
    #[error("unreadable: {0}")]
    Io(#[from] std::io::Error),
}

/// How much of a file is looked at for what it is.
const HEAD: usize = 8 << 10;

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
        return packed(file);
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

/// A ZIP with the parts of one of the office formats; nothing of it is unpacked but the forty bytes of a type.
fn packed(file: &mut (impl Read + Seek)) -> Result<MediaType, Unknown> {
    file.seek(SeekFrom::Start(0))?;
    let mut archive = zip::ZipArchive::new(&mut *file).map_err(|_| Unknown::Other)?;
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("word/document.xml") {
        return Ok(MediaType::Docx);
    }
    if has("xl/workbook.xml") {
        return Ok(MediaType::Xlsx);
    }
    let mut kind = String::new();
    let entry = archive.by_name("mimetype").map_err(|_| Unknown::Other)?;
    entry.take(100).read_to_string(&mut kind).map_err(|_| Unknown::Other)?;
    if kind.trim() == MediaType::Odt.as_str() { Ok(MediaType::Odt) } else { Err(Unknown::Other) }
}

/// Text is UTF-8 throughout, without control characters but those that part lines, columns and pages.
fn text(file: &mut (impl Read + Seek), name: &str) -> Result<MediaType, Unknown> {
    file.seek(SeekFrom::Start(0))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| Unknown::Other)?;
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}')) {
        return Err(Unknown::Other);
    }
    let is_table = name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("csv"));
    Ok(if is_table { MediaType::Csv } else { MediaType::Txt })
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use super::*;

    fn kind(bytes: &[u8], name: &str) -> Result<MediaType, String> {
        kind_of(&mut Cursor::new(bytes.to_vec()), name).map_err(|unknown| unknown.to_string())
    }

    fn packed_with(entries: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in entries {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
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
        let odt = packed_with(&[("mimetype", "application/vnd.oasis.opendocument.text")]);
        assert_eq!(kind(&odt, "x"), Ok(MediaType::Odt));
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
}
