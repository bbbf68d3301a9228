//! Who may still read the words: the author at once, the Secretariat once it is written down, nobody else.

use std::path::Path;

use chrono::TimeDelta;

use super::{audited, published, take_out};
use crate::after_sending::Unpacked;
use crate::harness::{Server, on_both};

on_both! {
    fn the_original_is_shown_after_it_is_written_down(server: Server) {
        let (ada, mo, sec) = (server.stakeholder("ada"), server.moderator("mo"), server.secretariat("sec"));
        let reference = published(&ada, &mo, "Ask Jan Qwertz about it.");
        let path = format!("/secretariat/comments/{reference}/original");
        sec.get(&path).expect(404);
        take_out(&mo, &reference, "Jan Qwertz");
        for somebody in [&ada, &mo] {
            somebody.get(&path).expect(403).lacks("Qwertz");
        }
        let page = sec.get(&path).expect(200);
        page.lacks("Qwertz");
        assert_eq!(audited(&server, "comment.original_read"), 0, "the form tells nothing");
        page.form("main form").press().expect(422).lacks("Qwertz");
        page.form("main form").forge("purpose", "curiosity").press().expect(422).lacks("Qwertz");
        assert_eq!(audited(&server, "comment.original_read"), 0);
        let shown = page.form("main form").set("purpose", "check").press().expect(200);
        shown.reads("Ask Jan Qwertz about it.");
        assert_eq!(shown.header("cache-control"), Some("no-store"));
        assert_eq!(audited(&server, "comment.original_read"), 1);
        assert_eq!(server.count("audit_log WHERE detail LIKE '%\"purpose\":\"check\"%' AND detail NOT LIKE '%Qwertz%'"), 1);
        // A log that can't be written shows nothing.
        refuse_audit(&server);
        page.form("main form").set("purpose", "check").press().expect(500).lacks("Qwertz");
    }

    fn its_author_sees_what_was_taken_out_and_keeps_it(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reference = published(&ada, &mo, "Ask Jan Qwertz about it.");
        let digest = Unpacked::read(&ada.get(&format!("/receipts/{reference}/file")).expect(200).body)
            .digest(&format!("{reference}.json")).to_owned();
        take_out(&mo, &reference, "Jan Qwertz");
        let own = ada.get(&format!("/my-comments/{reference}")).expect(200);
        own.reads("What was taken out and why").reads("Jan Qwertz").reads("Third party's personal data");
        own.reads("Ask [redacted: third party's personal data] about it.");
        let pack = Unpacked::read(&ada.get("/account/data/file").expect(200).body);
        let comments = pack.json("comments.json");
        assert_eq!(comments[0]["revisions"][0]["text"]["rationale"], "Ask Jan Qwertz about it.");
        assert_eq!(comments[0]["redactions"][0]["taken_out"][0]["words"], "Jan Qwertz");
        // The receipt is of what was sent, and its digest is still right for its author.
        let receipt = Unpacked::read(&ada.get(&format!("/receipts/{reference}/file")).expect(200).body);
        assert_eq!(receipt.digest(&format!("{reference}.json")), digest);
        assert!(receipt.text("receipt.txt").contains("Jan Qwertz"));
        let check = format!("/verify?reference={reference}&sha256={digest}");
        ada.get(&check).expect(200).reads("exactly this text").reads("1 passage was taken out");
        mo.get(&check).expect(200).lacks("exactly this text");
        // Nobody else can try words out by their digest: a right guess and a wrong one are answered alike.
        let (reader, eve) = (server.anonymous(), server.stakeholder("eve"));
        let wrong = reader.get(&format!("/verify?reference={reference}&sha256={}", "0".repeat(64))).expect(200);
        assert_eq!(reader.get(&check).expect(200).reads("published with redactions").one(".notice"), wrong.one(".notice"));
        eve.get(&check).expect(200).lacks("exactly this text");
        let left = hex::encode(norm_portal::ids::sha256(
            br#"{"kind":"general","rationale":"Ask [redacted: third party's personal data] about it.","evidence":""}"#,
        ));
        reader.get(&format!("/verify?reference={reference}&sha256={left}")).expect(200).reads("This is the text that is published");
        let exported = server.anonymous().get(&format!("/api/v1/comments/{reference}")).expect(200);
        assert!(exported.text().contains("\"redactions\":1"), "{}", exported.text());
    }

    fn a_file_made_before_is_given_to_nobody(server: Server) {
        let (ada, mo, sec) = (server.stakeholder("ada"), server.moderator("mo"), server.secretariat("sec"));
        let reference = published(&ada, &mo, "Ask Jan Qwertz about it.");
        let export = || {
            server.pass(TimeDelta::seconds(1));
            let form = sec.get("/secretariat/exports").expect(200).form("main form").set("edition", "public");
            let job = form.set("format", "csv").press().expect(303).location();
            assert_eq!(server.clerk_round(), 1);
            job
        };
        let before = export();
        assert!(sec.get(&format!("{before}/file")).expect(200).text().contains("Jan Qwertz"));
        server.pass(TimeDelta::seconds(1));
        take_out(&mo, &reference, "Jan Qwertz");
        sec.get(&before).expect(200).reads("not given out any more");
        sec.get(&format!("{before}/file")).expect(410).lacks("Qwertz");
        let after = export();
        let file = sec.get(&format!("{after}/file")).expect(200).text();
        assert!(file.contains("[redacted: third party's personal data]") && !file.contains("Qwertz"), "{file}");
    }

    fn a_deleted_account_leaves_no_name_in_an_original(server: Server) {
        let mo = server.moderator("mo");
        let ada = server.stakeholder_with("ada", |form| form.set("on_behalf_of", "myself"));
        let reference = published(&ada, &mo, "Ask Jan Qwertz about it.");
        take_out(&mo, &reference, "Jan Qwertz");
        let form = ada.get("/account/deletion").expect(200).form("main form");
        form.set("understood", "yes").set("accepted", "keep").press().expect(303);
        assert_eq!(server.count("originals WHERE author_name = '' AND organisation IS NULL"), 1);
        let letters = server.mails().len();
        take_out(&mo, &reference, "about");
        server.anonymous().get(&format!("/comments/{reference}")).expect(200).lacks(&ada.name).lacks("about it");
        assert_eq!(server.mails().len(), letters, "there is nobody to write to");
    }
}

/// Makes every new audit entry fail, as a full disk would.
fn refuse_audit(server: &Server) {
    server.execute("UPDATE audit_head SET seq = 0");
}

#[test]
fn one_function_alone_reads_originals() {
    let mut readers = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if std::fs::read_to_string(&path).unwrap().contains("originals::") {
                readers.push(path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().display().to_string());
            }
        }
    }
    assert_eq!(readers, ["src/comments/redaction/store.rs"]);
    let store = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&readers[0])).unwrap();
    assert_eq!(store.matches("originals::body,").count(), 1, "one query selects them");
}
