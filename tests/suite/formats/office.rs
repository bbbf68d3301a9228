//! `LibreOffice` opens every text of Word and every workbook, and reads in it what we wrote.

use std::path::Path;
use std::process::Command;

use norm_portal::export::make::make;
use norm_portal::export::model::{Container, Edition, Format, Request, RequestedBy};

use super::{NORM, comments};
use crate::harness::{Backend, Server};

/// Has `files` of one sort converted to text; the texts, in their order. A file that would have to be repaired is not opened
/// by a program that nobody watches: then there is no text.
fn texts(folder: &Path, filter: &str, ending: &str, files: &[String]) -> Vec<String> {
    let office =
        std::env::var("NORM_PORTAL_TEST_OFFICE").expect("run the tests with `tests/run`, which finds LibreOffice");
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let done = Command::new(office)
        .current_dir(folder)
        .args(["--headless", &profile, "--convert-to", filter, "--outdir", "."])
        .args(files)
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let text = |file: &String| {
        let path = folder.join(file).with_extension(ending);
        std::fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{file}: {fault}"))
    };
    files.iter().map(text).collect()
}

#[test]
fn libreoffice_opens_every_text_of_word_and_every_workbook() {
    let server = Server::start(Backend::Sqlite);
    let comments = comments(&server);
    let folder = tempfile::tempdir().unwrap();
    let mut names = [Vec::new(), Vec::new()];
    for format in Format::ALL.iter().filter(|format| format.is_of_comments()) {
        let place = match format.container(true) {
            Container::Docx => 0,
            Container::Xlsx => 1,
            _ => continue,
        };
        let request = Request {
            edition: Edition::Public,
            format: *format,
            norm: Some(NORM.to_owned()),
            status: None,
            bom: false,
        };
        let name = format!("{format}.{}", format.container(true).ending());
        let (out, now) = (folder.path().join(&name), server.clock().now());
        make(server.db(), &server.origin, now, &request, &RequestedBy::Operator, &out, &mut |_, _| {}).unwrap();
        names[place].push(name);
    }
    let documents = texts(folder.path(), "txt:Text (encoded):UTF8", "txt", &names[0]);
    let tables = texts(folder.path(), "csv:Text - txt - csv (StarCalc):44,34,76", "csv", &names[1]);
    assert_eq!((documents.len(), tables.len()), (6, 3));
    for (name, text) in names.concat().iter().zip(documents.iter().chain(&tables)) {
        assert!(text.contains("meddle"), "{name}: {text}");
        // A rolling text names who, not which comment; in a text with tracked changes it stands in the margin.
        let has_none = name.starts_with("rolling") || name.starts_with("tracked");
        assert_eq!(text.contains(&comments.deletes), !has_none, "{name}: {text}");
    }
    for (name, text) in names[0].iter().zip(&documents) {
        assert!(text.contains("rows_sha256"), "{name}: the manifest is the last page: {text}");
    }
}
