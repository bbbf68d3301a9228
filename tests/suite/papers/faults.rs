//! Papers that are wrong, empty, long or strange: named in words, and nothing typed is lost.

use chrono::TimeDelta;

use super::documents::{self, multipart, send};
use super::{FORM, begun, headings};
use crate::harness::people::sign_in;
use crate::harness::{Backend, Server};

#[test]
fn a_document_that_can_not_be_read_is_named_and_the_rest_is_kept() {
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let docx = documents::docx();
    let compound = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0].as_slice();
    let encrypted = documents::encrypted_pdf();
    let crowded = [documents::crowded(documents::docx), documents::crowded(documents::odt)];
    let entity = documents::odt_with_entity();
    let (bomb, spaces) = (documents::bomb("x"), documents::bomb(" "));
    for (name, bytes, words) in [
        ("paper.docx", bomb.as_slice(), "more text than a position paper may have"),
        ("paper.docx", spaces.as_slice(), "more text than a position paper may have"),
        ("paper.docx", crowded[0].as_slice(), "more text than a position paper may have"),
        ("paper.odt", crowded[1].as_slice(), "more text than a position paper may have"),
        ("paper.odt", entity.as_slice(), "damaged"),
        ("paper.docx", docx.get(..docx.len() / 2).unwrap(), "no PDF, DOCX, ODT or TXT"),
        ("paper.pdf", b"<!DOCTYPE html><title>Paper</title>".as_slice(), "This is a web page"),
        ("paper.pdf", b"%PDF-1.7\n\x00\xff garbage".as_slice(), "damaged"),
        ("paper.pdf", documents::PDF.get(..20_000).unwrap(), "document"),
        ("paper.pdf", encrypted.as_slice(), "protected by a password"),
        ("paper.doc", compound, "old DOC format"),
        ("paper.txt", b"".as_slice(), "empty"),
        ("paper.txt", b" \n\n ".as_slice(), "No text was found"),
        ("paper.csv", b"a,b\n1,2\n".as_slice(), "This is a table"),
        ("paper.txt", b"\xff\xfe\x41\x00".as_slice(), "no PDF, DOCX, ODT or TXT"),
    ] {
        let answer = send(&ada, "Kept title", "", name, bytes);
        assert_eq!(answer.status, 422, "{name} {words}: {}", answer.errors().join(" "));
        answer.reads(words);
        assert_eq!(answer.form(FORM).value("title"), "Kept title");
        assert!(answer.title().starts_with("Error: "));
    }
    let large = vec![b'x'; 10 * 1024 * 1024 + 1];
    send(&ada, "Kept title", "", "paper.txt", &large).expect(422).reads("at most 10 MB");
    assert_eq!((server.count("drafts"), server.count("attachments")), (0, 0));
    // What can't be read can be sent along.
    send(&ada, "Kept title", "The text.", "paper.pdf", &encrypted).expect(303).follow().reads("paper.pdf");
    assert_eq!(server.count("attachments"), 1);
}

#[test]
fn nothing_white_space_and_too_much_are_named() {
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let form = || ada.get("/submissions/paper").expect(200).form(FORM);
    form().go("next").expect(422).reads("Give the paper a title").reads("Paste the text, or choose a document");
    form().set("title", "T").set("text", " \n\t\n ").go("next").expect(422).reads("Paste the text");
    form().set("title", &"t".repeat(201)).set("text", "x").go("next").expect(422).reads("200 characters");
    let long = "word ".repeat(20_001);
    let answer = form().set("title", "T").set("text", &long).go("next").expect(422);
    answer.reads("Shorten the text to 100000 characters; it has 100004 now");
    assert_eq!(answer.form(FORM).value("text").trim(), long.trim(), "nothing is cut");
    let answer = send(&ada, "T", "", "long.txt", long.as_bytes()).expect(422);
    assert_eq!(answer.form(FORM).value("text").trim(), long.trim(), "the text of a document is there to be shortened");
    assert_eq!(server.count("drafts"), 0);
}

#[test]
fn a_hundred_thousand_characters_in_a_hundred_parts_go_through_every_page() {
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let section =
        |n: usize| format!("\u{7b2c}\u{4e00}\u{7ae0} {n} \u{603b}\u{5219}\n\n{}\n\n", "\u{56fd}\u{5bb6}".repeat(490));
    let text: String = (100..200).map(section).collect();
    let page = begun(&ada, &text);
    let count = headings(&page).len();
    assert_eq!(count, 100);
    let form = (1..=count).fold(page.form(FORM), |form, n| {
        form.set(&format!("p{n}_role"), if n % 2 == 0 { "wording" } else { "general" })
            .set(&format!("p{n}_norm"), "botnets")
    });
    let details = form.go("next").expect(303).follow().expect(200).form(FORM);
    let details = (1..=count).step_by(2).fold(details, |form, n| {
        form.set(&format!("c{}_quote", n + 1), "botnets").set(&format!("c{}_proposed_wording", n + 1), "networks")
    });
    let check = details.go("next").expect(303).follow().expect(200).form(FORM);
    check.set("publication", "named").go("send").expect(303);
    assert_eq!(server.count("comments"), 100);
}

#[test]
fn three_hundred_headings_right_to_left_and_no_heading_are_divided() {
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let many: String = (1..=300).map(|n| format!("{n}. Heading of it\n\nText number {n}.\n\n")).collect();
    let page = begun(&ada, &many);
    let parts = headings(&page).len();
    assert!((40..=100).contains(&parts), "{parts}");
    let form = page.form(FORM);
    let all: String = (1..=parts).map(|n| form.value(&format!("p{n}_text")).to_owned()).collect();
    assert!((1..=300).all(|n| all.contains(&format!("Text number {n}."))));

    let arabic = "\u{627}\u{644}\u{645}\u{627}\u{62f}\u{629} \u{661}\n\n\u{646}\u{635}.\n\n\u{627}\u{644}\u{645}\u{627}\u{62f}\u{629} \u{662}\n\n\u{646}\u{635} \u{622}\u{62e}\u{631}.\n";
    assert_eq!(headings(&begun(&ada, arabic)).len(), 2);
    assert_eq!(headings(&begun(&ada, "One sentence and no heading at all, in one part.")).len(), 1);
}

#[test]
fn every_part_has_to_be_answered_and_what_is_typed_is_saved() {
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let page = begun(&ada, "# Norm 3\n\nOn it.\n\n# Other\n\nOn no norm.\n\n# Norm 4\n\nOn it.\n");
    let form = page.form(FORM).forge("p1_role", "before").set("p2_role", "general").set("p2_text", "Typed anew.");
    let wrong = form.go("next").expect(422);
    let errors = wrong.errors();
    assert_eq!(errors.len(), 3, "{errors:?}");
    for (error, words) in
        errors.iter().zip(["Part 1: There is no part before it", "Part 2: Choose the text", "Part 3: Say what it is"])
    {
        assert!(error.contains(words), "{error}");
    }
    assert_eq!(ada.get(&page.path).form(FORM).value("p2_text"), "Typed anew.", "a page with errors is saved too");
    let form = wrong.form(FORM);
    let none = ["p1_role", "p2_role", "p3_role"].iter().fold(form.clone(), |form, name| form.set(name, "out"));
    let form = none.go("next").expect(422).reads("No part is a comment yet").form(FORM);
    let long = form.set("p1_role", "general").set("p1_text", &"x".repeat(20_001)).go("next").expect(422);
    long.reads("Shorten it to 20000 characters; it has 20001 now");
    assert_eq!(long.form(FORM).value("p1_text").len(), 20_001);
    let form =
        long.form(FORM).set("p1_text", "").set("title", "").go("next").expect(422).reads("It has no text").form(FORM);
    form.set("title", "T").set("p1_text", "x").go("next").expect(303).follow().reads("1 comment.");
}

#[test]
fn a_session_that_ended_gives_the_text_back() {
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let page = begun(&ada, "# Norm 3\n\nOn it.\n");
    let form = page.form(FORM).set("p1_text", "Typed before the session ended.");
    server.pass(TimeDelta::days(15));
    let asked = form.go("next").expect(401);
    let carried = asked.form(FORM).set("email", &ada.email).set("password", &ada.password).press().expect(200);
    let back = carried.form(FORM).press().expect(200).form(FORM);
    assert_eq!(back.value("p1_text"), "Typed before the session ended.");
    back.go("save").expect(303);
    server.pass(TimeDelta::days(31));
    sign_in(&ada, &ada.email, &ada.password).expect(303);
    ada.get(&page.path).expect(404);
}

#[test]
fn only_while_comments_are_taken_and_only_ones_own() {
    let server = Server::start(Backend::Sqlite);
    let (ada, eve) = (server.stakeholder("ada"), server.stakeholder("eve"));
    let page = begun(&ada, "# Norm 3\n\nOn it.\n");
    let id = page.path.strip_prefix("/submissions/paper/").unwrap().to_owned();
    let csrf = eve.get("/submissions/paper").form(FORM).value("csrf").to_owned();
    let fields = [("csrf", csrf.as_str()), ("version", "1"), ("go", "send"), ("p1_text", "Mine now.")];
    let pages = ["/submissions/paper/{id}", "/submissions/paper/{id}/details", "/submissions/paper/{id}/check"];
    for page in pages.map(|page| page.replace("{id}", &id)) {
        eve.get(&page).expect(404);
        eve.post(&page, &fields).expect(404);
    }
    let form = page.form(FORM).set("p1_role", "general");
    let check = form.go("next").expect(303).follow().form(FORM).set("publication", "named");
    check.clone().forge("seen", "other").go("send").expect(422).reads("changed since this page was shown");
    let first = ada.get("/submissions/paper").form(FORM).set("title", "T").set("text", "Typed as it closed.");
    server.execute("UPDATE consultations SET closes_at = '2026-11-01 00:00:00'");
    check.go("send").expect(409).reads("Comments were taken until").reads("On it.");
    first.go("next").expect(409).reads("Typed as it closed.");
    ada.get(&page.path).expect(409).reads("On it.");
    ada.get("/submissions/paper").expect(409).reads("Comments were taken until");
    assert_eq!(server.count("comments"), 0);
}

#[test]
fn a_form_without_its_token_stores_nothing() {
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let form = ada.get("/submissions/paper").form(FORM).set("title", "T").set("text", "Typed.").forge("csrf", "AAAA");
    assert_eq!(form.go("next").expect(422).form(FORM).value("text").trim(), "Typed.");
    let (kind, body) = multipart(&[("title", "T")], "paper.txt", b"Text.");
    assert_eq!(ada.post_bytes("/submissions/paper", &kind, &body).status, 400);
    assert_eq!((server.count("drafts"), server.count("attachments")), (0, 0));
    let page = begun(&ada, "# Norm 3\n\nOn it.\n");
    let form = page.form(FORM).set("p1_text", "Changed.").forge("csrf", "AAAA");
    assert_eq!(form.go("save").expect(422).form(FORM).value("p1_text").trim(), "Changed.");
    assert!(ada.get(&page.path).form(FORM).value("p1_text").contains("On it."));
}
