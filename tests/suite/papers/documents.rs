//! Documents to send: a position paper in every format, and files that are not what they seem.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use crate::harness::{Answer, Person};

/// A paper of 24 pages with headings, running heads and feet, printed by Chromium from an HTML page of synthetic
/// sentences: `chromium --headless --disable-pdf-tagging --print-to-pdf=position-paper.pdf position-paper.html`.
pub const PDF: &[u8] = include_bytes!("position-paper.pdf");

/// The headings of [`paper`], with the norm that each is about.
pub const SECTIONS: [(&str, &str); 6] = [
    ("1. Who we are", ""),
    ("2. Norm to Avoid Tampering", "avoid-tampering"),
    ("3. Norm Against Commandeering of ICT Devices into Botnets", "botnets"),
    ("4. Norm on Basic Cyber Hygiene as Foundational Defense", "cyber-hygiene"),
    ("5. Call to Protect the Public Core of the Internet", "public-core"),
    ("6. Closing remarks", ""),
];

/// Headings and paragraphs of some twenty pages: level (0 for none) and words.
pub fn paper() -> Vec<(u8, String)> {
    let mut all = vec![(1, "Position of a Synthetic Institute".to_owned())];
    for (number, (heading, _)) in SECTIONS.iter().enumerate() {
        all.push((2, (*heading).to_owned()));
        for paragraph in 0..8 {
            let sentence =
                format!("Sentence of paragraph {paragraph} in section {number} says what should be done & why. ");
            all.push((0, sentence.repeat(12).trim_end().to_owned()));
        }
    }
    all
}

/// The paper as plain text.
pub fn text() -> String {
    paper().into_iter().map(|(_, words)| format!("{words}\n\n")).collect()
}

fn packed(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        // An OpenDocument file says first of all, and not compressed, what it is.
        let stored = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        archive.start_file(*name, SimpleFileOptions::default().compression_method(stored)).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;")
}

/// The paper as Word stores it, headings by styles of a German Word.
pub fn docx() -> Vec<u8> {
    let style =
        |level: u8| format!("<w:style w:styleId=\"berschrift{level}\"><w:name w:val=\"heading {level}\"/></w:style>");
    let mut body = String::new();
    for (level, words) in paper() {
        let style =
            if level > 0 { format!("<w:pPr><w:pStyle w:val=\"berschrift{level}\"/></w:pPr>") } else { String::new() };
        write!(body, "<w:p>{style}<w:r><w:t>{}</w:t></w:r></w:p>", escaped(&words)).unwrap();
    }
    let document = format!("<w:document xmlns:w=\"urn:w\"><w:body>{body}</w:body></w:document>");
    let styles = format!("<w:styles xmlns:w=\"urn:w\">{}{}</w:styles>", style(1), style(2));
    packed(&[("word/styles.xml", &styles), ("word/document.xml", &document)])
}

/// The paper as an open document.
pub fn odt() -> Vec<u8> {
    let mut body = String::new();
    for (level, words) in paper() {
        let words = escaped(&words);
        if level > 0 {
            write!(body, "<text:h text:outline-level=\"{level}\">{words}</text:h>").unwrap();
        } else {
            write!(body, "<text:p>{words}</text:p>").unwrap();
        }
    }
    let content = format!("<office:text xmlns:office=\"urn:o\" xmlns:text=\"urn:t\">{body}</office:text>");
    packed(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content)])
}

/// A Word document of some kilobytes that unpacks to 48 MB of `filling`.
pub fn bomb(filling: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    archive.write_all(b"<w:document xmlns:w=\"urn:w\"><w:body><w:p><w:r><w:t>").unwrap();
    let block = filling.repeat((1 << 20) / filling.len());
    for _ in 0..48 {
        archive.write_all(block.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// The paper as `pack` packs it ([`docx`] or [`odt`]), with so many empty files in it that no program writes.
pub fn crowded(pack: fn() -> Vec<u8>) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new_append(Cursor::new(pack())).unwrap();
    for number in 0..2_000 {
        archive.start_file(format!("extra/{number}"), SimpleFileOptions::default()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// An open document whose text is an entity that stands for a file of the machine.
pub fn odt_with_entity() -> Vec<u8> {
    let content = "<!DOCTYPE x [<!ENTITY file SYSTEM \"file:///etc/passwd\">]>\
                   <office:text xmlns:office=\"urn:o\" xmlns:text=\"urn:t\"><text:p>&file;</text:p></office:text>";
    packed(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content)])
}

/// A PDF that opens with a password only: it says so, and its key does not fit the empty one.
pub fn encrypted_pdf() -> Vec<u8> {
    let mut text = String::from_utf8_lossy(b"%PDF-1.4\n").into_owned();
    let mut places = Vec::new();
    let key = "0".repeat(64);
    for object in [
        "1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n".to_owned(),
        "2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n".to_owned(),
        format!("3 0 obj\n<</Filter/Standard/V 2/R 3/Length 128/P -4/O<{key}>/U<{key}>>>\nendobj\n"),
    ] {
        places.push(text.len());
        text.push_str(&object);
    }
    let table = text.len();
    let entries: String = places.iter().map(|place| format!("{place:010} 00000 n \n")).collect();
    let id = "<00112233445566778899aabbccddeeff>";
    write!(
        text,
        "xref\n0 4\n0000000000 65535 f \n{entries}trailer\n<</Size 4/Root 1 0 R/Encrypt 3 0 R/ID[{id}{id}]>>\nstartxref\n{table}\n%%EOF\n"
    )
    .unwrap();
    text.into_bytes()
}

/// Sends the first form with a document, as a browser does.
#[track_caller]
pub fn send(person: &Person, title: &str, text: &str, name: &str, bytes: &[u8]) -> Answer {
    let form = person.get("/submissions/paper").expect(200).form("main form").set("title", title).set("text", text);
    let mut fields = form.values();
    fields.retain(|(name, _)| *name != "document");
    fields.push(("go", "next"));
    let (kind, body) = multipart(&fields, name, bytes);
    person.post_bytes("/submissions/paper", &kind, &body)
}

/// Fields and a document as `multipart/form-data`: content type and body.
pub fn multipart(fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> (String, Vec<u8>) {
    let mark = "----paper-of-a-test";
    let mut body = Vec::new();
    for (field, value) in fields {
        write!(body, "--{mark}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").unwrap();
    }
    let head = format!("Content-Disposition: form-data; name=\"document\"; filename=\"{name}\"");
    write!(body, "--{mark}\r\n{head}\r\nContent-Type: application/octet-stream\r\n\r\n").unwrap();
    body.extend_from_slice(bytes);
    write!(body, "\r\n--{mark}--\r\n").unwrap();
    (format!("multipart/form-data; boundary={mark}"), body)
}
