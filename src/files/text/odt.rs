//! The words of an open document (ODT): what was deleted under tracked changes is kept elsewhere in it, and left out.

use quick_xml::events::BytesStart;

use super::gather::Gather;
use super::markup::{self, Archive, Piece, attribute};
use super::{Paragraph, Unreadable};

/// Elements whose content is not part of the text: deleted words, remarks, and what describes a picture.
const LEFT_OUT: [&str; 4] = ["tracked-changes", "annotation", "title", "desc"];

/// The most spaces that one element stands for.
const MOST_SPACES: usize = 100;

/// The paragraphs of an open document.
pub fn read(bytes: &[u8]) -> Result<Vec<Paragraph>, Unreadable> {
    let mut archive = markup::open(bytes)?;
    if is_encrypted(&mut archive)? {
        return Err(Unreadable::Encrypted);
    }
    let mut body = Body::default();
    let is_there = markup::stream(&mut archive, "content.xml", |piece| body.take(piece))?;
    if is_there { body.gather.finish() } else { Err(Unreadable::Broken) }
}

fn is_encrypted(archive: &mut Archive) -> Result<bool, Unreadable> {
    let mut found = false;
    markup::stream(archive, "META-INF/manifest.xml", |piece| {
        found |= matches!(piece, Piece::Open("encryption-data", _));
        Ok(())
    })?;
    Ok(found)
}

#[derive(Default)]
struct Body {
    gather: Gather,
    left_out: usize,
    /// How deep in paragraphs: white space between them means nothing.
    paragraphs: usize,
    /// The mark of a note, while it is read.
    citation: Option<String>,
    label: String,
}

impl Body {
    fn take(&mut self, piece: Piece) -> Result<(), Unreadable> {
        match piece {
            Piece::Open(..) if self.left_out > 0 => self.left_out += 1,
            Piece::Close(_) if self.left_out > 0 => self.left_out -= 1,
            Piece::Open(name, _) if LEFT_OUT.contains(&name) => self.left_out = 1,
            Piece::Open(name, element) => self.open(name, element)?,
            Piece::Close(name) => self.close(name)?,
            Piece::Text(text) if self.left_out == 0 => match &mut self.citation {
                Some(citation) => citation.push_str(text),
                None if self.paragraphs > 0 => self.gather.push(&text.replace(['\n', '\r', '\t'], " "))?,
                None => {}
            },
            Piece::Text(_) => {}
        }
        Ok(())
    }

    fn open(&mut self, name: &str, element: &BytesStart) -> Result<(), Unreadable> {
        match name {
            "h" | "p" => {
                let level = attribute(element, "outline-level").and_then(|level| level.parse().ok());
                self.gather.begin(if name == "h" { level.or(Some(1)) } else { None });
                self.paragraphs += 1;
            }
            "tab" => self.gather.push("\t")?,
            "line-break" => self.gather.push("\n")?,
            "s" => {
                let count = attribute(element, "c").and_then(|count| count.parse().ok()).unwrap_or(1_usize);
                self.gather.push(&" ".repeat(count.min(MOST_SPACES)))?;
            }
            "note-citation" => self.citation = Some(String::new()),
            "note-body" => self.gather.begin_note(&format!("[{}] ", self.label)),
            "table-row" => self.gather.begin_row(),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Unreadable> {
        match name {
            "h" | "p" => {
                self.paragraphs = self.paragraphs.saturating_sub(1);
                self.gather.end()?;
            }
            "note-citation" => {
                self.label = self.citation.take().unwrap_or_default();
                self.gather.push(&format!("[{}]", self.label))?;
            }
            "note-body" => self.gather.end_note(),
            "table-cell" => self.gather.end_cell(),
            "table-row" => self.gather.end_row()?,
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use super::*;

    fn odt(content: &str, manifest: &str) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in [("content.xml", content), ("META-INF/manifest.xml", manifest)] {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(format!("<x xmlns:text=\"t\" xmlns:table=\"b\">{content}</x>").as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn headings_rows_spaces_and_notes_are_read() {
        let content = "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>
            <text:h text:outline-level=\"2\">On norms</text:h>
            <text:p>One<text:s text:c=\"2\"/>two<text:line-break/>three<text:note><text:note-citation>1</text:note-citation>\
            <text:note-body><text:p>A note.</text:p></text:note-body></text:note> four</text:p>
            <table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p>\
            </table:table-cell></table:table-row><text:p/>";
        let found = read(&odt(content, "")).unwrap();
        let texts: Vec<(&str, Option<u8>)> = found.iter().map(|it| (it.text.as_str(), it.level)).collect();
        let expected =
            [("On norms", Some(2)), ("One  two\nthree[1] four", None), ("[1] A note.", None), ("a\tb", None)];
        assert_eq!(texts, expected);
    }

    #[test]
    fn an_entity_of_its_own_makes_it_no_document() {
        for entity in ["<!ENTITY e SYSTEM \"file:///etc/passwd\">", "<!ENTITY e \"lol\">", ""] {
            let content = format!("<!DOCTYPE x [{entity}]><text:p>&e;</text:p>");
            assert_eq!(read(&odt(&content, "")), Err(Unreadable::Broken), "{entity}");
            assert_eq!(read(&odt("<text:p>x</text:p>", &content)), Err(Unreadable::Broken), "{entity}");
        }
        // One that nobody declared stands for nothing.
        assert_eq!(read(&odt("<text:p>a&e;b</text:p>", "")).unwrap()[0].text, "a\u{fffd}b");
    }

    #[test]
    fn one_with_a_password_says_so() {
        assert_eq!(read(&odt("x", "<encryption-data/>")), Err(Unreadable::Encrypted));
    }
}
