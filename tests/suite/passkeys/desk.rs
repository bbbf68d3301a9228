//! Passkeys at the Secretariat's desk, where they count as the second factor.

use chrono::TimeDelta;
use norm_portal::web::Role;

use super::{LIST, NEW, add, enter, removal, used};
use crate::factor::newcomer;
use crate::harness::keychain;
use crate::harness::people::{password, sign_in};
use crate::harness::{Backend, Keychain, Server, on_both};

on_both! {
    fn a_passkey_is_the_desks_second_factor(backend: Backend) {
        let server = Server::named(backend);
        let new = newcomer(&server, "new", Role::Moderator);
        new.get("/secretariat").expect(303).follow().reads("Without an app:");
        let mut keys = Keychain::new();
        add(&server, &new, &mut keys, "Key");
        new.get("/secretariat").expect(200);
        // The password alone opens nothing any more.
        let browser = server.anonymous();
        let half = sign_in(&browser, "new@example.org", &password("new")).expect(303);
        assert!(half.location().starts_with("/sign-in/code"), "{}", half.location());
        let page = half.follow().expect(200);
        page.reads("Use your passkey").lacks("your app");
        assert!(browser.cookie("session").is_none());
        let csrf = keychain::form(&page).value("csrf").to_owned();
        browser.post("/sign-in/code", &[("csrf", &csrf), ("code", "000000")]).expect(422);
        let page = browser.get("/sign-in/code").expect(200);
        used(&server, &browser, &page, &mut keys).expect(303);
        assert!(browser.cookie("half").is_none());
        assert_eq!(server.count("half_sessions"), 0);
        browser.get("/secretariat").expect(200);
        // And the passkey alone is enough.
        let (alone, answer) = enter(&server, &mut keys);
        answer.expect(303);
        alone.get("/secretariat").expect(200);
    }

    fn the_last_factor_of_the_desk_stays(backend: Backend) {
        let server = Server::named(backend);
        let new = newcomer(&server, "new", Role::Moderator);
        let (mut keys, mut second) = (Keychain::new(), Keychain::new());
        add(&server, &new, &mut keys, "Key");
        new.get(LIST).expect(200).reads("your only second factor");
        let path = removal(&new);
        let page = new.get(&path).expect(200);
        page.reads("your only second factor");
        assert!(page.all("main form").is_empty());
        let csrf = new.get("/sign-out").form("main form").value("csrf").to_owned();
        new.post(&path, &[("csrf", &csrf)]).expect(403);
        add(&server, &new, &mut second, "Second");
        new.get(&path).expect(200).form("main form").press().expect(303);
        new.get("/secretariat").expect(200);
        assert_eq!(server.count("passkeys"), 1);
    }

    fn where_a_passkey_is_the_factor_a_password_proves_nothing(backend: Backend) {
        let server = Server::named(backend);
        let new = newcomer(&server, "new", Role::Secretariat);
        let mut keys = Keychain::new();
        add(&server, &new, &mut keys, "Key");
        server.pass(TimeDelta::minutes(11));
        let before = server.audited("staff.invited");
        let form = new.get("/secretariat/people").expect(200).form("main form");
        let form = form.set("email", "next@example.org").set("name", "Next").set("role", "moderator");
        let asked = form.press().expect(401);
        assert!(asked.all("input[name=password]").is_empty());
        let forged = keychain::form(&asked).forge("password", &password("new"));
        forged.press().expect(422).reads("The password alone is not enough");
        assert_eq!(server.audited("staff.invited"), before);
        let back = used(&server, &new, &asked, &mut keys).expect(200);
        assert_eq!(back.form("main form").value("email"), "next@example.org");
        back.form("main form").press().expect(200);
        assert_eq!(server.audited("staff.invited"), before + 1);
    }

    fn beside_an_app_both_ways_lead_in_and_the_secretariat_takes_both_off(backend: Backend) {
        let server = Server::named(backend);
        let (sec, mo) = (server.secretariat("sec"), server.moderator("mo"));
        let mut keys = Keychain::new();
        add(&server, &mo, &mut keys, "Key");
        server.pass(TimeDelta::minutes(11));
        let asked = mo.get(NEW).expect(303).follow().expect(200);
        used(&server, &mo, &asked, &mut keys).expect(303);
        mo.elsewhere(&server).get("/secretariat").expect(200);
        let browser = server.anonymous();
        let page = sign_in(&browser, &mo.email, &mo.password).expect(303).follow().expect(200);
        page.reads("Enter your code");
        used(&server, &browser, &page, &mut keys).expect(303);
        browser.get("/secretariat").expect(200);
        // Losing the telephone takes the passkey along.
        sec.prove();
        let place = sec.place_of(&mo.email);
        let form = sec.get(&format!("{place}/second-factor")).expect(200).form("main form");
        form.set("grounds", "Lost.").press().expect(303);
        assert_eq!((server.count("passkeys"), server.count("second_factors")), (0, 1));
        browser.get("/account").expect(303);
        enter(&server, &mut keys).1.expect(422);
        server.assert_audit_holds();
    }
}
