//! The words of a Word document: what was inserted under tracked changes is in it, what was deleted is not.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::docx_styles::{self, Styles};
use super::gather::Gather;
use super::markup::{self, Archive, Piece, attribute};
use super::{Paragraph, Unreadable};

/// Elements whose content is not part of the text: deleted words, formats of before, codes of fields, and the second
/// copy of what newer versions draw.
const LEFT_OUT: [&str; 8] =
    ["del", "moveFrom", "Fallback", "instrText", "delInstrText", "pPrChange", "rPrChange", "sectPr"];

/// Notes by their ids.
type Notes = BTreeMap<String, String>;

/// The paragraphs of a Word document.
pub fn read(bytes: &[u8]) -> Result<Vec<Paragraph>, Unreadable> {
    let mut archive = markup::open(bytes)?;
    let styles = docx_styles::read(&mut archive)?;
    let footnotes = notes(&mut archive, "word/footnotes.xml", "footnote", &styles)?;
    let endnotes = notes(&mut archive, "word/endnotes.xml", "endnote", &styles)?;
    let mut body = Body::new(&styles);
    let is_there = markup::stream(&mut archive, "word/document.xml", |piece| {
        if let Piece::Open(name @ ("footnoteReference" | "endnoteReference"), element) = &piece {
            let all = if *name == "footnoteReference" { &footnotes } else { &endnotes };
            body.refer(all, attribute(element, "id"))?;
        }
        body.take(piece)
    })?;
    if is_there { body.gather.finish() } else { Err(Unreadable::Broken) }
}

fn notes(archive: &mut Archive, entry: &str, element: &str, styles: &Styles) -> Result<Notes, Unreadable> {
    let mut found = Notes::new();
    let mut body = Body::new(styles);
    let mut id = None;
    markup::stream(archive, entry, |piece| {
        match &piece {
            Piece::Open(name, it) if *name == element => {
                // The line above the notes is stored as a note too; it has a type and no words.
                id = attribute(it, "id").filter(|_| attribute(it, "type").is_none());
                body = Body::new(styles);
            }
            Piece::Close(name) if *name == element => {
                let note = std::mem::replace(&mut body, Body::new(styles)).gather.finish()?;
                let text: Vec<String> = note.into_iter().map(|it| it.text).collect();
                found.extend(id.take().map(|id| (id, text.join("\n"))));
            }
            _ => {}
        }
        body.take(piece)
    })?;
    Ok(found)
}

struct Body<'a> {
    styles: &'a Styles,
    gather: Gather,
    /// How deep in what is left out.
    left_out: usize,
    /// How deep in runs: a tab outside of one is a setting.
    runs: usize,
    is_text: bool,
    notes: usize,
}

impl<'a> Body<'a> {
    fn new(styles: &'a Styles) -> Self {
        Self { styles, gather: Gather::default(), left_out: 0, runs: 0, is_text: false, notes: 0 }
    }

    fn refer(&mut self, notes: &Notes, id: Option<String>) -> Result<(), Unreadable> {
        if self.left_out > 0 {
            return Ok(());
        }
        if let Some(note) = id.and_then(|id| notes.get(&id)) {
            self.notes += 1;
            self.gather.push(&format!("[{}]", self.notes))?;
            self.gather.add_note(format!("[{}] {note}", self.notes));
        }
        Ok(())
    }

    fn take(&mut self, piece: Piece) -> Result<(), Unreadable> {
        match piece {
            Piece::Open(..) if self.left_out > 0 => self.left_out += 1,
            Piece::Close(_) if self.left_out > 0 => self.left_out -= 1,
            Piece::Open(name, _) if LEFT_OUT.contains(&name) => self.left_out = 1,
            Piece::Open(name, element) => self.open(name, element)?,
            Piece::Close(name) => self.close(name)?,
            Piece::Text(text) if self.is_text && self.left_out == 0 => self.gather.push(text)?,
            Piece::Text(_) => {}
        }
        Ok(())
    }

    fn open(&mut self, name: &str, element: &BytesStart) -> Result<(), Unreadable> {
        match name {
            "p" => self.gather.begin(None),
            "pStyle" => {
                let level = attribute(element, "val").and_then(|id| self.styles.level(&id));
                self.gather.set_level(level);
            }
            "outlineLvl" => self.gather.set_level(docx_styles::outline(element)),
            "r" => self.runs += 1,
            "t" => self.is_text = true,
            "tab" if self.runs > 0 => self.gather.push("\t")?,
            "br" | "cr" if self.runs > 0 => self.gather.push("\n")?,
            "noBreakHyphen" => self.gather.push("-")?,
            "tr" => self.gather.begin_row(),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Unreadable> {
        match name {
            "p" => self.gather.end()?,
            "r" => self.runs = self.runs.saturating_sub(1),
            "t" => self.is_text = false,
            "tc" => self.gather.end_cell(),
            "tr" => self.gather.end_row()?,
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use super::*;

    fn docx(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            archive.start_file(format!("word/{name}.xml"), zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(format!("<w:x xmlns:w=\"urn:w\">{content}</w:x>").as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn said(parts: &[(&str, &str)]) -> Vec<(String, Option<u8>)> {
        read(&docx(parts)).unwrap().into_iter().map(|it| (it.text, it.level)).collect()
    }

    fn words(document: &str) -> Vec<String> {
        said(&[("document", document)]).into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn inserted_words_stand_and_deleted_ones_do_not() {
        let document = "<w:p><w:r><w:t>States </w:t></w:r><w:del><w:r><w:delText>may</w:delText></w:r></w:del>\
            <w:ins><w:r><w:t>should &amp; must</w:t></w:r></w:ins>\
            <w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:r><w:tab/><w:t>act.</w:t></w:r></w:p>";
        assert_eq!(words(document), ["States should & must\tact."]);
    }

    #[test]
    fn headings_are_known_by_their_styles_in_any_language() {
        let styles = "<w:style w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/></w:style>\
            <w:style w:styleId=\"Own\"><w:name w:val=\"Own\"/><w:basedOn w:val=\"berschrift1\"/></w:style>\
            <w:style w:styleId=\"Low\"><w:name w:val=\"x\"/><w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr></w:style>\
            <w:style w:styleId=\"A\"><w:basedOn w:val=\"B\"/></w:style><w:style w:styleId=\"B\"><w:basedOn w:val=\"A\"/></w:style>";
        let paragraph = |style: &str| {
            format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{style}</w:t></w:r></w:p>")
        };
        let document: String = ["berschrift1", "Own", "Low", "A", "None"].iter().map(|it| paragraph(it)).collect();
        let levels: Vec<_> =
            said(&[("styles", styles), ("document", &document)]).into_iter().map(|(_, level)| level).collect();
        assert_eq!(levels, [Some(1), Some(1), Some(3), None, None]);
    }

    #[test]
    fn a_row_is_a_paragraph_and_notes_follow_theirs() {
        let row = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc>\
            <w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
        assert_eq!(words(row), ["a b\tc"]);
        let notes = "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote>\
            <w:footnote w:id=\"2\"><w:p><w:r><w:t>The note.</w:t></w:r></w:p></w:footnote>";
        let document = "<w:p><w:r><w:t>Said</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>\
            <w:p><w:r><w:t>Next</w:t></w:r></w:p>";
        let found: Vec<String> =
            said(&[("footnotes", notes), ("document", document)]).into_iter().map(|(text, _)| text).collect();
        assert_eq!(found, ["Said[1]", "[1] The note.", "Next"]);
    }

    #[test]
    fn a_document_that_unpacks_to_gigabytes_is_refused_before_it_is_unpacked() {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(b"<w:document><w:p><w:r><w:t>").unwrap();
        let block = vec![b' '; 1 << 20];
        for _ in 0..64 {
            archive.write_all(&block).unwrap();
        }
        let bytes = archive.finish().unwrap().into_inner();
        assert!(bytes.len() < 200_000, "{}", bytes.len());
        assert_eq!(read(&bytes), Err(Unreadable::TooLarge));
    }

    #[test]
    fn what_is_no_document_is_broken() {
        let deep = "<a>".repeat(300);
        for document in ["<w:p>", "<w:p></w:r>", deep.as_str(), "<!DOCTYPE x [<!ENTITY e \"f\">]><w:p/>"] {
            assert_eq!(read(&docx(&[("document", document)])), Err(Unreadable::Broken), "{document}");
        }
        assert_eq!(read(&docx(&[("styles", "")])), Err(Unreadable::Broken));
        assert_eq!(read(b"PK\x03\x04 cut off"), Err(Unreadable::Broken));
    }
}
