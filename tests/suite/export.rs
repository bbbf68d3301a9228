//! Exports: what each edition holds in each format, as other programs read it; the Secretariat's page of them.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::TimeDelta;
use serde_json::Value;

use crate::formats::reader::read_elsewhere;
use crate::harness::comments::{COMPOSER, send};
use crate::harness::{Person, Program, Server, on_both};

const NORM: &str = "avoid-tampering";

/// Texts that a spreadsheet would run, that a format could break on, or that must come through to the letter.
const TEXTS: [&str; 8] = [
    "=HYPERLINK(\"http://evil.example\",\"x\")",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A2)",
    "a \"quoted\", 'single'; and\ntwo lines",
    "\u{645}\u{631}\u{62d}\u{628}\u{627} \u{202b}bidi\u{202c} \u{4f60}\u{597d} \u{1f469}\u{200d}\u{1f467}",
    "'=1 begins with an apostrophe",
    "<b>&amp; ]]>\u{2028}end",
];

/// A cell as text.
fn text(cell: &Value) -> String {
    cell.as_str().map_or_else(|| cell.to_string(), str::to_owned)
}

/// The rows of a file of comments as another program reads it, its headings first.
fn rows(read: &Value) -> &[Value] {
    let table = read.get("rows").unwrap_or_else(|| &read["sheets"]["Comments"]);
    table.as_array().unwrap()
}

/// The texts of one column.
fn column(read: &Value, name: &str) -> Vec<String> {
    let [headings, rows @ ..] = rows(read) else { panic!("no headings") };
    let headings = headings.as_array().unwrap();
    let at = headings.iter().position(|cell| cell == name).unwrap_or_else(|| panic!("no column {name}"));
    rows.iter().map(|row| text(&row[at])).collect()
}

/// How many cells a spreadsheet would run.
fn formulas(read: &Value) -> u64 {
    let runs = |cell: &&Value| text(cell).starts_with(['=', '+', '-', '@', '\t', '\r']);
    let in_csv = || rows(read)[1..].iter().flat_map(|row| row.as_array().unwrap()).filter(runs).count() as u64;
    read["formulas"].as_u64().unwrap_or_else(in_csv)
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(norm_portal::ids::sha256(bytes))
}

/// References by what became of them.
struct Comments {
    named: Vec<String>,
    organisation: String,
    commission: String,
}

fn comments(server: &Server) -> Comments {
    let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
    let named: Vec<_> = TEXTS.iter().map(|text| ada.comment_on_whole(NORM, text, "named")).collect();
    let organisation = ada.propose_lever("botnets", "By the organisation.", "organisation");
    let commission = ada.comment_on_whole("botnets", "For the Commission alone.", "commission");
    named.iter().chain([&organisation, &commission]).for_each(|reference| mo.publish(reference));
    let other = |words: &str| ada.comment_on_whole("botnets", words, "named");
    other("Never to be exported: pending.");
    let (returned, declined) = (other("Never to be exported: returned."), other("Never to be exported: declined."));
    mo.decide(&returned, "return", "", "Say more.").expect(303);
    mo.decide(&declined, "decline", "off-topic", "").expect(303);
    let withdrawn = other("Never to be exported: withdrawn.");
    ada.get(&format!("/my-comments/{withdrawn}/withdrawal")).form(COMPOSER).press().expect(303);
    Comments { named, organisation, commission }
}

fn exported(program: &Program, edition: &str, format: &str, more: &[&str]) -> std::path::PathBuf {
    let out = program.data_dir().join(format!("{edition}.{format}"));
    let path = out.to_str().unwrap();
    program.done(&[&["export", "--edition", edition, "--format", format, "--out", path], more].concat());
    out
}

fn manifest_of(path: &Path) -> Value {
    let beside = format!("{}.manifest.json", path.display());
    serde_json::from_slice(&std::fs::read(beside).unwrap()).unwrap()
}

/// Every text as the public edition may hold it: no name where only the organisation is public.
fn assert_holds(read: &Value, comments: &Comments, edition: &str, server: &Server) {
    let public = edition == "public";
    let references: BTreeSet<_> = column(read, "reference").into_iter().collect();
    let mut expected: BTreeSet<_> = comments.named.iter().chain([&comments.organisation]).cloned().collect();
    if !public {
        expected.insert(comments.commission.clone());
    }
    assert_eq!(references, expected);
    let all = read.to_string();
    for never in ["Never to be exported", "ada@example.org", "mo@example.org", "Mo Synthetic"] {
        assert!(!all.contains(never), "{never}");
    }
    assert_eq!(all.contains("For the Commission alone."), !public);
    for (reference, name) in column(read, "reference").into_iter().zip(column(read, "author_name")) {
        let hidden = public && reference == comments.organisation;
        assert_eq!(name, if hidden { "" } else { "Ada Synthetic" }, "{reference}");
    }
    let confidential = column(read, "confidential").iter().filter(|cell| *cell == "yes").count();
    assert_eq!(confidential, usize::from(!public));
    for (reference, link) in column(read, "reference").iter().zip(column(read, "permalink")) {
        assert_eq!(link, format!("{}/comments/{reference}", server.origin));
    }
    assert_eq!(formulas(read), 0, "no cell is run");
}

/// An export of what waits, as CSV; the address of the job that made it.
fn made(server: &Server, sec: &Person) -> String {
    let form = sec.get("/secretariat/exports").expect(200).form("main form").set("edition", "commission");
    let job = form.set("format", "csv").set("status", "pending").press().expect(303).location();
    assert_eq!(server.clerk_round(), 1);
    job
}

on_both! {
    fn each_edition_holds_in_each_format_exactly_what_it_may(server: Server) {
        let comments = comments(&server);
        let program = Program::beside(&server);
        for edition in ["public", "commission"] {
            let lines = std::fs::read_to_string(exported(&program, edition, "jsonl", &[])).unwrap();
            let json: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            let mut rows_digests = BTreeSet::new();
            for format in ["csv", "xlsx", "jsonl"] {
                let path = exported(&program, edition, format, &[]);
                let manifest = manifest_of(&path);
                assert_eq!(manifest["sha256"], sha256(&std::fs::read(&path).unwrap()));
                rows_digests.insert(manifest["rows_sha256"].to_string());
                let (rows, left) = if edition == "public" { (9, 5) } else { (10, 4) };
                assert_eq!(manifest["rows"], rows);
                let left_out: i64 = manifest["left_out"].as_object().unwrap().values().filter_map(Value::as_i64).sum();
                assert_eq!(left_out, left, "{manifest}");
                assert_eq!(manifest["requested_by"], "operator");
                if format == "jsonl" {
                    continue;
                }
                let read = read_elsewhere(&path);
                assert_holds(&read, &comments, edition, &server);
                // The same rows in the same order as the lines, to the letter but for the apostrophe of a CSV file.
                let plain = |cell: &String| match (format, cell.strip_prefix('\'')) {
                    ("csv", Some(rest)) if rest.trim_start_matches('\'').starts_with(['=', '+', '-', '@']) => rest.to_owned(),
                    _ => cell.clone(),
                };
                for name in ["reference", "rationale", "action", "submitted_at", "text_sha256", "quote", "norm", "norm_number"] {
                    let cells: Vec<_> = column(&read, name).iter().map(plain).collect();
                    assert_eq!(cells, json.iter().map(|line| text(&line[name])).collect::<Vec<_>>(), "{format} {name}");
                }
                for said in TEXTS {
                    assert!(column(&read, "rationale").iter().any(|cell| plain(cell) == said), "{format}: {said:?}");
                }
            }
            assert_eq!(rows_digests.len(), 1, "the same rows in every format");
        }
        assert_eq!(server.audited("export.made"), 8);
        server.assert_audit_holds();
    }

    fn an_export_is_narrowed_to_a_norm_or_to_another_status(server: Server) {
        let comments = comments(&server);
        let program = Program::beside(&server);
        let read = read_elsewhere(&exported(&program, "commission", "csv", &["--norm", "botnets", "--bom"]));
        assert_eq!(column(&read, "reference").len(), 2);
        assert!(column(&read, "reference").contains(&comments.commission));
        let raw = std::fs::read(program.data_dir().join("commission.csv")).unwrap();
        assert!(raw.starts_with(b"\xef\xbb\xbfreference,"));
        let read = read_elsewhere(&exported(&program, "commission", "csv", &["--status", "declined"]));
        assert_eq!(column(&read, "status"), ["declined"]);
        for (more, status) in [
            (&["--status", "pending"][..], 2),
            (&["--norm", "none"], 2),
        ] {
            let out = program.data_dir().join("never.csv");
            let arguments = [&["export", "--edition", "public", "--format", "csv", "--out", out.to_str().unwrap()], more].concat();
            assert_eq!(program.run(&arguments).status.code(), Some(status), "{more:?}");
            assert!(!out.exists());
        }
        let nowhere = ["export", "--edition", "public", "--format", "csv", "--out", "/proc/none/x.csv"];
        assert_eq!(program.run(&nowhere).status.code(), Some(1));
    }

    fn the_secretariat_asks_for_a_file_and_takes_it_away(server: Server) {
        let comments = comments(&server);
        let (sec, mo) = (server.secretariat("sec"), server.moderator("second"));
        for format in ["csv", "jsonl", "xlsx"] {
            let form = sec.get("/secretariat/exports").expect(200).form("main form");
            let asked = form.set("edition", "commission").set("format", format).press().expect(303);
            let job = asked.location();
            asked.follow().expect(200).reads("Waiting");
            sec.get(&format!("{job}/file")).expect(404);
            let watched = sec.get(&format!("{job}?watch=yes")).expect(200);
            assert_eq!(watched.header("refresh"), Some("3"));
            assert_eq!(server.clerk_round(), 1);
            let done = sec.get(&format!("{job}?watch=yes")).expect(200);
            done.reads("Ready").reads("10");
            assert_eq!(done.header("refresh"), None);
            let file = sec.get(&format!("{job}/file")).expect(200);
            let name = format!("norm-portal-commission-2026-11-23.{format}");
            assert_eq!(file.header("content-disposition"), Some(format!("attachment; filename=\"{name}\"").as_str()));
            assert_eq!(file.header("cache-control"), Some("no-store"));
            let path = server.data_dir().join(&name);
            std::fs::write(&path, &file.body).unwrap();
            if format != "jsonl" {
                assert_holds(&read_elsewhere(&path), &comments, "commission", &server);
            }
            let manifest: Value = serde_json::from_slice(&sec.get(&format!("{job}/manifest")).expect(200).body).unwrap();
            assert_eq!(manifest["sha256"], sha256(&file.body));
            assert_eq!(manifest["requested_by"], sec.name.as_str());
            for path in ["", "/file", "/manifest"] {
                mo.get(&format!("{job}{path}")).expect(403);
                server.anonymous().get(&format!("{job}{path}")).expect(303);
            }
        }
        assert_eq!(server.audited("export.requested"), 3);
        assert_eq!(server.audited("export.downloaded"), 3);
        server.assert_audit_holds();
    }

    fn a_file_is_fetched_on_from_where_the_connection_broke(server: Server) {
        let sec = server.secretariat("sec");
        server.stakeholder("ada").comment_on_whole("avoid-tampering", "Words.", "named");
        let job = made(&server, &sec);
        let file = format!("{job}/file");
        let whole = sec.get(&file).expect(200);
        let (tag, length) = (whole.header("etag").unwrap().to_owned(), whole.body.len());
        assert_eq!(whole.header("accept-ranges"), Some("bytes"));
        let rest = sec.get_with(&file, &[("Range", "bytes=20-"), ("If-Range", &tag)]).expect(206);
        assert_eq!(rest.header("content-range"), Some(format!("bytes 20-{}/{length}", length - 1).as_str()));
        assert_eq!(rest.body, whole.body[20..]);
        assert_eq!(sec.get_with(&file, &[("Range", "bytes=3-9")]).expect(206).body, whole.body[3..10]);
        let other = sec.get_with(&file, &[("Range", "bytes=20-"), ("If-Range", "\"other\"")]).expect(200);
        assert_eq!(other.body, whole.body, "a part of one file is not put behind another");
        let beyond = sec.get_with(&file, &[("Range", &format!("bytes={length}-"))]).expect(416);
        assert_eq!(beyond.header("content-range"), Some(format!("bytes */{length}").as_str()));
        assert_eq!(server.audited("export.downloaded"), 5, "each time somebody got something, or tried to");
        server.anonymous().get_with(&file, &[("Range", "bytes=20-")]).expect(303);
    }

    fn a_finished_file_is_kept_for_a_time_and_what_it_held_stays_known(server: Server) {
        let sec = server.secretariat("sec");
        server.stakeholder("ada").comment_on_whole("avoid-tampering", "Words.", "named");
        let job = made(&server, &sec);
        sec.get(&job).expect(200).reads("Kept until").reads("SHA-256");
        server.pass(TimeDelta::days(29));
        server.keeper_round();
        sec.sign_in();
        sec.get(&format!("{job}/file")).expect(200);
        server.pass(TimeDelta::days(2));
        let folder = server.data_dir().join("exports");
        let left = || std::fs::read_dir(&folder).unwrap().count();
        assert_ne!(left(), 0);
        sec.sign_in();
        sec.get(&format!("{job}/file")).expect(410);
        server.keeper_round();
        assert_eq!(left(), 0, "the manifest beside it goes too");
        sec.get(&job).expect(200).reads("not kept any more").reads("SHA-256");
        sec.get(&format!("{job}/file")).expect(410);
        sec.get(&format!("{job}/manifest")).expect(200);
        assert_eq!(server.audited("export.downloaded"), 1);
    }
}

#[test]
fn a_wrong_request_for_a_file_is_named_at_its_field() {
    let server = Server::start(crate::harness::Backend::Sqlite);
    let sec = server.secretariat("sec");
    let form = || sec.get("/secretariat/exports").form("main form");
    form().set("edition", "public").set("status", "pending").press().expect(422).reads("holds published comments only");
    for (name, value) in [("edition", "all"), ("format", "pdf"), ("norm", "none"), ("status", "none")] {
        let answer = form().forge(name, value).press().expect(422);
        assert_eq!(answer.errors().len(), 1, "{name}: {:?}", answer.errors());
    }
    assert_eq!(server.count("jobs"), 0);
}

#[test]
fn a_text_longer_than_a_cell_goes_on_in_the_workbook() {
    let server = Server::start(crate::harness::Backend::Sqlite);
    let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
    // 20,000 characters of two UTF-16 units each: more than the 32,767 that a cell holds.
    let long = "\u{1f600}".repeat(20_000);
    let reference = send(&ada.whole_form(NORM, &long));
    mo.publish(&reference);
    let program = Program::beside(&server);
    let path = exported(&program, "public", "xlsx", &[]);
    let manifest = manifest_of(&path);
    assert_eq!(manifest["cells_continued"], 1);
    let read = read_elsewhere(&path);
    assert_eq!(column(&read, "rationale")[0].chars().count(), 16_383);
    let read = read_elsewhere(&exported(&program, "public", "csv", &[]));
    assert_eq!(column(&read, "rationale"), [long]);
}
