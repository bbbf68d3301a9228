//! The table as a text of Word: landscape A4, header line on every page, changes as real insertions and deletions.

use std::io::{Cursor, Write as _};

use quick_xml::escape::escape;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;

use super::{FOOTNOTES, HEADINGS, Head, Row, TEMPLATE, is_forbidden};
use crate::comments::redline::{Piece, Redline};

const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/></Types>"#;

const PACKAGE: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/></Relationships>"#;

const DOCUMENT: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>"#;

const HEADER: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#;

/// A4, landscape; the header on every page.
const SECTION: &str = r#"<w:sectPr><w:headerReference w:type="default" r:id="rId1"/><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1134" w:right="851" w:bottom="851" w:left="851" w:header="567" w:footer="454" w:gutter="0"/></w:sectPr></w:body></w:document>"#;

const BORDERS: &str = r#"<w:tblBorders><w:top w:val="single" w:sz="4" w:color="auto"/><w:left w:val="single" w:sz="4" w:color="auto"/><w:bottom w:val="single" w:sz="4" w:color="auto"/><w:right w:val="single" w:sz="4" w:color="auto"/><w:insideH w:val="single" w:sz="4" w:color="auto"/><w:insideV w:val="single" w:sz="4" w:color="auto"/></w:tblBorders>"#;

/// Widths of the columns, in twentieths of a point: together the width between the margins.
const WIDTHS: [u16; 8] = [950, 1050, 1200, 2750, 1250, 3250, 2950, 1736];

/// The bytes of the document. `author` and `at` (RFC 3339) stand behind every change.
pub fn docx(head: &Head, rows: &[Row], author: &str, at: &str) -> ZipResult<Vec<u8>> {
    let mut page = Page { xml: DOCUMENT.to_owned(), author, at, change: 0 };
    page.table(rows);
    for note in FOOTNOTES {
        page.paragraph(&run(note, ""));
    }
    page.xml.push_str(SECTION);
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", PACKAGE),
        ("word/_rels/document.xml.rels", RELATIONS),
        ("word/header1.xml", &header(head)),
        ("word/document.xml", &page.xml),
    ];
    for (name, content) in parts {
        archive.start_file(name, SimpleFileOptions::default())?;
        archive.write_all(content.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

fn header(head: &Head) -> String {
    let line = format!("{TEMPLATE}    Date: {}    Document: {}    Project: {}", head.date, head.document, head.project);
    format!("{HEADER}<w:p>{}</w:p></w:hdr>", run(&line, "<w:b/>"))
}

/// A document being written.
struct Page<'a> {
    xml: String,
    author: &'a str,
    at: &'a str,
    /// Counts insertions and deletions: each has a number of its own.
    change: u32,
}

impl Page<'_> {
    fn paragraph(&mut self, runs: &str) {
        self.xml.extend(["<w:p>", runs, "</w:p>"]);
    }

    fn table(&mut self, rows: &[Row]) {
        self.xml.extend([r#"<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/>"#, BORDERS]);
        self.xml.push_str(r#"<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>"#);
        for width in WIDTHS {
            self.xml.extend([r#"<w:gridCol w:w=""#, &width.to_string(), r#""/>"#]);
        }
        self.xml.push_str("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (column, text) in HEADINGS.into_iter().enumerate() {
            let note = match column {
                0 => "1",
                4 => "2",
                _ => "",
            };
            let mark =
                if note.is_empty() { String::new() } else { run(note, r#"<w:b/><w:vertAlign w:val="superscript"/>"#) };
            self.cell(column, &format!("{}{mark}", run(text, "<w:b/>")));
        }
        self.xml.push_str("</w:tr>");
        for row in rows {
            self.xml.push_str("<w:tr>");
            for (column, text) in row.cells().iter().enumerate() {
                let runs = match (&row.redline, column) {
                    (Some(redline), 6) => self.changed(redline),
                    _ => run(text, ""),
                };
                self.cell(column, &runs);
            }
            self.xml.push_str("</w:tr>");
        }
        self.xml.push_str("</w:tbl>");
    }

    fn cell(&mut self, column: usize, runs: &str) {
        let width = WIDTHS.get(column).copied().unwrap_or_default();
        self.xml.extend([r#"<w:tc><w:tcPr><w:tcW w:w=""#, &width.to_string(), r#"" w:type="dxa"/></w:tcPr>"#]);
        self.paragraph(runs);
        self.xml.push_str("</w:tc>");
    }

    /// A change of words as tracked changes.
    fn changed(&mut self, redline: &Redline) -> String {
        let mut runs = String::new();
        for piece in &redline.pieces {
            match piece {
                Piece::Same(words) => runs.push_str(&run(words, "")),
                Piece::Inserted(words) => runs.push_str(&self.tracked("ins", &run(words, ""))),
                Piece::Deleted(words) => {
                    let gone = run(words, "").replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>");
                    runs.push_str(&self.tracked("del", &gone));
                }
            }
        }
        runs
    }

    fn tracked(&mut self, tag: &str, run: &str) -> String {
        self.change += 1;
        let (id, author, at) = (self.change, escape(self.author), self.at);
        format!(r#"<w:{tag} w:id="{id}" w:author="{author}" w:date="{at}">{run}</w:{tag}>"#)
    }
}

/// A run of text with its properties; line breaks and tabs become elements.
fn run(text: &str, properties: &str) -> String {
    let mut xml = format!(r#"<w:r><w:rPr>{properties}<w:sz w:val="18"/></w:rPr>"#);
    let sound: String = text.chars().filter(|c| !is_forbidden(*c)).collect();
    for (at, line) in sound.split('\n').enumerate() {
        if at > 0 {
            xml.push_str("<w:br/>");
        }
        for (at, part) in line.split('\t').enumerate() {
            if at > 0 {
                xml.push_str("<w:tab/>");
            }
            if !part.is_empty() {
                xml.extend([r#"<w:t xml:space="preserve">"#, &escape(part), "</w:t>"]);
            }
        }
    }
    xml.push_str("</w:r>");
    xml
}
