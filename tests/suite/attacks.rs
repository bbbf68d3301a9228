//! What somebody tried in order to take an account, a word or the portal itself, and did not get.

use norm_portal::web::Role;

use crate::harness::people::{password, sign_in};
use crate::harness::{Backend, Server, on_both};

const RESET: &str = "/password/reset";
const KIND: &str = "application/x-www-form-urlencoded";

fn reset_link(server: &Server, email: &str) -> String {
    server.anonymous().get(RESET).form("main form").set("email", email).press().expect(200);
    server.link_in(&server.mail_to(email))
}

on_both! {
    fn a_stranger_who_registers_an_unconfirmed_address_again_gets_nothing_from_its_owners_link(server: Server) {
        let (ada, form) = server.registration("ada");
        form.press().expect(200);
        let own = server.link_in(&server.mail_to(&ada.email));
        let strange = "an entirely other phrase 99";
        form.set("password", strange).set("name", "Mallory").press().expect(200);
        ada.get(&own).form("main form").press().expect(303);
        sign_in(&server.anonymous(), &ada.email, strange).expect(422);
        sign_in(&ada, &ada.email, &ada.password).expect(303);
        let details = ada.get("/account").expect(200).form("form[action='/account']");
        assert_eq!(details.value("name"), ada.name);
    }

    fn a_new_password_ends_every_link_that_was_asked_for_before(server: Server) {
        let ada = server.stakeholder("ada");
        let form = ada.get("/account").form("form[action='/account/address']");
        form.set("email", "thief@example.org").press().expect(200);
        let move_away = server.link_in(&server.mail_to("thief@example.org"));
        let reset = reset_link(&server, &ada.email);
        let fresh = "three otters on a windy pier 7";
        ada.get(&reset).form("main form").set("password", fresh).press().expect(303);
        server.anonymous().get(&move_away).expect(410);
        sign_in(&ada, &ada.email, fresh).expect(303);
    }

    fn an_address_is_not_flooded_and_its_links_stay_good(server: Server) {
        let (ada, form) = server.registration("ada");
        for _ in 0..30 {
            form.press().expect(200);
        }
        let letters = server.mails_to(&ada.email);
        assert_eq!(letters.len(), 10);
        ada.get(&server.link_in(&letters[0])).form("main form").press().expect(303);
        assert!(reset_link(&server, &ada.email).starts_with(RESET), "a reset is not used up by registrations");
    }

    fn a_second_first_invitation_is_over_once_somebody_joined(server: Server) {
        let late = server.portal().first_invitation().unwrap().unwrap();
        server.secretariat("sec");
        let path = late.strip_prefix(&server.origin).unwrap().to_owned();
        let eve = server.anonymous();
        let form = eve.get(&path).expect(200).form("main form");
        form.set("email", "eve@example.org").set("name", "Eve").set("password", &password("eve")).press().expect(410);
        assert_eq!(server.count("accounts WHERE role = 'secretariat'"), 1);
    }

    fn an_invitation_takes_nobodys_account(server: Server) {
        let ada = server.stakeholder("ada");
        let link = server.invitation(&ada.email, "Ada", Role::Moderator);
        let eve = server.anonymous();
        let form = eve.get(&link).form("main form");
        form.clone().set("password", &password("eve")).press().expect(422).reads("present password");
        sign_in(&server.anonymous(), &ada.email, &ada.password).expect(303);
        form.set("password", &ada.password).press().expect(303);
        ada.get("/account").expect(303);
        sign_in(&ada, &ada.email, &ada.password).expect(303);
        let ada = ada.with_factor(&server);
        ada.get("/secretariat").expect(200);
    }

    fn a_moderators_words_outlive_the_session(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reference = ada.comment_on_whole("botnets", "Decide on me.", "named");
        let form = mo.verdict_form(&reference).set("outcome", "return").set("statement", "Which clause?");
        mo.elsewhere(&server).get("/sign-out").form("main form").press().expect(303);
        mo.sign_out();
        let kept = form.press().expect(401).reads("Your session has ended").form("main form");
        let asked = kept.set("email", &mo.email).set("password", &mo.password).press().expect(200);
        let back = mo.app().enter(&asked).expect(200);
        let again = back.form("main form").press().expect(200).form("main form[action*='/decision']");
        assert_eq!(again.value("statement"), "Which clause?");
        assert_eq!(server.count("decisions"), 0);
        again.press().expect(303);
        assert_eq!(server.count("decisions"), 1);
    }
}

#[test]
fn a_body_that_unpacks_or_has_endless_fields_is_refused_before_it_costs_anything() {
    let server = Server::start(Backend::Sqlite);
    let eve = server.anonymous();
    let packed = [("content-type", KIND), ("content-encoding", "br")];
    eve.post_with("/sign-in", &packed, b"\x8b\x7f\x80").expect(415);
    eve.post_bytes("/sign-in", KIND, "a&".repeat(5_000).as_bytes()).expect(400);
}

#[test]
fn one_letter_under_many_marks_is_not_one_letter() {
    let server = Server::start(Backend::Sqlite);
    let heavy = format!("a{}", "\u{301}".repeat(200_000));
    let (_, form) = server.registration("zalgo");
    form.set("name", &heavy).press().expect(422);
    let ada = server.stakeholder("ada");
    let comment = ada.whole_form("botnets", &heavy).set("publication", "named");
    comment.go("check").expect(422).reads("Shorten this");
}

#[test]
fn a_cursor_from_before_history_is_refused() {
    use base64::Engine as _;
    let server = Server::start(Backend::Postgresql);
    let ada = server.stakeholder("ada");
    for micros in [i64::MIN, -8_334_601_228_800_000_000, i64::MAX] {
        let id = "01a20612-26a2-77ad-98dd-011abb13aa0b";
        let after = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(format!("{micros}/{id}"));
        let status = ada.get(&format!("/my-comments?after={after}")).status;
        assert!(matches!(status, 200 | 400), "{micros}: {status}");
        let after = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(format!("0/{micros}/{id}"));
        ada.get(&format!("/norms/botnets?wording_after={after}")).expect(400);
    }
}
