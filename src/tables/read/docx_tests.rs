//! Tests of reading texts of Word.

use std::io::Write as _;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::Read;
use crate::comments::iso::HEADINGS;
use crate::tables::columns::{Column, Purpose};

/// A cell with this inside its only paragraph.
fn cell(inside: &str) -> String {
    format!("<w:tc><w:p>{inside}</w:p></w:tc>")
}

fn run(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

/// A row of plain texts, with these properties.
fn row(properties: &str, texts: [&str; 8]) -> String {
    let cells = texts.map(|text| cell(&run(text))).concat();
    format!("<w:tr>{properties}{cells}</w:tr>")
}

/// A row whose comment has this inside its cell.
fn saying(cell_of_comment: &str) -> String {
    let before = ["NL-001", "", "3(b)", "allow", "te"].map(|text| cell(&run(text))).concat();
    let behind = ["permit", ""].map(|text| cell(&run(text))).concat();
    format!("<w:tr>{before}{cell_of_comment}{behind}</w:tr>")
}

/// What is read of a document with these tables.
fn read(tables: &[Vec<String>], purpose: Purpose) -> Read {
    let tables: Vec<String> = tables.iter().map(|rows| format!("<w:tbl>{}</w:tbl>", rows.concat())).collect();
    let xml =
        format!("<w:document xmlns:w=\"w\" xmlns:mc=\"mc\"><w:body>{}</w:body></w:document>", tables.join("<w:p/>"));
    let mut archive = ZipWriter::new(tempfile::tempfile().unwrap());
    archive.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    archive.write_all(xml.as_bytes()).unwrap();
    let mut file = archive.finish().unwrap();
    super::super::read(&mut file, "a.docx", purpose).unwrap()
}

/// The comment in a cell with this inside.
fn comment(cell_of_comment: &str) -> String {
    let read = read(&[vec![row("", HEADINGS), saying(cell_of_comment)]], Purpose::Comments);
    read.rows[0].get(Column::Why).to_owned()
}

#[test]
fn a_text_box_is_read_once() {
    let inside = |text: &str| format!("<w:txbxContent><w:p>{}</w:p></w:txbxContent>", run(text));
    let other = format!("<mc:Choice>{}</mc:Choice>", run("again"));
    let text_box = format!(
        "{}<w:r><mc:AlternateContent><mc:Choice>{}</mc:Choice>{other}<mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>{}",
        run("Before"),
        inside("boxed"),
        inside("boxed"),
        run(" after")
    );
    assert_eq!(comment(&cell(&text_box)), "Before\nboxed after");
}

#[test]
fn hyphens_and_symbols_are_characters() {
    let inside = "<w:r><w:t>soft</w:t><w:softHyphen/><w:t>hard</w:t><w:noBreakHyphen/>\
                  <w:sym w:font=\"Wingdings\" w:char=\"F0E0\"/><w:t>end</w:t></w:r>";
    assert_eq!(comment(&cell(inside)), "soft\u{ad}hard\u{2011}\u{2192}end");
}

#[test]
fn a_changed_mark_of_a_paragraph_is_an_open_change() {
    let paragraphs = |change: &str| {
        let mark = format!("<w:pPr><w:rPr><w:{change} w:id=\"1\"/></w:rPr></w:pPr>");
        format!("<w:tc><w:p>{mark}{}</w:p><w:p>{}</w:p></w:tc>", run("one"), run("two"))
    };
    assert_eq!(comment(&paragraphs("del")), "onetwo");
    assert_eq!(comment(&paragraphs("ins")), "one\ntwo");
    assert_eq!(comment(&paragraphs("b")), "one\ntwo");
    for (change, faults) in [("del", 1), ("ins", 1), ("b", 0)] {
        let first = ["NL-001", "", "", "", "", "", ""].map(|text| cell(&run(text))).concat();
        let answered = format!("<w:tr>{first}{}</w:tr>", paragraphs(change));
        let read = read(&[vec![row("", HEADINGS), answered]], Purpose::Observations);
        assert_eq!(read.rows[0].faults.len(), faults, "{change}");
    }
}

#[test]
fn a_row_that_is_inserted_or_deleted_as_a_whole_is_an_open_change() {
    let texts = ["NL-001", "", "3(b)", "allow", "te", "Why.", "permit", "Noted"];
    for (properties, faults) in
        [("", 0), ("<w:trPr><w:ins w:id=\"1\"/></w:trPr>", 2), ("<w:trPr><w:del w:id=\"1\"/></w:trPr>", 2)]
    {
        let rows = vec![row("", HEADINGS), row(properties, texts), row("", texts)];
        let read = read(&[rows], Purpose::Observations);
        assert_eq!(read.rows.iter().map(|row| row.faults.len()).collect::<Vec<_>>(), [faults, 0], "{properties}");
    }
    let deleted = row("<w:trPr><w:del w:id=\"1\"/></w:trPr>", texts);
    let read = read(&[vec![row("", HEADINGS), deleted, row("", texts)]], Purpose::Comments);
    assert_eq!(read.rows.iter().map(|row| row.row).collect::<Vec<_>>(), [3]);
}

#[test]
fn a_table_that_is_split_in_two_is_one() {
    let first = vec![row("", HEADINGS), row("", ["1", "", "3(a)", "", "te", "One.", "", ""])];
    let second = vec![row("", ["2", "", "3(b)", "", "", "Two.", "", ""])];
    let other = vec![format!("<w:tr>{}{}</w:tr>", cell(&run("Signed")), cell(&run("N. N.")))];
    let read = read(&[first, second, other], Purpose::Comments);
    let rows: Vec<(&str, u32, &str)> =
        read.rows.iter().map(|row| (row.sheet.as_str(), row.row, row.get(Column::Why))).collect();
    assert_eq!(rows, [("1", 2, "One."), ("2", 1, "Two.")]);
    assert_eq!(read.unread, ["3"]);
    assert_eq!(read.skipped, [], "signatures are no rows of it");
}
