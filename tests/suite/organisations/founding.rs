//! Founding an organisation: whose domain it may have, and whose name.

use super::people::{FOUNDING, PAGE, at, found, founding, join};
use crate::harness::{Backend, Server, on_both};

on_both! {
    fn the_founder_is_the_first_member_and_the_domain_is_that_of_their_address(server: Server) {
        let ada = at(&server, "ada", "ada@mfa.example");
        ada.get("/account").expect(200).reads("Found, join or see your organisation");
        let form = ada.get(PAGE).expect(200).form(FOUNDING).set("name", "Ministry of Examples").set("by_domain", "yes");
        // A domain is never typed.
        form.forge("domain", "gmail.com").press().expect(303).follow().reads("The organisation is founded");
        let page = ada.get(PAGE).expect(200);
        page.reads("Ministry of Examples").reads("Addresses at mfa.example").reads("First member");
        assert_eq!(server.count("organisations WHERE domain = 'mfa.example'"), 1);
        assert_eq!(server.count("memberships WHERE state = 'member' AND grounds = 'founder'"), 1);
        assert_eq!(server.audited("organisation.founded"), 1);
        // One organisation at a time.
        let token = ada.get("/sign-out").form("main form").value("csrf").to_owned();
        let fields = [("csrf", token.as_str()), ("name", "Another"), ("stakeholder_group", "government")];
        ada.post("/account/organisation/founding", &fields).expect(409);
        server.assert_audit_holds();
    }

    fn an_address_at_a_provider_gives_no_domain(server: Server) {
        let eve = at(&server, "eve", "eve@gmail.com");
        let page = eve.get(PAGE).expect(200);
        page.reads("gmail.com, where anybody can have one").lacks("name=\"by_domain\"");
        for (name, forged) in [("Eve's Friends", "yes"), ("Ministry of Examples (mfa.example)", "")] {
            let form = eve.get(PAGE).form(FOUNDING).set("name", name).forge("by_domain", forged);
            let answer = form.press().expect(422);
            assert!(answer.errors()[0].contains("where anybody can have one"), "{:?}", answer.errors());
            assert!(answer.errors()[0].contains("ask to join"), "{:?}", answer.errors());
            assert_eq!(answer.form(FOUNDING).value("name"), name, "what was typed is kept");
        }
        assert_eq!(server.count("organisations"), 0);
        found(&eve, "Eve's Friends", false);
        eve.get(PAGE).reads("Not confirmed").reads("has not confirmed the name yet");
        assert_eq!(server.count("organisations WHERE domain IS NULL AND confirmed_at IS NULL"), 1);
    }

    fn a_domain_of_others_in_the_name_is_refused(server: Server) {
        let eve = at(&server, "eve", "eve@evil.example");
        let answer = founding(&eve, "mfa.example", true).expect(422);
        assert!(answer.errors()[0].contains("mfa.example, and your confirmed address is not there"));
        found(&eve, "evil.example", true);
    }

    fn an_address_that_is_not_confirmed_gives_nothing(server: Server) {
        let eve = at(&server, "eve", "eve@gmail.com");
        let form = eve.get("/account").form("form[action='/account/address']");
        form.set("email", "eve@mfa.example").press().expect(200);
        let forged = eve.get(PAGE).form(FOUNDING).set("name", "Ministry").forge("by_domain", "yes");
        forged.press().expect(422);
        let ada = at(&server, "ada", "ada@mfa.example");
        found(&ada, "Ministry", true);
        join(&eve, "Ministry").expect(303).follow().reads("You have asked to join");
        assert_eq!(server.count("memberships WHERE state = 'member'"), 1);
    }

    fn a_name_and_a_domain_are_taken_once(server: Server) {
        let (ada, bob) = (at(&server, "ada", "ada@mfa.example"), at(&server, "bob", "bob@other.example"));
        found(&ada, "Ministry of Examples", true);
        for name in ["Ministry of Examples", " MINISTRY  of examples ", "Ministry of E\u{200b}xamples", "\u{ff2d}inistry of Examples"] {
            let answer = founding(&bob, name, true).expect(422);
            assert!(answer.errors()[0].contains("already") && answer.errors()[0].contains("ask to join"));
        }
        let cy = at(&server, "cy", "cy@mfa.example");
        cy.get(PAGE).reads("Ministry of Examples is here already").reads("join it by themselves");
        let answer = founding(&cy, "Unit of the Ministry", true).expect(422);
        assert!(answer.errors()[0].contains("Join it instead"), "{:?}", answer.errors());
        assert_eq!(server.count("organisations"), 1);
    }
}

#[test]
fn a_wrong_form_says_what_is_wrong_and_keeps_the_rest() {
    let server = Server::start(Backend::Sqlite);
    let ada = at(&server, "ada", "ada@mfa.example");
    let form = ada.get(PAGE).form(FOUNDING).set("by_domain", "yes");
    let answer = form.set("name", "").forge("stakeholder_group", "kings").forge("country", "ZZ").press().expect(422);
    assert_eq!(answer.errors().len(), 3, "{:?}", answer.errors());
    assert!(answer.title().starts_with("Error: "));
    assert_eq!(answer.form(FOUNDING).value("by_domain"), "yes");
    let long = "a".repeat(201);
    for name in [long.as_str(), "a\u{7}b"] {
        ada.get(PAGE).form(FOUNDING).forge("name", name).press().expect(422);
    }
    assert_eq!(server.count("organisations"), 0);
}
