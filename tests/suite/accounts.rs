//! Accounts, through their pages and letters: registering, confirming, signing in and out, passwords, sessions.

mod passwords;

use chrono::TimeDelta;

use crate::harness::people::{password, sign_in};
use crate::harness::{Answer, Client, Server, on_both};

/// The page without what must differ: the form token and the address that was typed.
fn without_secrets(answer: &Answer, email: &str) -> String {
    let mut text = answer.text().replace(email, "(address)");
    let marker = "name=\"csrf\" value=\"";
    while let Some(start) = text.find(marker) {
        let end = start + marker.len() + text[start + marker.len()..].find('"').unwrap();
        text.replace_range(start..end, "(token)");
    }
    text
}

fn headers_that_matter(answer: &Answer) -> Vec<(String, String)> {
    let varying = ["x-request-id", "date", "set-cookie", "content-length"];
    let mut headers: Vec<_> =
        answer.headers.iter().filter(|(name, _)| !varying.contains(&name.as_str())).cloned().collect();
    headers.sort();
    headers
}

fn reset_form(client: &Client, email: &str) -> Answer {
    client.get("/password/reset").form("main form").set("email", email).press()
}

on_both! {
    fn somebody_registers_confirms_and_signs_in_and_out(server: Server) {
        let ada = server.stakeholder("ada");
        ada.get("/account").expect(200).reads("ada@example.org");
        assert_eq!(ada.get("/account").form("form[action='/account']").value("name"), ada.name);
        let old = ada.cookie("session").unwrap();
        ada.sign_out();
        assert_eq!(ada.cookie("session"), None);
        ada.get("/account").expect(303);
        ada.set_cookie("session", Some(&old));
        let answer = ada.get("/account").expect(303);
        assert_eq!(answer.location(), "/sign-in?next=%2Faccount", "a session that ended can't be used again");
    }

    fn nothing_is_open_before_the_address_is_confirmed(server: Server) {
        let (ada, form) = server.registration("ada");
        form.press().expect(200).reads("ada@example.org");
        let first = server.link_in(&server.mail_to(&ada.email));
        sign_in(ada.client(), &ada.email, &ada.password).expect(422).reads("not confirmed yet");
        assert_eq!(ada.cookie("session"), None);
        let second = server.link_in(&server.mail_to(&ada.email));
        assert_ne!(first, second, "the sign-in sent a new link");
        ada.get(&second).form("main form").press().expect(303);
        ada.sign_in();
    }

    fn looking_at_a_confirmation_spends_nothing_and_pressing_spends_it_once(server: Server) {
        let (ada, form) = server.registration("ada");
        form.press().expect(200);
        let link = server.link_in(&server.mail_to(&ada.email));
        let scanner = server.anonymous();
        for _ in 0..3 {
            scanner.get(&link).expect(200);
        }
        assert_eq!(server.count("accounts WHERE confirmed_at IS NOT NULL"), 0);
        let page = ada.get(&link).form("main form");
        assert_eq!(page.press().expect(303).location(), "/sign-in");
        page.press().expect(410);
        ada.get(&link).expect(410).reads("used already");
        assert_eq!(server.audited("account.confirmed"), 1);
    }

    fn links_expire_and_unknown_ones_are_not_found(server: Server) {
        let (ada, form) = server.registration("ada");
        form.press().expect(200);
        let link = server.link_in(&server.mail_to(&ada.email));
        server.pass(TimeDelta::hours(48));
        ada.get(&link).expect(200);
        server.pass(TimeDelta::seconds(1));
        ada.get(&link).expect(410);
        for path in ["/confirm/none", "/password/reset/none", "/invitations/none", "/confirm/%00", "/confirm/%FF"] {
            let status = ada.get(path).status;
            assert!(matches!(status, 404 | 400), "{path}: {status}");
        }
        // A link is good for its own purpose only.
        let secret = link.strip_prefix("/confirm/").unwrap();
        ada.get(&format!("/password/reset/{secret}")).expect(404);
        ada.get(&format!("/invitations/{secret}")).expect(404);
    }

    fn a_reset_link_lasts_an_hour_and_an_invitation_seven_days(server: Server) {
        let ada = server.stakeholder("ada");
        reset_form(&server.anonymous(), &ada.email).expect(200);
        let reset = server.link_in(&server.mail_to(&ada.email));
        let invitation = server.invitation("mo@example.org", "Mo", norm_portal::web::Role::Moderator);
        let somebody = server.anonymous();
        let form = somebody.get(&reset).expect(200).form("main form").set("password", "three otters on a windy pier 7");
        server.pass(TimeDelta::hours(1) + TimeDelta::seconds(1));
        somebody.get(&reset).expect(410);
        form.press().expect(410);
        ada.get("/account").expect(200);
        server.pass(TimeDelta::days(7) - TimeDelta::hours(1) - TimeDelta::seconds(1));
        let form = somebody.get(&invitation).expect(200).form("main form").set("password", &password("mo"));
        server.pass(TimeDelta::seconds(1));
        somebody.get(&invitation).expect(410);
        form.press().expect(410);
        assert_eq!(server.count("accounts"), 1);
    }

    fn known_and_unknown_addresses_look_the_same_when_registering(server: Server) {
        let ada = server.stakeholder("ada");
        let mail_before = server.mails_to(&ada.email).len();
        let answer = |nick: &str| {
            let (_, form) = server.registration(nick);
            form.press()
        };
        let (known, unknown) = (answer("ada"), answer("eve"));
        assert_eq!(known.status, unknown.status);
        assert_eq!(headers_that_matter(&known), headers_that_matter(&unknown));
        assert_eq!(without_secrets(&known, "ada@example.org"), without_secrets(&unknown, "eve@example.org"));
        let told = server.mail_to(&ada.email);
        assert_eq!(server.mails_to(&ada.email).len(), mail_before + 1);
        assert!(told.subject.contains("already have an account"), "{told:?}");
        ada.elsewhere(&server).get("/account").expect(200);
        // Once an hour at the most: nobody floods a mailbox by this form.
        answer("ada");
        assert_eq!(server.mails_to(&ada.email).len(), mail_before + 1);
    }

    fn registering_again_with_another_password_changes_nothing_for_a_known_account(server: Server) {
        let ada = server.stakeholder("ada");
        let (_, form) = server.registration("ada");
        form.set("password", "an entirely other phrase 99").set("name", "Mallory").press().expect(200);
        sign_in(&server.anonymous(), &ada.email, "an entirely other phrase 99").expect(422);
        let page = ada.elsewhere(&server).get("/account");
        assert_eq!(page.form("form[action='/account']").value("name"), ada.name);
    }

    fn sign_in_tells_nobody_whether_an_address_is_known(server: Server) {
        let ada = server.stakeholder("ada");
        let refused = |email: &str, password: &str| sign_in(&server.anonymous(), email, password).expect(422);
        let known = refused(&ada.email, "not the right one at all");
        let unknown = refused("eve@example.org", "not the right one at all");
        assert_eq!(without_secrets(&known, &ada.email), without_secrets(&unknown, "eve@example.org"));
        assert_eq!(headers_that_matter(&known), headers_that_matter(&unknown));
        refused("", "");
        refused("not an address", "x");
        refused(&ada.email, "");
        refused(&ada.email, &"x".repeat(100_000));
    }

    fn reset_tells_nobody_whether_an_address_is_known(server: Server) {
        let ada = server.stakeholder("ada");
        let known = reset_form(&server.anonymous(), &ada.email).expect(200);
        let unknown = reset_form(&server.anonymous(), "eve@example.org").expect(200);
        assert_eq!(without_secrets(&known, &ada.email), without_secrets(&unknown, "eve@example.org"));
        assert_eq!(headers_that_matter(&known), headers_that_matter(&unknown));
        assert!(server.mails_to("eve@example.org").is_empty());
        assert!(server.mail_to(&ada.email).subject.contains("new password"));
    }

    fn asking_for_many_resets_sends_few_letters(server: Server) {
        let ada = server.stakeholder("ada");
        let before = server.mails_to(&ada.email).len();
        for _ in 0..20 {
            reset_form(&server.anonymous(), &ada.email).expect(200);
        }
        assert_eq!(server.mails_to(&ada.email).len(), before + 1);
        server.pass(TimeDelta::minutes(2));
        reset_form(&server.anonymous(), &ada.email).expect(200);
        assert_eq!(server.mails_to(&ada.email).len(), before + 2);
    }

    fn a_reset_ends_every_session_and_its_link_works_once(server: Server) {
        let ada = server.stakeholder("ada");
        let other = ada.elsewhere(&server);
        let somebody = server.anonymous();
        reset_form(&somebody, &ada.email).expect(200);
        let link = server.link_in(&server.mail_to(&ada.email));
        let form = somebody.get(&link).expect(200).form("main form");
        form.clone().set("password", "short").press().expect(422).reads("at least 12");
        let fresh = "three otters on a windy pier 7";
        form.clone().set("password", fresh).press().expect(303);
        for browser in [&ada, &other] {
            browser.get("/account").expect(303);
        }
        form.set("password", "yet another long phrase 12").press().expect(410);
        somebody.get(&link).expect(410);
        sign_in(&somebody, &ada.email, &ada.password).expect(422);
        sign_in(&somebody, &ada.email, fresh).expect(303);
        assert!(server.mail_to(&ada.email).subject.contains("was changed"));
        assert_eq!(server.audited("account.password_reset"), 1);
    }

    fn a_new_password_ends_the_other_sessions_and_keeps_this_one(server: Server) {
        let ada = server.stakeholder("ada");
        let other = ada.elsewhere(&server);
        let form = ada.get("/account").form("form[action='/account/password']");
        let fresh = "three otters on a windy pier 7";
        form.clone().set("old_password", "wrong").set("new_password", fresh).press().expect(422).reads("not right");
        form.clone().set("old_password", &ada.password).set("new_password", "ada@example.org").press().expect(422);
        other.get("/account").expect(200);
        form.set("old_password", &ada.password).set("new_password", fresh).press().expect(303);
        ada.get("/account").expect(200);
        other.get("/account").expect(303);
        sign_in(&server.anonymous(), &ada.email, fresh).expect(303);
        sign_in(&server.anonymous(), &ada.email, &ada.password).expect(422);
    }

    fn a_session_ends_when_idle_and_at_its_end(server: Server) {
        let ada = server.stakeholder("ada");
        server.pass(TimeDelta::minutes(719));
        ada.get("/account").expect(200);
        server.pass(TimeDelta::minutes(719));
        ada.get("/account").expect(200);
        server.pass(TimeDelta::minutes(721));
        ada.get("/account").expect(303);
        ada.sign_in();
        for _ in 0..28 {
            server.pass(TimeDelta::hours(11));
            ada.get("/account").expect(200);
        }
        server.pass(TimeDelta::hours(11));
        assert_eq!(ada.get("/account").status, 200, "319 hours are under 14 days");
        for _ in 0..2 {
            server.pass(TimeDelta::hours(11));
            ada.get("/account");
        }
        ada.get("/account").expect(303);
    }

    fn signing_in_gives_a_new_session_whatever_cookie_came_along(server: Server) {
        let ada = server.stakeholder("ada");
        let fixed = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        let victim = server.anonymous();
        victim.set_cookie("session", Some(fixed));
        sign_in(&victim, &ada.email, &ada.password).expect(303);
        assert_ne!(victim.cookie("session").as_deref(), Some(fixed));
        let attacker = server.anonymous();
        attacker.set_cookie("session", Some(fixed));
        attacker.get("/account").expect(303);
    }

    fn details_are_changed_once_for_each_look_at_them(server: Server) {
        let ada = server.stakeholder("ada");
        let form = ada.get("/account").form("form[action='/account']");
        form.clone().set("name", "Ada of the Second Look").press().expect(303).follow().reads("saved");
        form.clone().set("name", "Ada from an old tab").press().expect(409);
        let now = ada.get("/account").form("form[action='/account']");
        assert_eq!(now.value("name"), "Ada of the Second Look");
        now.clone().set("name", "").press().expect(422).reads("Enter a name");
        now.clone().forge("country", "ZZ").press().expect(422);
        now.clone().forge("stakeholder_group", "kings").press().expect(422);
        now.clone().forge("version", "x").press().expect(400);
        now.set("organisation", "").press().expect(422).reads("on behalf of");
    }
}

on_both! {
    fn nobody_makes_themselves_staff_by_extra_fields(server: Server) {
        let (ada, form) = server.registration("ada");
        let smuggled = |form: crate::harness::form::Filled| {
            ["role", "is_admin", "confirmed_at", "account_id", "id", "version"]
                .into_iter()
                .fold(form, |form, name| if name == "version" { form } else { form.forge(name, "secretariat") })
        };
        smuggled(form).press().expect(200);
        assert_eq!(server.count("accounts WHERE confirmed_at IS NOT NULL"), 0);
        let link = server.link_in(&server.mail_to(&ada.email));
        smuggled(ada.get(&link).form("main form")).press().expect(303);
        ada.sign_in();
        smuggled(ada.get("/account").form("form[action='/account']")).press().expect(303);
        assert_eq!(server.count("accounts WHERE role = 'stakeholder'"), 1);
        ada.get("/secretariat").expect(403);
    }
}

#[test]
fn passwords_are_long_enough_not_too_long_and_not_common() {
    let server = Server::start(crate::harness::Backend::Sqlite);
    let (_, form) = server.registration("ada");
    let mine = "ada@example.org";
    let twelve = "vexing jolts";
    for (password, message) in [
        ("", "Enter a password"),
        ("eleven char", "at least 12"),
        ("password1234", "first that an attacker would try"),
        ("aaaaaaaaaaaaaaaa", "first that an attacker would try"),
        (mine, "first that an attacker would try"),
        (&"x7 q".repeat(257), "at most 1,024"),
    ] {
        let answer = form.clone().set("password", password).press().expect(422);
        assert!(answer.errors().iter().any(|error| error.contains(message)), "{password}: {:?}", answer.errors());
        assert!(answer.title().starts_with("Error: "), "{}", answer.title());
        assert_eq!(answer.form("main form").value("email"), mine, "what was typed is kept");
        assert_eq!(answer.form("main form").value("password"), "", "a password is never shown again");
    }
    assert_eq!(server.count("accounts"), 0);
    form.set("password", twelve).press().expect(200);
}

#[test]
fn a_registration_names_every_error_at_once_and_keeps_what_was_typed() {
    let server = Server::start(crate::harness::Backend::Sqlite);
    let form = server.anonymous().get("/register").form("main form");
    let answer = form.clone().set("name", &"n".repeat(201)).set("on_behalf_of", "organisation").press().expect(422);
    assert_eq!(answer.errors().len(), 5, "{:?}", answer.errors());
    assert_eq!(answer.all(".error-text").len(), 5, "each error stands beside its field too");
    assert_eq!(answer.form("main form").value("name").len(), 201);
    assert_eq!(answer.form("main form").value("on_behalf_of"), "organisation");
    for email in ["ada", "ada@localhost", "ada@example.org\nbcc: eve@example.org", "a b@example.org"] {
        form.clone().forge("email", email).press().expect(422);
    }
    assert!(server.mails().is_empty());
}

on_both! {
    fn signing_in_leads_to_pages_of_ours_only(server: Server) {
        let ada = server.stakeholder("ada");
        let lead = |next: &str| {
            let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
            let form = server.anonymous().get(&format!("/sign-in?{query}")).form("main form");
            form.set("email", &ada.email).set("password", &password("ada")).press().expect(303).location()
        };
        for next in [
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example/",
            "http:evil.example",
            "javascript:alert(1)",
            "data:text/html,x",
            "/\t/evil.example",
            "/\n/evil.example",
            "\t//evil.example",
            " //evil.example",
            "/%09/evil.example/..//evil.example\r\nset-cookie: a=b",
            "@evil.example",
            "/..//evil.example",
            "/.//evil.example",
            "////evil.example",
            "evil.example",
            "?next=//evil.example",
            "",
        ] {
            let location = lead(next);
            let landed = url::Url::parse(&server.origin).unwrap().join(&location).unwrap();
            assert_eq!(landed.origin().ascii_serialization(), server.origin, "{next:?} leads to {location:?}");
            assert!(location.starts_with('/') && !location.starts_with("//"), "{next:?} leads to {location:?}");
        }
        assert_eq!(lead("/my-comments?after=x"), "/my-comments?after=x");
    }
}
