//! Tables that `LibreOffice` saved: imported whole, sent, and out again with the same texts.
//!
//! How the two files beside this one were made: `iso.xlsx` and `iso.docx` of `avoid-tampering` were filled in (openpyxl;
//! the document's XML, with a tracked change in the first row), opened by `LibreOffice` 7.4 and saved in its own format,
//! opened again and saved back: `soffice --headless --convert-to ods filled.xlsx`, `--convert-to xlsx filled.ods`, and
//! the same by way of `odt` for the document.

use super::CONFIRM;
use super::files::{READ, python};
use crate::harness::{Person, Server, on_both};

const FILES: [(&str, &[u8]); 2] =
    [("filled.xlsx", include_bytes!("libreoffice.xlsx")), ("filled.docx", include_bytes!("libreoffice.docx"))];

/// What was filled in: clause, words, type, comments, proposed change.
const SAID: [[&str; 5]; 4] = [
    ["3(a)", "should not", "te", "=1+1 is no formula\nsecond line", "must never"],
    [
        "3(b)",
        "allow",
        "ed",
        "\u{645}\u{631}\u{62d}\u{628}\u{627} \u{202b}bidi\u{202c} \u{1f469}\u{200d}\u{1f467}",
        "delete",
    ],
    [
        "3(c)",
        "if doing so may substantially impair the stability of cyberspace",
        "ge",
        "+concern about the whole clause",
        "",
    ],
    ["_whole document", "", "ge", "@whole text, \u{4f60}\u{597d}", ""],
];

/// The five columns of a person's own comments, in the order of the file.
fn said_by(person: &Person) -> Vec<[String; 5]> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.xlsx");
    std::fs::write(&file, person.get("/my-comments/table.xlsx").expect(200).body).unwrap();
    let rows: Vec<Vec<String>> = serde_json::from_str(&python(READ, &file)).unwrap();
    let filled = rows.into_iter().filter(|row| row[0].starts_with("NL-"));
    filled.map(|row| [2, 3, 4, 5, 6].map(|column: usize| row[column].clone())).collect()
}

on_both! {
    fn tables_saved_by_libreoffice_come_in_whole_and_out_again(server: Server) {
        for (name, bytes) in FILES {
            let person = server.stakeholder(&name.replace('.', "-"));
            let preview = person.preview_of(name, bytes);
            preview.reads("4 comments ready to be sent").lacks("wrong-table");
            preview.form(CONFIRM).set("publication", "named").go("send").expect(303);
            assert_eq!(said_by(&person), SAID, "{name}");
        }
        server.assert_audit_holds();
    }
}
