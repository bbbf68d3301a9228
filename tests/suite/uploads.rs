//! Uploads that are wrong, hostile or simply large: a status and a message each, nothing kept, memory flat.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use crate::harness::comments::COMPOSER;
use crate::harness::form::{Filled, PARTS};
use crate::harness::{Answer, Backend, Person, Program, Server};

const NORM: &str = "avoid-tampering";
const PDF: &[u8] = b"%PDF-1.7\n";
const MEBIBYTE: usize = 1 << 20;

fn composer(person: &Person) -> Filled {
    person.whole_form(NORM, "Every word of it.")
}

/// Sends a file; the page has to say what is wrong with it, by its name, and to keep the text.
#[track_caller]
fn refused(person: &Person, name: &str, bytes: &[u8], message: &str) {
    let answer = composer(person).choose("attachment", name, bytes).go("check").expect(422);
    let error = answer.one("#attachment-error");
    assert!(error.contains(message), "{error}");
    assert_eq!(answer.errors().len(), 1, "{:?}", answer.errors());
    assert_eq!(answer.form(COMPOSER).value("rationale"), "Every word of it.");
}

fn kept(server: &Server) -> usize {
    let below = |folder: &str| std::fs::read_dir(server.data_dir().join(folder)).map_or(0, Iterator::count);
    usize::try_from(server.count("attachments")).unwrap() + below("attachments") + below("uploads")
}

#[test]
fn a_file_that_is_not_taken_is_named_with_the_reason() {
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    refused(
        &ada,
        "paper.pdf",
        b"<!DOCTYPE html><script>alert(1)</script>",
        "paper.pdf is not attached: it is a web page",
    );
    refused(&ada, "C:\\papers\\empty.pdf", b"", "empty.pdf is not attached: the file is empty");
    refused(&ada, "../../../bin/run.docx", b"\x7fELF\x02", "run.docx is not attached: only PDF, DOCX");
    refused(&ada, "photo.pdf", b"\xff\xd8\xff\xe0 JFIF", "photo.pdf is not attached: only PDF, DOCX");
    refused(&ada, "broken.docx", b"PK\x03\x04 and nothing else", "broken.docx is not attached: only PDF, DOCX");
    refused(&ada, "\u{202e}fdp.\"x\"\r\ny.exe", b"MZ\x90\x00", "fdp.\"x\"y.exe is not attached: only PDF");
    refused(
        &ada,
        "large.pdf",
        &[PDF, &vec![b'x'; 11 * MEBIBYTE]].concat(),
        "large.pdf is not attached: it is larger than 10 MB",
    );
    assert_eq!(kept(&server), 0);
}

#[test]
fn good_files_stay_beside_bad_ones() {
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let form = composer(&ada).choose("attachment", "good.pdf", PDF).choose("attachment", "bad.pdf", "<html>");
    let answer = form.go("check").expect(422);
    assert_eq!(answer.all("a[href^='/attachments/']"), ["good.pdf"]);
    answer.form(COMPOSER).go("check").expect(200).reads("good.pdf").lacks("bad.pdf");
}

#[test]
fn the_limit_of_files_is_said_for_each_that_is_too_many() {
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let many = |form: Filled, names: std::ops::Range<usize>| {
        names.fold(form, |form, n| form.choose("attachment", &format!("{n}.csv"), format!("a,{n}\n")))
    };
    let answer = many(composer(&ada), 0..7).go("check").expect(422);
    assert_eq!(answer.errors().len(), 2);
    answer.reads("5.csv is not attached: at most 5 files can be").reads("6.csv is not attached");
    let answer = many(answer.form(COMPOSER), 7..8).go("check").expect(422);
    assert_eq!(answer.errors(), ["7.csv is not attached: at most 5 files can be. Remove one first"]);
    assert_eq!(server.count("attachments"), 5);
    // A whole folder chosen by mistake: the text is there, and not two hundred messages.
    let answer = many(composer(&ada), 0..200).go("check").expect(422);
    assert_eq!(answer.errors().len(), 10);
    assert_eq!(answer.form(COMPOSER).value("rationale"), "Every word of it.");
    assert_eq!(server.count("attachments"), 10);
}

#[test]
fn a_form_that_is_too_large_or_broken_is_an_error_page() {
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let path = format!("/norms/{NORM}/comments/new/general");
    let sent = |kind: &str, body: &[u8]| -> Answer { ada.post_bytes(&path, kind, body) };
    sent("multipart/form-data", b"--x\r\n").expect(400);
    sent("multipart/form-data; boundary=", b"--x\r\n").expect(400);
    sent(PARTS, b"no part at all").expect(400);
    let unended = b"--part-of-a-test\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb";
    sent(PARTS, unended).expect(400);
    let without_name = b"--part-of-a-test\r\nContent-Type: text/plain\r\n\r\nb\r\n--part-of-a-test--\r\n";
    sent(PARTS, without_name).expect(400);
    composer(&ada).forge("rationale", &"x".repeat(5 * MEBIBYTE)).go("check").expect(413);
    let files = (0..5)
        .fold(composer(&ada), |form, n| form.choose("attachment", &format!("{n}.pdf"), vec![b'x'; 13 * MEBIBYTE]));
    files.go("check").expect(413);
    (0..1_100).fold(composer(&ada), |form, n| form.forge(&format!("field{n}"), "x")).go("check").expect(400);
    assert_eq!(kept(&server), 0);
}

#[test]
fn an_upload_that_breaks_off_leaves_nothing() {
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let address = server.origin.strip_prefix("http://").unwrap().to_owned();
    let session = ada.cookie("session").unwrap();
    let mut stream = TcpStream::connect(&address).unwrap();
    let head = format!(
        "POST /norms/{NORM}/comments/new/general HTTP/1.1\r\nhost: {address}\r\ncookie: session={session}\r\n\
         content-type: {PARTS}\r\ncontent-length: 5000000\r\n\r\n--part-of-a-test\r\n\
         Content-Disposition: form-data; name=\"attachment\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7"
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&vec![b'x'; 300_000]).unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut answer = Vec::new();
    // It may answer or hang up; it has to come to an end.
    drop(stream.read_to_end(&mut answer));
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400"), "{answer}");
    composer(&ada).go("check").expect(200);
    assert_eq!(kept(&server), 0);
}

#[test]
fn strangers_leave_nothing_on_the_disk() {
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let form = composer(&ada).choose("attachment", "a.pdf", [PDF, &vec![b'x'; 5 * MEBIBYTE]].concat());
    ada.set_cookie("session", None);
    form.go("check").expect(401);
    assert!(!server.data_dir().join("uploads").exists());
    assert_eq!(kept(&server), 0);
}

#[test]
fn ten_large_files_at_once_need_no_large_memory() {
    let program = Program::new(Backend::Sqlite);
    let serving = program.serve();
    let client = serving.client();
    let invitation = serving.invitation.clone().unwrap();
    let form = client.get(&invitation).expect(200).form("main form");
    let (email, password) = ("sec@example.org", "quiet lantern over the marsh 41");
    form.set("email", email).set("name", "Sec").set("password", password).press().expect(303);
    crate::harness::people::sign_in(&client, email, password).expect(303);
    let before = serving.peak_memory();
    let large = |n: usize| [PDF, &vec![u8::try_from(n).unwrap(); 10 * MEBIBYTE - 100]].concat();
    let sending: Vec<_> = (0..10)
        .map(|n| {
            let page = client.get(&format!("/norms/{NORM}/comments/new/general")).expect(200);
            let form = page.form(COMPOSER).set("rationale", "With a file.").set("publication", "named");
            let form = form.choose("attachment", &format!("{n}.pdf"), large(n));
            std::thread::spawn(move || form.go("check").expect(200).reads(".pdf").status)
        })
        .collect();
    for one in sending {
        assert_eq!(one.join().unwrap(), 200);
    }
    assert_eq!(program.database().count("attachments"), 10);
    let peak = serving.peak_memory();
    assert!(peak < 150 << 20, "{} MB, {} MB before", peak >> 20, before >> 20);
}
