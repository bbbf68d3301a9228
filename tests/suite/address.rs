//! Giving an account another address: by a letter to the new one.

use chrono::TimeDelta;

use crate::harness::people::sign_in;
use crate::harness::{Person, Server, on_both};

const FORM: &str = "form[action='/account/address']";

fn asked(person: &Person, email: &str) -> crate::harness::Answer {
    let form = person.get("/account").expect(200).form(FORM);
    form.set("email", email).press()
}

on_both! {
    fn the_new_address_counts_once_its_owner_pressed_the_button(server: Server) {
        let ada = server.stakeholder("ada");
        let other = ada.elsewhere(&server);
        asked(&ada, "ada@new.example.org").expect(200).reads("ada@new.example.org");
        let link = server.link_in(&server.mail_to("ada@new.example.org"));
        let scanner = server.anonymous();
        scanner.get(&link).expect(200);
        sign_in(&server.anonymous(), "ada@new.example.org", &ada.password).expect(422);
        let button = scanner.get(&link).form("main form");
        button.press().expect(303);
        button.press().expect(410);
        for browser in [&ada, &other] {
            browser.get("/account").expect(303);
        }
        sign_in(&server.anonymous(), "ada@new.example.org", &ada.password).expect(303);
        sign_in(&server.anonymous(), &ada.email, &ada.password).expect(422);
        assert_eq!(server.mail_to(&ada.email).to, ada.email, "the old address is told");
        assert_eq!(server.audited("account.address_changed"), 1);
    }

    fn an_address_that_has_an_account_looks_like_any_other_and_stays_its_owners(server: Server) {
        let (ada, eve) = (server.stakeholder("ada"), server.stakeholder("eve"));
        let known = asked(&eve, &ada.email).expect(200).main().replace(&ada.email, "x");
        let unknown = asked(&eve, "nobody@example.org").expect(200).main().replace("nobody@example.org", "x");
        assert_eq!(known, unknown);
        let told = server.mail_to(&ada.email);
        assert!(!told.body.contains("/account/address/"), "{told:?}");
        ada.elsewhere(&server).get("/account").expect(200).reads(&ada.email);
    }

    fn an_address_taken_meanwhile_is_not_taken_twice(server: Server) {
        let eve = server.stakeholder("eve");
        asked(&eve, "ada@example.org").expect(200);
        let link = server.link_in(&server.mail_to("ada@example.org"));
        let ada = server.stakeholder("ada");
        eve.get(&link).form("main form").press().expect(410);
        eve.get("/account").expect(200).reads("eve@example.org");
        ada.get("/account").expect(200).reads("ada@example.org");
        server.assert_audit_holds();
    }
}

#[test]
fn what_is_no_address_is_kept_and_a_link_ends() {
    let server = Server::start(crate::harness::Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let answer = asked(&ada, "no address").expect(422);
    assert_eq!(answer.form(FORM).value("email"), "no address", "what was typed is kept");
    asked(&ada, "ada@new.example.org").expect(200);
    let link = server.link_in(&server.mail_to("ada@new.example.org"));
    server.pass(TimeDelta::days(8));
    ada.get(&link).expect(410);
}
