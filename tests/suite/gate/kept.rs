//! What a form had in it when its sender met the gate.

use super::{at_gate, closed, gated, worked};
use crate::harness::comments::COMPOSER;
use crate::harness::{Backend, on_both};

on_both! {
    fn a_form_that_was_open_before_comes_back_and_is_sent(backend: Backend) {
        let server = gated(backend, |_| {});
        let eve = server.anonymous();
        let reference = server.stakeholder("ada").comment_on_whole("botnets", "In another's name.", "named");
        let form = eve.get("/name-report").expect(200).form("main form").set("reference", &reference);
        let (name, email) = ("Zo\u{eb} <b>Synthetic</b>", "zoe@example.org");
        let form = form.set("name", name).set("email", email).set("text", "Two lines\nof \"words\" & more.");
        let _sec = closed(&server);
        let page = form.press();
        page.reads("What you typed is kept on this page");
        let passed = worked(at_gate(&page)).press().expect(200);
        passed.reads("You can go on");
        let again = passed.form("main form");
        assert_eq!((again.action(), again.value("name"), again.value("email")), ("/name-report", name, email));
        assert_eq!(server.count("name_reports"), 0);
        let sent = again.press();
        assert!(matches!(sent.status, 200 | 303), "{}: {:?}", sent.status, sent.errors());
        assert_eq!(server.count("name_reports"), 1);
    }

    fn passwords_are_typed_again(backend: Backend) {
        let server = gated(backend, |_| {});
        let ada = server.stakeholder("ada");
        let (bob, registration) = server.registration("bob");
        let eve = server.anonymous();
        let sign_in = eve.get("/sign-in?next=/account").form("main form");
        let _sec = closed(&server);
        let page = sign_in.set("email", &ada.email).set("password", &ada.password).press();
        page.lacks(&ada.password).lacks("quiet+lantern");
        let shown = worked(at_gate(&page)).press().expect(200).form("main form").press().expect(422);
        assert_eq!(shown.errors(), ["Enter your password"]);
        let form = shown.form("main form");
        assert_eq!(form.value("email"), ada.email);
        assert_eq!(form.set("password", &ada.password).press().expect(303).location(), "/account");
        let page = registration.press();
        page.lacks(&bob.password);
        let shown = worked(at_gate(&page)).press().expect(200).form("main form").press().expect(422);
        let form = shown.form("main form");
        assert_eq!((form.value("name"), form.value("country")), (bob.name.as_str(), "NL"));
        form.set("password", &bob.password).press().expect(200);
        server.mail_to(&bob.email);
    }

    fn a_comment_whose_session_ended_goes_through_gate_and_sign_in(backend: Backend) {
        let server = gated(backend, |_| {});
        let ada = server.stakeholder("ada");
        let form = ada.whole_form("botnets", "Line one.\n<b>Line two</b>.").go("check").expect(200).form(COMPOSER);
        server.execute("DELETE FROM sessions");
        let _sec = closed(&server);
        let page = form.go("send");
        let passed = worked(at_gate(&page)).press().expect(200);
        let page = passed.form("main form").press().expect(401);
        let signed_in = page.form("main form").set("email", &ada.email).set("password", &ada.password).press().expect(200);
        let form = signed_in.form("main form").press().expect(200).form(COMPOSER);
        form.go("check").expect(200).form(COMPOSER).go("send").expect(303);
        assert_eq!(server.count("comments"), 1);
    }

    fn a_form_of_another_site_is_not_shown_and_leads_nowhere(backend: Backend) {
        let server = gated(backend, |_| {});
        let _sec = closed(&server);
        let eve = server.anonymous();
        let body = b"name=planted+words";
        let form = "application/x-www-form-urlencoded";
        for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
            let answer = eve.post_with("/name-report", &[("content-type", form), (name, value)], body).expect(403);
            answer.reads("This page is too old").lacks("planted words");
        }
        let form = worked(at_gate(&eve.get("/register")));
        eve.post("/gate", &form.clone().without("csrf").values()).expect(403).reads("This page is too old");
        for (next, carry_to) in [
            ("//evil.example", ""), ("https://evil.example/", ""), ("/\\evil.example", ""),
            ("", "https://evil.example/register"), ("", "//evil.example/register"), ("", "/sign-out"), ("", "/gate"),
            ("", "/nothing/there"),
        ] {
            eve.set_cookie("pass", None);
            let form = worked(at_gate(&eve.get("/register"))).forge("next", next).forge("carry_to", carry_to);
            let answer = form.forge("carried", "go=send").press().expect(303);
            assert_eq!(answer.location(), "/", "{next} {carry_to}");
        }
    }
}
