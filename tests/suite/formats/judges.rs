//! Judges that know the standards and not the portal: the validator of Open XML, the schema of Akoma Ntoso, an expander of
//! JSON-LD. Each is shown a file with a fault first, to see that it speaks.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use norm_portal::export::make::make;
use norm_portal::export::model::{Container, Edition, Format, Request, RequestedBy};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{comments, hostile};
use crate::harness::{Backend, Server};

/// A portal with comments of every kind, and with texts that a format could break on.
fn filled() -> Server {
    let server = Server::start(Backend::Sqlite);
    comments(&server);
    hostile::filled(&server, &hostile::texts());
    server
}

/// The whole consultation in this format.
fn made(server: &Server, folder: &TempDir, edition: Edition, format: Format) -> PathBuf {
    let request = Request { edition, format, norm: None, status: None, bom: false };
    let out = folder.path().join(format!("{edition:?}-{format}.{}", request.container().ending()));
    let now = server.clock().now();
    make(server.db(), &server.origin, now, &request, &RequestedBy::Operator, &out, &mut |_, _| {}).unwrap();
    out
}

/// What `tests/run` found or fetched.
fn at_hand(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("run the tests with `tests/run`, which finds {name}"))
}

/// A copy of a package with `old` replaced by `new` in one of its parts.
fn spoilt(path: &Path, part: &str, old: &str, new: &str) -> PathBuf {
    let mut from = ZipArchive::new(File::open(path).unwrap()).unwrap();
    let copy = path.with_extension("spoilt.docx");
    let mut to = ZipWriter::new(File::create(&copy).unwrap());
    for place in 0..from.len() {
        let mut entry = from.by_index(place).unwrap();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        let name = entry.name().unwrap().into_owned();
        if name == part {
            assert!(text.contains(old), "{part}");
            text = text.replacen(old, new, 1);
        }
        to.start_file(name, SimpleFileOptions::default()).unwrap();
        to.write_all(text.as_bytes()).unwrap();
    }
    to.finish().unwrap();
    copy
}

/// What the validator of Open XML says of a file; `None`: it finds no error.
fn open_xml(path: &Path) -> Option<String> {
    let said = Command::new(at_hand("NORM_PORTAL_TEST_OPEN_XML")).arg(path).output().unwrap();
    let all = String::from_utf8(said.stdout).unwrap();
    let judgement: serde_json::Value = serde_json::from_str(&all).unwrap_or_else(|_| {
        panic!("the validator did not judge {}: {all} {}", path.display(), String::from_utf8_lossy(&said.stderr))
    });
    (judgement["ok"] != true).then_some(all)
}

/// What `judge.py` says of a file; `None`: it finds no error.
fn judged(arguments: &[&Path]) -> Option<String> {
    let python = at_hand("NORM_PORTAL_TEST_PYTHON");
    let said = Command::new(python).args(["-c", include_str!("judge.py")]).args(arguments).output().unwrap();
    (!said.status.success()).then(|| String::from_utf8_lossy(&said.stderr).into_owned())
}

#[test]
#[cfg_attr(not(target_arch = "x86_64"), ignore = "the validator is a program for x86-64")]
fn the_validator_of_open_xml_finds_no_error() {
    let (server, folder) = (filled(), tempfile::tempdir().unwrap());
    let sound = made(&server, &folder, Edition::Public, Format::MarshalledDocx);
    let faulty = open_xml(&spoilt(&sound, "word/document.xml", "<w:tblPr>", "<w:tblPr><w:nothing/>"));
    assert!(faulty.is_some_and(|it| it.contains("nothing")), "the validator speaks");
    let mut count = 0;
    for format in Format::ALL.iter().filter(|it| matches!(it.container(false), Container::Docx | Container::Xlsx)) {
        for edition in [Edition::Public, Edition::Commission] {
            if format.is_of_comments() || edition == Edition::Commission {
                let path = made(&server, &folder, edition, *format);
                assert_eq!(open_xml(&path), None, "{}", path.display());
                count += 1;
            }
        }
    }
    assert!(count > 12, "{count}");
}

#[test]
fn akoma_ntoso_is_valid_by_its_schema() {
    let (server, folder) = (filled(), tempfile::tempdir().unwrap());
    let schema = PathBuf::from(at_hand("NORM_PORTAL_TEST_AKN"));
    let faulty = folder.path().join("faulty.zip");
    let mut zip = ZipWriter::new(File::create(&faulty).unwrap());
    zip.start_file("norm/1.xml", SimpleFileOptions::default()).unwrap();
    zip.write_all(b"<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\"><letter/></akomaNtoso>")
        .unwrap();
    zip.finish().unwrap();
    let said = judged(&[Path::new("akn"), &faulty, &schema]);
    assert!(said.is_some_and(|it| it.contains("letter")), "the schema speaks");
    for edition in [Edition::Public, Edition::Commission] {
        let path = made(&server, &folder, edition, Format::AknXml);
        assert_eq!(judged(&[Path::new("akn"), &path, &schema]), None, "{edition:?}");
    }
}

#[test]
fn annotations_expand_and_nothing_of_them_is_lost() {
    let (server, folder) = (filled(), tempfile::tempdir().unwrap());
    let context = folder.path().join("context.jsonld");
    std::fs::write(&context, &server.anonymous().get("/api/v1/context.jsonld").expect(200).body).unwrap();
    let path = made(&server, &folder, Edition::Commission, Format::AnnotationsJsonLines);
    let lines = std::fs::read_to_string(&path).unwrap();
    let faulty = folder.path().join("faulty.jsonl");
    std::fs::write(&faulty, lines.replacen("\"motivation\":", "\"motive\":", 1)).unwrap();
    let said = judged(&[Path::new("annotations"), &faulty, &context]);
    assert!(said.is_some_and(|it| it.contains("motive")), "the expander speaks");
    assert_eq!(judged(&[Path::new("annotations"), &path, &context]), None);
}
