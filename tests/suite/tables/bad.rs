//! Tables that can't be read: each is answered with what is wrong and what to do, and memory stays flat.

use std::io::Write as _;

use super::files::{ISO, header_row, iso, package, python, sheet_of, workbook};
use super::upload;
use crate::harness::people::sign_in;
use crate::harness::{Backend, Person, Program, Server, on_both};

/// Fails unless the file is answered with these words.
#[track_caller]
fn refused(person: &Person, name: &str, bytes: &[u8], words: &str) {
    let answer = upload(person, name, bytes).expect(422);
    let errors = answer.errors();
    assert!(errors.len() == 1 && errors[0].contains(words), "{name}: {errors:?} is not {words:?}");
}

/// Merges two columns of row 2 and two rows of column C in the workbook at a path, and puts in a formula.
const MERGE: &str = r#"
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
sheet = book.active
sheet.merge_cells("F2:G2")
sheet.merge_cells("C3:C4")
sheet["F5"] = "=1+1"
sheet.row_dimensions[3].hidden = True
book.save(sys.argv[1])
"#;

on_both! {
    fn every_bad_file_is_named(server: Server) {
        let ada = server.stakeholder("ada");
        upload(&ada, "", b"").expect(422).reads("Choose the file");
        refused(&ada, "table.xlsx", b"<!DOCTYPE html><table><tr><td>1</td></tr></table>", "is a web page");
        refused(&ada, "table.xlsx", b"%PDF-1.7\n", "PDF has no rows");
        refused(&ada, "old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more", "before 2007");
        refused(&ada, "a.ods", &package(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]), "save it as XLSX");
        refused(&ada, "a.xlsx", b"PK\x03\x04 broken", "is no XLSX or DOCX");
        refused(&ada, "a.csv", "Name,Price\nTea,2\n".as_bytes(), "No comment table was found");
        let open = format!("{}\n,,3(b),allow,te,\"Why.,permit,\n,,3(a),,,Lost.,,\n", ISO.join(","));
        refused(&ada, "a.csv", open.as_bytes(), "begins with a quotation mark that is never closed");
        refused(&ada, "a.xlsx", &workbook(&[&["Name", "City", "Price"], &["Tea", "Delft", "2"]]), "Found instead: Name | City | Price");
        refused(&ada, "a.xlsx", &workbook(&[&ISO[..5]]), "no columns with these headings: \u{201c}Comments\u{201d}, \u{201c}Proposed change\u{201d}");
        refused(&ada, "a.xlsx", &sheet_of(b"<worksheet><sheetData><row><c>", b""), "damaged");
        let row = ["", "", "3(b)", "allow", "te", "Why.", "permit", ""];
        refused(&ada, "a.xlsx", &iso(&vec![row; 501]), "more than 500 filled rows");
        ada.preview_of("../../etc/passwd", &iso(&[row])).reads("passwd").lacks("etc/");
        // A name that looks like an option of the program that reads it.
        ada.preview_of("--help", &iso(&[row])).reads("--help");
        assert_eq!(server.count("drafts"), 2);
    }

    fn merged_cells_formulas_and_hidden_rows_are_told_by_row(server: Server) {
        let ada = server.stakeholder("ada");
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.xlsx");
        let rows = [
            ["", "", "3(b)", "allow", "te", "Over two columns.", "", ""],
            ["", "", "3(a)", "should", "te", "First of two.", "must", ""],
            ["", "", "", "production", "ed", "Second of two.", "manufacture", ""],
            ["", "", "3(b)", "allow", "te", "", "permit", ""],
        ];
        std::fs::write(&file, iso(&rows)).unwrap();
        python(MERGE, &file);
        let preview = ada.preview_of("a.xlsx", &std::fs::read(&file).unwrap());
        let faults = preview.all("#main tbody tr");
        assert!(faults[0].starts_with("Row 2CommentsThis cell is merged with the next column"), "{faults:?}");
        assert!(faults[1].starts_with("Row 5CommentsThis cell holds a formula"), "{faults:?}");
        preview.reads("2 comments ready to be sent").reads("1 row is hidden in the file");
    }
}

/// An entity that stands for a file of the machine, and one that stands for itself many times over.
const ENTITIES: &str =
    "<!DOCTYPE x [<!ENTITY file SYSTEM \"file:///etc/passwd\"><!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;\">]>";

#[test]
fn no_entity_of_a_table_stands_for_anything() {
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let row = |why: &str| {
        format!(
            "<row r=\"2\">{}{}{}</row>",
            cell("").repeat(2),
            cell("3(b)"),
            [cell("allow"), cell("te"), cell(why), cell("permit")].concat()
        )
    };
    let sheet = |type_of: &str, why: &str| {
        let xml = format!(
            "<?xml version=\"1.0\"?>{type_of}<worksheet><sheetData>{}{}</sheetData></worksheet>",
            header_row(),
            row(why)
        );
        sheet_of(xml.as_bytes(), b"")
    };
    // The same table without an entity is read.
    ada.preview_of("a.xlsx", &sheet("", "Why &amp; how.")).reads("Why & how.");
    for why in ["&file;", "&b;", "No entity is used."] {
        refused(&ada, "a.xlsx", &sheet(ENTITIES, why), "damaged");
    }
    let shared = format!("{ENTITIES}<sst><si><t>&file;</t></si></sst>");
    let xml =
        format!("<worksheet><sheetData>{}{}</sheetData></worksheet>", header_row(), row("x").replace("inlineStr", "s"));
    refused(&ada, "a.xlsx", &sheet_of(xml.as_bytes(), shared.as_bytes()), "damaged");
    let workbook = format!("{ENTITIES}<workbook><sheets><sheet name=\"&file;\"/></sheets></workbook>");
    refused(&ada, "a.xlsx", &package(&[("xl/workbook.xml", workbook.as_bytes())]), "damaged");
    let document = |type_of: &str, word: &str| {
        let cells = ISO.map(|name| format!("<w:tc><w:p><w:r><w:t>{name}</w:t></w:r></w:p></w:tc>")).concat();
        let second = ["", "", "3(b)", "allow", "te", word, "permit", ""]
            .map(|text| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"))
            .concat();
        let xml = format!(
            "{type_of}<w:document xmlns:w=\"w\"><w:body><w:tbl><w:tr>{cells}</w:tr><w:tr>{second}</w:tr></w:tbl></w:body></w:document>"
        );
        package(&[("word/document.xml", xml.as_bytes())])
    };
    ada.preview_of("a.docx", &document("", "Said in words.")).reads("Said in words.");
    for why in ["&file;", "&b;"] {
        refused(&ada, "a.docx", &document(ENTITIES, why), "damaged");
    }
    // An entity that nobody declared stands for nothing.
    let preview = ada.preview_of("a.docx", &document("", "Before &file; after."));
    preview.reads("Before after.").lacks("root:");
}

/// A part that unpacks to `bytes` of the same row.
fn repeated(head: &str, row: &str, bytes: usize) -> Vec<u8> {
    let mut xml = head.as_bytes().to_vec();
    while xml.len() < bytes {
        xml.write_all(row.as_bytes()).unwrap();
    }
    xml
}

#[test]
fn memory_stays_flat_whatever_is_sent() {
    let program = Program::new(Backend::Sqlite);
    let serving = program.serve();
    let first = serving.client();
    let join = first.get(serving.invitation.as_deref().expect("an invitation")).form("main form");
    let (email, password) = ("sec@example.org", "quiet lantern over the marsh 41");
    join.set("email", email).set("name", "Sec Synthetic").set("password", password).press().expect(303);
    sign_in(&first, email, password).expect(303);
    let head = format!("<worksheet><sheetData>{}", header_row());
    let row = "<row><c r=\"A2\" t=\"s\"><v>0</v></c></row>";
    let over = 65 << 20;
    let filler = format!("<!--{}-->", "a".repeat(60_000));
    let shared = repeated("<sst>", &format!("<si><t>{}</t></si>", "x".repeat(2_000)), 33 << 20);
    let million = repeated(&head, row, 40 << 20);
    assert!(million.len() / row.len() > 1_000_000);
    for (name, bytes, words) in [
        ("bomb.xlsx", sheet_of(&repeated(&head, &filler, over), b""), "more in this file than a comment table holds"),
        ("million.xlsx", sheet_of(&million, b"<sst><si><t>x</t></si></sst>"), "more in this file"),
        ("shared.xlsx", sheet_of(head.as_bytes(), &shared), "more in this file"),
        ("long.xlsx", sheet_of(&repeated("<worksheet>", "aaaaaaaaaaaaaaaa", 40 << 20), b""), "more in this file"),
        ("entries.xlsx", many_entries(), "more in this file"),
        ("tags.xlsx", sheet_of(&repeated(&head, "<a/>", 60 << 20), b""), "more in this file"),
        (
            "attributes.xlsx",
            sheet_of(&repeated(&head, &format!("<a {}/>", "b='' ".repeat(40)), 60 << 20), b""),
            "more in this file",
        ),
        ("cell.xlsx", sheet_of(&one_cell(&head), b""), "more in this file"),
        (
            "tags.docx",
            package(&[("word/document.xml", &repeated("<w:document>", "<a/>", 60 << 20))]),
            "more in this file",
        ),
        ("bomb.docx", package(&[("word/document.xml", &repeated("<w:document>", &filler, over))]), "more in this file"),
    ] {
        let answer = upload(&first, name, &bytes).expect(422);
        assert!(answer.errors().iter().any(|error| error.contains(words)), "{name}: {:?}", answer.errors());
    }
    let peak = serving.peak_memory();
    assert!(peak < 150 << 20, "{peak} bytes at the most");
}

/// A cell that would hold 60 MiB, in pieces that are each small enough.
fn one_cell(head: &str) -> Vec<u8> {
    repeated(&format!("{head}<row><c><v>"), &format!("{}<!---->", "a".repeat(1 << 16)), 60 << 20)
}

fn many_entries() -> Vec<u8> {
    let names: Vec<String> = (0..2_100).map(|number| format!("xl/{number}")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    package(&parts)
}
