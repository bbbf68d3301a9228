//! Archives that were changed, cut, blown up, or made for a portal that is not empty.

use std::io::{Cursor, Write as _};

use norm_portal::archive::read::ReadError;
use norm_portal::export::model::{Edition, Format};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Empty, archived, entries, files, filled};
use crate::harness::{Backend, Program, Server};

/// The archive with its entries changed.
fn changed(bytes: &[u8], change: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>>, more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries(bytes) {
        if let Some(content) = change(&name, content) {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(&content).unwrap();
        }
    }
    for (name, content) in more {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn replaced(content: Vec<u8>, from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(content).unwrap();
    assert!(text.contains(from), "{from}");
    text.replace(from, to).into_bytes()
}

/// The archive with other words in a part, and a list that fits them.
fn forged(bytes: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    let new = replaced(entries(bytes)[part].clone(), from, to);
    let digest = hex::encode(norm_portal::ids::sha256(&new));
    let mut index: serde_json::Value = serde_json::from_slice(&entries(bytes)["archive.json"]).unwrap();
    let listed = index["parts"].as_array_mut().unwrap().iter_mut().find(|it| it["file"] == part).unwrap();
    listed["sha256"] = digest.into();
    listed["bytes"] = new.len().into();
    let index = serde_json::to_vec(&index).unwrap();
    changed(
        bytes,
        |name, content| {
            Some(match name {
                "archive.json" => index.clone(),
                name if name == part => new.clone(),
                _ => content,
            })
        },
        &[],
    )
}

#[test]
fn what_is_hostile_is_refused_and_nothing_of_it_is_kept() {
    let server = Server::start(Backend::Sqlite);
    filled(&server);
    let sound = archived(&server, (server.db(), &files(&server)), Edition::Commission, Format::Archive);
    let index = |from: &'static str, to: &'static str| {
        changed(
            &sound,
            |name, content| Some(if name == "archive.json" { replaced(content, from, to) } else { content }),
            &[],
        )
    };
    let bomb = vec![b' '; 64 << 20];
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (b"no archive".to_vec(), "this is no archive"),
        (sound[..sound.len() / 2].to_vec(), "this is no archive"),
        (index("\"version\": 1", "\"version\": 2"), "of version 2"),
        (index("norm-portal-archive", "other"), "another format"),
        (index("\"edition\": \"commission\"", "\"edition\": \"all\""), "no such edition"),
        (index("comments.jsonl", "../comments.jsonl"), "other parts"),
        (
            changed(&sound, |_, content| Some(content), &[("../../etc/passwd", b"x")]),
            "\"../../etc/passwd\" has no place",
        ),
        (changed(&sound, |_, content| Some(content), &[("attachments/../x", b"x")]), "has no place"),
        (changed(&sound, |name, content| (name != "comments.jsonl").then_some(content), &[]), "no comments.jsonl"),
        (changed(&sound, |name, content| (name != "archive.json").then_some(content), &[]), "no archive.json"),
        (
            changed(
                &sound,
                |name, content| Some(if name == "comments.jsonl" { replaced(content, "Ada", "Eve") } else { content }),
                &[],
            ),
            "comments.jsonl is not what was written",
        ),
        (
            changed(&sound, |name, content| Some(if name == "comments.jsonl" { bomb.clone() } else { content }), &[]),
            "comments.jsonl unpacks to more",
        ),
        (
            changed(&sound, |name, content| Some(if name == "archive.json" { bomb.clone() } else { content }), &[]),
            "archive.json unpacks to more",
        ),
        (
            changed(
                &sound,
                |name, content| {
                    Some(if name.starts_with("attachments/") { b"%PDF-1.7\nother\n%%EOF".to_vec() } else { content })
                },
                &[],
            ),
            "is not what was written",
        ),
        (forged(&sound, "comments.jsonl", "\"reference\"", "\"referenz\""), "row 1 of comments.jsonl is no row"),
        (forged(&sound, "comments.jsonl", "{\"id\"", "{\"role\":\"secretariat\",\"id\""), "row 1 of comments.jsonl"),
        (
            forged(&sound, "audit_log.jsonl", "comment.published", "comment.pardoned"),
            "the audit log in the archive does not hold",
        ),
        (
            forged(&sound, "comments.jsonl", "\"state\":\"published\"", "\"state\":\"bogus\""),
            "the archive contradicts itself",
        ),
        (forged(&sound, "comments.jsonl", "\"revision\":1", "\"revision\":7"), "have the text that they name"),
        (
            forged(&sound, "comment_revisions.jsonl", "\"quote\":\"should not", "\"quote\":\"must not"),
            "quotes words that do not stand where it says",
        ),
        (forged(&sound, "comment_revisions.jsonl", "It waits: ", "It stays: "), "does not say what its receipt is of"),
        (forged(&sound, "issue_decisions.jsonl", "A duty has to bind.", " "), "the archive contradicts itself"),
    ];
    let empty = Empty::on(Backend::Sqlite);
    for (bytes, message) in cases {
        let refused = empty.read(&server, &bytes).expect_err(message).to_string();
        assert!(refused.contains(message), "{message}: {refused}");
        for table in ["consultations", "accounts", "comments", "audit_log", "attachments"] {
            assert_eq!(empty.rows().count(table), 0, "{message}: {table}");
        }
    }
    empty.read(&server, &sound).unwrap();
    assert!(matches!(empty.read(&server, &sound), Err(ReadError::NotEmpty)));
}

#[test]
fn the_command_line_writes_an_archive_and_reads_it_in() {
    let server = Server::start(Backend::Sqlite);
    let references = filled(&server);
    let (from, to) = (Program::beside(&server), Program::new(Backend::Sqlite));
    let file = from.data_dir().join("archive.zip");
    let file = file.to_str().unwrap();
    from.done(&["export", "--edition", "commission", "--format", "archive-addresses", "--out", file]);
    let told = to.done(&["import-archive", file]);
    assert!(told.contains("6 comments and 1 files, commission edition"), "{told}");
    assert!(to.done(&["verify-audit"]).contains("the chain holds"));
    let again = to.run(&["import-archive", file]);
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("not empty"));
    let refused = from.run(&["export", "--edition", "public", "--format", "archive-addresses", "--out", file]);
    assert_eq!(refused.status.code(), Some(2));
    let serving = to.serve();
    let reader = serving.client();
    reader.get(&format!("/comments/{}", references[0])).expect(200).reads("must not tamper");
    reader.get("/norms/avoid-tampering/outcome").expect(200).reads("A duty has to bind.");
    // Nobody signs in before a new password is set.
    let ada = server.stakeholder("late");
    let form = reader
        .get("/sign-in")
        .expect(200)
        .form("main form")
        .set("email", "ada@example.org")
        .set("password", &ada.password);
    assert_ne!(form.press().status, 303);
}
