//! Files for the tests: workbooks and documents as other programs save them, and as they never should.

use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::Command;

use rust_xlsxwriter::Workbook;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The headings of the ISO form, from the second column on those that matter.
pub const ISO: [&str; 8] = [
    "MB/NC",
    "Line number",
    "Clause/ Subclause",
    "Paragraph/ Figure/ Table/",
    "Type of comment",
    "Comments",
    "Proposed change",
    "Observations of the secretariat",
];

/// A workbook with one sheet of string cells.
pub fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, row) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*row).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(at, column, *text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// An ISO table with these rows.
pub fn iso(rows: &[[&str; 8]]) -> Vec<u8> {
    let rows: Vec<&[&str]> = std::iter::once(&ISO[..]).chain(rows.iter().map(|row| &row[..])).collect();
    workbook(&rows)
}

/// A package of parts.
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const WORKBOOK: &[u8] =
    br#"<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const RELATIONS: &[u8] = br#"<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>"#;

/// A workbook whose only sheet is this XML, beside these shared texts.
pub fn sheet_of(xml: &[u8], shared: &[u8]) -> Vec<u8> {
    package(&[
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/worksheets/sheet1.xml", xml),
        ("xl/sharedStrings.xml", shared),
    ])
}

/// The header row of the ISO form as XML.
pub fn header_row() -> String {
    let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    format!("<row r=\"1\">{}</row>", ISO.map(cell).concat())
}

/// A document with one table.
pub fn document(rows: &[&[&str]]) -> Vec<u8> {
    let cell = |text: &&str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let row = |row: &&[&str]| format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>());
    let table = format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>());
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{table}</w:body></w:document>");
    package(&[("word/document.xml", xml.as_bytes())])
}

/// Every cell of the first sheet.
pub const READ: &str = r#"
import json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
sheet = book.worksheets[0]
assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
print(json.dumps([[cell.value or "" for cell in row] for row in sheet.iter_rows()]))
"#;

/// Runs a script of Python on the file at `path`; what it prints.
#[track_caller]
pub fn python(script: &str, path: &Path) -> String {
    let python = std::env::var("NORM_PORTAL_TEST_PYTHON").expect("run the tests with `tests/run`, which finds Python");
    let output = Command::new(python).args(["-c", script]).arg(path).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
