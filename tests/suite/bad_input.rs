//! What forms and addresses must survive: each gets a page that says what to do, and nothing is lost or half-written.

use chrono::TimeDelta;

use crate::harness::comments::{COMPOSER, checked, send};
use crate::harness::form::Filled;
use crate::harness::{Backend, Client, Server, on_both};

const NORM: &str = "avoid-tampering";
const KIND: &str = "application/x-www-form-urlencoded";

fn encoded(form: &Filled) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form.values()).finish()
}

on_both! {
    fn a_session_that_ended_costs_no_text(server: Server) {
        let ada = server.stakeholder("ada");
        let long = "Paragraph one.\n\n  Indented \u{645}\u{631}\u{62d}\u{628}\u{627} & <b>100%</b> + \"q\" = \u{56fd}".repeat(20);
        let form = ada.wording_form(NORM, "should not").set("proposed_wording", "must not").set("rationale", &long);
        let form = form.set("publication", "organisation");
        for button in ["check", "send"] {
            server.pass(TimeDelta::days(15));
            let body = format!("{}&go={button}", encoded(&form));
            let kept = ada.post_bytes(form.action(), KIND, body.as_bytes()).expect(401).reads("Your session has ended").form("main form");
            let sign_in = kept.set("email", &ada.email);
            let wrong = sign_in.clone().set("password", "not the right one").press().expect(422).form("main form");
            let back = wrong.set("password", &ada.password).press().expect(200);
            let again = back.reads("as you left it").form("main form").press().expect(200).form(COMPOSER);
            assert_eq!(again.value("rationale").replace("\r\n", "\n"), long);
            assert_eq!(again.value("proposed_wording"), "must not");
            assert_eq!(again.value("publication"), "organisation");
            assert_eq!(again.value("form_id"), form.value("form_id"));
            assert_eq!(server.count("comments"), 0);
        }
        let fresh = ada.wording_form(NORM, "should not").value("csrf").to_owned();
        let receipt = send(&form.forge("csrf", &fresh));
        ada.get(&format!("/receipts/{receipt}")).reads("Paragraph one.");
    }

    fn without_its_token_a_composer_comes_back_as_it_was(server: Server) {
        let ada = server.stakeholder("ada");
        let form = checked(&ada.whole_form(NORM, "Typed before signing in again."));
        for csrf in ["", "AAAA", "\u{e9}"] {
            let answer = form.clone().forge("csrf", csrf).go("send");
            let again = answer.expect(200).form(COMPOSER);
            assert_eq!(again.value("rationale"), "Typed before signing in again.");
            assert_eq!(server.count("comments"), 0);
            assert_eq!(server.audited("comment.submitted"), 0);
        }
        let again = form.without("csrf").go("send").expect(200).form(COMPOSER);
        send(&again);
        assert_eq!(server.count("comments"), 1);
    }

    fn texts_at_their_limit_are_stored_to_the_letter(server: Server) {
        let ada = server.stakeholder("ada");
        // Four fields of 20,000 characters, three bytes each: the largest form there is.
        let full = "\u{570b}".repeat(20_000);
        let form = ada.lever_form(NORM, &full).set("example", &full).set("obstacles", &full).set("cost", &full);
        let reference = send(&form);
        let row = format!("comment_revisions WHERE action = '{full}' AND cost = '{full}'");
        assert_eq!(server.count(&row), 1);
        assert!(ada.get(&format!("/receipts/{reference}")).text().contains(&full));
        let marked = "e\u{301}".repeat(20_000);
        let reference = ada.comment_on_whole(NORM, &marked, "named");
        assert!(ada.get(&format!("/receipts/{reference}")).text().contains(&marked), "not normalised, not cut");
    }

    fn any_script_survives_the_whole_way(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let texts = [
            "\u{627}\u{644}\u{633}\u{644}\u{627}\u{645} \u{639}\u{644}\u{64a}\u{643}\u{645} \u{2067}nested\u{2069}",
            "\u{4f60}\u{597d}\u{ff0c}\u{4e16}\u{754c}", "\u{928}\u{92e}\u{938}\u{94d}\u{924}\u{947}",
            "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467} \u{1f3f4}\u{e0067}\u{e0062}\u{e007f}", "a\u{0}b".trim_matches('a'),
        ];
        for text in texts.iter().filter(|text| !text.contains('\0')) {
            let reference = ada.comment_on_whole("botnets", text, "named");
            mo.publish(&reference);
            assert!(server.anonymous().get(&format!("/comments/{reference}")).text().contains(text), "{text}");
        }
    }
}

#[test]
fn what_is_not_text_is_refused_and_nothing_is_stored() {
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let form = checked(&ada.whole_form(NORM, "MARK"));
    let sound = format!("{}&go=send", encoded(&form));
    for (wrong, status) in [
        ("MARK%00", 400),
        ("%FF%FE", 400),
        ("MARK%C3", 400),
        ("%ED%A0%80", 400),
        ("%C0%80", 400),
        ("%F8%88%80%80%80", 400),
    ] {
        let body = sound.replace("MARK", wrong);
        ada.post_bytes(form.action(), KIND, body.as_bytes()).expect(status).reads("Nothing was changed");
    }
    ada.post_bytes(form.action(), KIND, b"csrf=\xff\xfe").expect(400);
    ada.post_bytes(form.action(), KIND, b"a\0b=1").expect(400);
    ada.post_bytes(form.action(), "multipart/form-data; boundary=x", sound.as_bytes()).expect(400);
    for kind in ["application/json", "text/plain", ""] {
        ada.post_bytes(form.action(), kind, sound.as_bytes()).expect(415);
    }
    let large = sound.replace("MARK", &"x".repeat(4 << 20));
    ada.post_bytes(form.action(), KIND, large.as_bytes()).expect(413).reads("still in the form");
    assert_eq!(server.count("comments"), 0);
    let body = format!("{sound}; charset=utf-8");
    ada.post_bytes(form.action(), "application/x-www-form-urlencoded; charset=UTF-8", body.as_bytes()).expect(200);
}

#[test]
fn what_is_not_there_is_not_found() {
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let csrf = ada.get("/sign-out").form("main form").value("csrf").to_owned();
    for path in [
        "/norms/none",
        "/norms/none/comments/new",
        "/norms/none/comments/new/general",
        "/norms/avoid-tampering/comments/new/none",
        "/norms/avoid-tampering/comments/new/",
        "/comments/none",
        "/comments/GCSC-N3-0000-0",
        "/receipts/none",
        "/my-comments/none",
        "/none",
        "/static/none.css",
        "/static/../Cargo.toml",
        "/static/%2e%2e/Cargo.toml",
        "/norms/%00",
        "//",
        "/NORMS/avoid-tampering",
    ] {
        let answer = ada.get(path);
        assert!(matches!(answer.status, 404 | 400), "{path}: {}", answer.status);
    }
    for path in
        ["/norms/none/comments/new/general", "/norms/avoid-tampering/comments/new/none", "/my-comments/none/correction"]
    {
        ada.post(path, &[("csrf", &csrf), ("go", "send"), ("version", "1"), ("rationale", "x")]).expect(404);
    }
    ada.post("/", &[("csrf", &csrf)]).expect(405);
    ada.post("/healthz", &[]).expect(405);
    assert!(ada.get("/my-comments?after=nonsense").status == 400);
}

on_both! {
    fn ids_and_numbers_at_their_edges_are_refused(server: Server) {
        let (ada, sec) = (server.stakeholder("ada"), server.secretariat("sec"));
        let form = checked(&ada.whole_form(NORM, "x"));
        for id in ["", "x", "0", "-1", "018f0000", &"a".repeat(5_000), "018f0000-0000-7000-8000-00000000000g", "{}"] {
            form.clone().forge("form_id", id).go("send").expect(400);
        }
        let reference = ada.comment_on_whole(NORM, "Mine.", "named");
        let page = ada.get(&format!("/my-comments/{reference}/withdrawal")).form(COMPOSER);
        for version in ["", "x", "1.0", "9223372036854775808", "-9223372036854775809", " "] {
            page.clone().forge("version", version).press().expect(400);
        }
        for version in ["0", "-1", "2", "9223372036854775807"] {
            page.clone().forge("version", version).press().expect(409);
        }
        for path in ["exports/x", "exports/0", "exports/018f0000-0000-7000-8000-000000000000", "exports/x/file"] {
            sec.get(&format!("/secretariat/{path}")).expect(404);
        }
        assert_eq!(server.count("comments WHERE state = 'pending'"), 1);
        // The same field twice: the first that holds something counts.
        let csrf = form.value("csrf");
        let twice = [
            ("csrf", csrf),
            ("form_id", form.value("form_id")),
            ("go", "send"),
            ("publication", "named"),
            ("rationale", ""),
            ("rationale", "First."),
            ("rationale", "Second."),
        ];
        ada.post(form.action(), &twice).expect(303);
        assert_eq!(server.count("comment_revisions WHERE rationale = 'First.'"), 1);
    }
}

#[test]
fn each_error_of_a_composer_is_named_at_its_field_and_nothing_typed_is_lost() {
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let long = "e\u{301}\n".repeat(10_001);
    let form = ada.wording_form(NORM, "should not").set("rationale", &long).set("evidence", "example.org/paper");
    let answer = form.go("check").expect(422);
    let errors = answer.errors();
    assert_eq!(errors.len(), 4, "{errors:?}");
    assert!(errors.iter().any(|error| error.contains("20000") && error.contains("20001")), "{errors:?}");
    assert!(errors.iter().any(|error| error.contains("same words as now")), "{errors:?}");
    assert!(answer.title().starts_with("Error: "));
    let kept = answer.form(COMPOSER);
    assert_eq!(kept.value("rationale").replace("\r\n", "\n"), long);
    assert_eq!(kept.value("evidence"), "example.org/paper");
    for same in ["should not", "should  not", " should\nnot "] {
        let form = ada.wording_form(NORM, "should not").set("proposed_wording", same).set("rationale", "x");
        form.set("publication", "named").go("check").expect(422).reads("same words as now");
    }
    let empty = ada.wording_form(NORM, "should not").set("proposed_wording", " ").set("rationale", " \n ");
    let errors = empty.set("publication", "named").go("check").expect(422).errors();
    assert_eq!(errors.len(), 2, "{errors:?}");
    let empty = ada.get("/norms/botnets/comments/new/lever").form(COMPOSER);
    assert_eq!(empty.go("check").expect(422).errors().len(), 4);
    let whole = ada.get("/norms/botnets/comments/new/general").form(COMPOSER);
    assert_eq!(whole.go("check").expect(422).errors().len(), 2);
    for (name, value) in [("actor", "kings"), ("instrument", "magic"), ("publication", "everywhere")] {
        ada.lever_form(NORM, "x").forge(name, value).go_unseen("send").expect(422);
    }
    // Skipping the page to check does not skip the checks.
    ada.whole_form(NORM, " ").go_unseen("send").expect(422);
    assert_eq!(server.count("comments"), 0);
}

#[test]
fn forms_of_somebody_who_is_not_signed_in_lead_to_the_sign_in_and_back() {
    let server = Server::start(Backend::Sqlite);
    let reader: Client = server.anonymous();
    let answer = reader.get("/norms/avoid-tampering/comments/new/wording?clause=b").expect(303);
    assert_eq!(answer.location(), "/sign-in?next=%2Fnorms%2Favoid-tampering%2Fcomments%2Fnew%2Fwording%3Fclause%3Db");
    let ada = server.stakeholder("ada");
    ada.sign_out();
    let form = ada.get(&answer.location()).form("main form").set("email", &ada.email).set("password", &ada.password);
    form.press().expect(303).follow().expect(200).reads("nor allow them");
}
