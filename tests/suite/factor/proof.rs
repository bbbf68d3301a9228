//! Proving anew who one is: after ten minutes, for what a session left open must not do, and without losing a word.

use chrono::TimeDelta;

use crate::harness::{Answer, Person, Server, on_both};

/// Later than a proof lasts, earlier than a session ends.
const LATER: TimeDelta = TimeDelta::minutes(11);

/// Fills in the page that asks for a proof.
#[track_caller]
fn proven(person: &Person, asked: &Answer) -> Answer {
    let form = asked.form("main form").set("password", &person.password);
    let form = person.code().map_or(form.clone(), |code| form.set("code", &code));
    form.press()
}

on_both! {
    fn a_form_that_needs_a_proof_comes_back_as_it_was_filled_in(server: Server) {
        let (sec, mo) = (server.secretariat("sec"), server.moderator("mo"));
        let place = sec.place_of(&mo.email);
        server.pass(LATER);
        let form = sec.get(&format!("{place}/role")).expect(200).form("main form");
        let form = form.set("role", "secretariat").set("grounds", "Words & \"quotes\"\nin two lines.");
        let asked = form.press().expect(401);
        asked.reads("Confirm that it is you").reads("is kept");
        assert_eq!(server.audited("account.role_changed"), 0);
        let wrong = asked.form("main form").set("password", "not hers at all").set("code", "000000").press().expect(422);
        let wrong = wrong.form("main form").set("password", &sec.password).set("code", "000000").press().expect(422);
        assert_eq!(wrong.errors().len(), 1);
        let before = sec.cookie("session");
        let back = proven(&sec, &wrong).expect(200);
        assert_ne!(sec.cookie("session"), before, "a session with other rights has another secret");
        let again = back.form("main form");
        assert_eq!(again.value("grounds"), "Words & \"quotes\"\nin two lines.");
        assert_eq!(server.audited("account.role_changed"), 0, "nothing happens by itself");
        again.press().expect(303).follow().reads("quotes");
        assert_eq!(server.audited("account.role_changed"), 1);
        server.assert_audit_holds();
    }

    fn too_many_wrong_old_passwords_end_the_session(server: Server) {
        let ada = server.stakeholder("ada");
        for _ in 0..5 {
            let form = ada.get("/account").expect(200).form("form[action='/account/password']");
            form.set("old_password", "not hers at all").set("new_password", "a new one of many words").press().expect(422);
        }
        let form = ada.get("/account").expect(200).form("form[action='/account/password']");
        form.set("old_password", "not hers at all").set("new_password", "a new one of many words").press();
        ada.get("/account").expect(303);
        ada.elsewhere(&server).get("/account").expect(200);
    }

    fn whatever_a_session_left_open_must_not_do_asks_for_a_proof(server: Server) {
        let (sec, mo) = (server.secretariat("sec"), server.moderator("mo"));
        let place = sec.place_of(&mo.email);
        server.pass(LATER);
        let csrf = sec.get("/sign-out").form("main form").value("csrf").to_owned();
        let before = server.count("audit_log");
        for path in [
            format!("{place}/role"),
            format!("{place}/suspension"),
            format!("{place}/second-factor"),
            format!("{place}/claims"),
            "/secretariat/people".to_owned(),
            "/secretariat/invitations/00".to_owned(),
            "/secretariat/exports".to_owned(),
            "/account/second-factor/codes".to_owned(),
            "/account/second-factor/removal".to_owned(),
            "/account/passkeys/new".to_owned(),
            "/account/sessions".to_owned(),
            "/account/address".to_owned(),
            "/account/deletion".to_owned(),
        ] {
            let fields = [
                ("csrf", csrf.as_str()),
                ("version", "1"),
                ("role", "stakeholder"),
                ("grounds", "x"),
                ("email", "new@example.org"),
                ("name", "New"),
                ("understood", "yes"),
                ("which", "others"),
                ("edition", "commission"),
                ("format", "csv"),
            ];
            sec.post(&path, &fields).expect(401).reads("Confirm that it is you");
        }
        for path in ["/account/second-factor/new", "/account/second-factor/image"] {
            assert!(sec.get(path).expect(303).location().starts_with("/account/proof?next=%2Faccount%2Fsecond-factor%2Fnew"));
        }
        assert_eq!(server.count("audit_log"), before);
        assert_eq!(server.count("jobs"), 0);
        // What is public already may be taken away at any time.
        let form = sec.get("/secretariat/exports").expect(200).form("main form").set("edition", "public");
        form.set("format", "csv").press().expect(303);
    }

    fn a_file_for_the_commission_is_given_to_whoever_proves_who_they_are(server: Server) {
        let sec = server.secretariat("sec");
        server.stakeholder("ada").comment_on_whole("avoid-tampering", "Words.", "named");
        let form = sec.get("/secretariat/exports").expect(200).form("main form").set("edition", "commission");
        let job = form.set("format", "csv").set("status", "pending").press().expect(303).location();
        server.clerk_round();
        sec.get(&format!("{job}/file")).expect(200);
        server.pass(LATER);
        let asked = sec.get(&format!("{job}/file")).expect(303).follow().expect(200);
        let on = proven(&sec, &asked).expect(303);
        assert_eq!(on.location(), job);
        sec.get(&format!("{job}/file")).expect(200);
        assert_eq!(server.audited("export.downloaded"), 2);
    }

    fn a_session_that_guesses_ends_and_its_words_travel_on(server: Server) {
        let sec = server.secretariat("sec");
        let other = sec.elsewhere(&server);
        server.pass(LATER);
        let form = sec.get("/secretariat/people").expect(200).form("main form");
        let form = form.set("email", "new@example.org").set("name", "New").set("role", "moderator");
        let mut asked = form.press().expect(401);
        for _ in 0..5 {
            asked = asked.form("main form").set("password", "a guess").set("code", "123").press().expect(422);
        }
        let ended = asked.form("main form").set("password", &sec.password).press().expect(401);
        ended.reads("Your session has ended");
        assert!(sec.cookie("session").is_none());
        other.get("/secretariat").expect(200);
        assert_eq!(server.count("sessions"), 1);
    }

    fn a_proof_leads_to_pages_of_ours_only(server: Server) {
        let ada = server.stakeholder("ada");
        for next in ["//evil.example", "https://evil.example/", "/\\evil.example", "/..//evil.example"] {
            let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
            let asked = ada.get(&format!("/account/proof?{query}")).expect(200);
            let on = asked.form("main form").set("password", &ada.password).press().expect(303);
            assert!(!on.location().contains("evil") || on.location() == "/evil.example", "{next}: {}", on.location());
        }
        let asked = ada.get("/account/proof").expect(200).form("main form").set("password", &ada.password);
        let forged = asked.forge("carry_to", "/sign-out").forge("carried", "csrf=x");
        assert_eq!(forged.press().expect(303).location(), "/account");
    }
}
