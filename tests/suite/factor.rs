//! The second factor, sessions and proving anew who one is: through pages, as people and attackers do it.

mod journey;
mod proof;
mod recovery;
mod sessions;

use chrono::TimeDelta;
use norm_portal::clock::Clock;
use norm_portal::routes::{TABLE, Who};

use crate::harness::people::{password, sign_in};
use crate::harness::{Answer, Authenticator, Client, Person, Server, on_both};
use crate::races::at_once;

/// Where it is set up.
const NEW: &str = "/account/second-factor/new";
/// Where it is looked at.
const FACTOR: &str = "/account/second-factor";

/// The page that asks for a code, after the right password.
#[track_caller]
fn half_way(browser: &Client, person: &Person) -> Answer {
    let answer = sign_in(browser, &person.email, &person.password).expect(303);
    assert!(answer.location().starts_with("/sign-in/code"), "{}", answer.location());
    answer.follow().expect(200)
}

/// Sends a code.
#[track_caller]
fn entered(page: &Answer, code: &str) -> Answer {
    page.form("main form").set("code", code).press()
}

/// Somebody invited who has signed in and set nothing up.
pub fn newcomer(server: &Server, nick: &str, role: norm_portal::web::Role) -> Client {
    let email = format!("{nick}@example.org");
    let link = server.invitation(&email, "New Synthetic", role);
    let browser = server.anonymous();
    browser.get(&link).form("main form").set("password", &password(nick)).press().expect(303);
    sign_in(&browser, &email, &password(nick)).expect(303);
    browser
}

on_both! {
    fn staff_can_do_nothing_at_the_desk_before_the_factor_is_set_up(server: Server) {
        let ada = server.stakeholder("ada");
        let reference = ada.comment_on_whole("botnets", "For the Commission alone.", "commission");
        let new = newcomer(&server, "new", norm_portal::web::Role::Secretariat);
        for route in TABLE.iter().filter(|route| matches!(route.who, Who::Staff | Who::Secretariat)) {
            let path = route.path.replace("{reference}", &reference).replace("{slug}", "botnets").replace("{kind}", "general");
            let path = path.replace("{id}", "018f0000-0000-7000-8000-000000000000").replace("{digest}", "00");
            let path = path.replace("{text}", "00000000000000000000000000000000");
            let answer = if route.method == "GET" {
                new.get(&path)
            } else {
                let csrf = new.get("/sign-out").form("main form").value("csrf").to_owned();
                new.post(&path, &[("csrf", &csrf), ("version", "1"), ("outcome", "publish"), ("revision", "1")])
            };
            // A form with a file is refused for its type before anybody is looked at.
            let refused = answer.status == 415 || (answer.status == 303 && answer.location() == NEW);
            assert!(refused, "{} {path}: {}", route.method, answer.status);
        }
        assert_eq!(server.count("decisions"), 0);
        new.get("/").expect(200).lacks("/secretariat");
        new.get(FACTOR).expect(303);
        new.get(NEW).expect(200).reads("The desk needs a second factor");
        let _app = Authenticator::set_up(&new, server.clock().clone());
        new.get("/secretariat").expect(200);
        new.get("/secretariat/people").expect(200);
        assert_eq!(server.audited("account.factor_set"), 1);
        assert!(server.mail_to("new@example.org").subject.contains("new second factor"));
        server.assert_audit_holds();
    }

    fn a_password_alone_gives_a_half_session_without_any_right(server: Server) {
        let mo = server.moderator("mo");
        let thief = server.anonymous();
        let page = half_way(&thief, &mo);
        assert!(thief.cookie("session").is_none() && thief.cookie("half").is_some());
        for path in ["/account", "/secretariat", "/my-comments", "/account/sessions", NEW] {
            assert!(thief.get(path).expect(303).location().starts_with("/sign-in?next="), "{path}");
        }
        // The secret that the sign-in waits with opens no session.
        thief.set_cookie("session", thief.cookie("half").as_deref());
        assert!(thief.get("/secretariat").expect(303).location().starts_with("/sign-in?next="));
        thief.set_cookie("session", None);
        entered(&page, "").expect(422).reads("Enter the code");
        entered(&page, "000000").expect(422).reads("not right");
        let inside = entered(&page, &mo.code().unwrap()).expect(303);
        assert_eq!(inside.location(), "/");
        assert!(thief.cookie("half").is_none());
        thief.get("/secretariat").expect(200);
    }

    fn a_half_session_ends_after_ten_minutes_and_with_a_new_password(server: Server) {
        let mo = server.moderator("mo");
        let late = server.anonymous();
        let page = half_way(&late, &mo);
        server.pass(TimeDelta::minutes(10) + TimeDelta::seconds(1));
        assert_eq!(entered(&page, &mo.code().unwrap()).expect(303).location(), "/sign-in");
        late.get("/secretariat").expect(303);
        let other = server.anonymous();
        let page = half_way(&other, &mo);
        let fresh = "three otters on a windy pier 7";
        let form = mo.get("/account").form("form[action='/account/password']");
        form.set("old_password", &mo.password).set("new_password", fresh).press().expect(303);
        mo.get("/secretariat").expect(200);
        server.pass(TimeDelta::seconds(60));
        assert_eq!(entered(&page, &mo.code().unwrap()).expect(303).location(), "/sign-in");
        assert_eq!(server.count("half_sessions"), 0);
    }

    fn a_code_counts_once(server: Server) {
        let mo = server.moderator("mo");
        server.pass(TimeDelta::minutes(5));
        let code = mo.code().unwrap();
        let pages: Vec<Answer> = (0..6).map(|_| half_way(&server.anonymous(), &mo)).collect();
        let answers = at_once(6, |hand| entered(&pages[hand], &code));
        assert_eq!(answers.iter().filter(|(status, _)| *status == 303).count(), 1, "{answers:?}");
        assert_eq!(server.count("sessions"), 2);
        let page = half_way(&server.anonymous(), &mo);
        entered(&page, &code).expect(422).reads("used already");
        // One before the one that was used is over as well, though its time is not.
        let earlier = Authenticator::new(&letters_of(&server), Clock::frozen(server.clock().now() - TimeDelta::seconds(30)));
        entered(&page, &earlier.code()).expect(422);
        server.pass(TimeDelta::seconds(30));
        entered(&page, &mo.code().unwrap()).expect(303);
    }

    fn wrong_codes_slow_the_account_down_but_no_session_of_its_owner(server: Server) {
        let mo = server.moderator("mo");
        server.pass(TimeDelta::minutes(5));
        for round in 0..2 {
            let thief = server.anonymous();
            let page = half_way(&thief, &mo);
            for _ in 0..5 {
                entered(&page, "000000").expect(422);
            }
            // Five for each sign-in, whoever begins how many.
            assert_eq!(entered(&page, "000000").expect(303).location(), "/sign-in", "{round}");
        }
        let told: Vec<_> = server.mails_to(&mo.email).into_iter().filter(|it| it.subject.contains("Wrong codes")).collect();
        assert_eq!((told.len(), server.audited("account.codes_paused")), (1, 1));
        let page = half_way(&server.anonymous(), &mo);
        entered(&page, &mo.code().unwrap()).expect(429).reads("Wait a quarter of an hour");
        // The owner's session goes on, and can prove that it is the owner's.
        mo.get("/secretariat").expect(200);
        server.pass(TimeDelta::minutes(11));
        mo.prove();
        let recovery = mo.app().recovery.lock().unwrap().pop().unwrap();
        entered(&half_way(&server.anonymous(), &mo), &recovery).expect(303);
        server.pass(TimeDelta::minutes(5));
        entered(&half_way(&server.anonymous(), &mo), &mo.code().unwrap()).expect(303);
        server.assert_audit_holds();
    }

    fn wrong_passwords_slow_nobodys_codes(server: Server) {
        let mo = server.moderator("mo");
        for _ in 0..12 {
            sign_in(&server.anonymous(), &mo.email, "a wrong password").expect(422);
        }
        assert_eq!(server.count("half_sessions"), 0);
        entered(&half_way(&server.anonymous(), &mo), &mo.code().unwrap()).expect(303);
    }

    fn a_stakeholder_sets_a_factor_up_and_removes_it(server: Server) {
        let ada = server.stakeholder("ada");
        let other = ada.elsewhere(&server);
        ada.get("/account").expect(200).reads("Your second factor");
        ada.get(FACTOR).expect(200).reads("You have none");
        ada.get(&format!("{FACTOR}/removal")).expect(303);
        let page = ada.get(NEW).expect(200);
        page.form("main form").set("code", "000000").press().expect(422).reads("not the code of the secret");
        let image = ada.get(&format!("{FACTOR}/image")).expect(200);
        assert_eq!((image.header("content-type"), image.header("cache-control")), (Some("image/svg+xml; charset=utf-8"), Some("no-store")));
        assert!(image.text().starts_with("<svg") && !image.text().contains("style"));
        assert_eq!(server.count("second_factors"), 0, "looking sets nothing up");
        let before = ada.cookie("session");
        let ada = ada.with_factor(&server);
        assert_ne!(ada.cookie("session"), before, "a session with other rights has another secret");
        other.get("/account").expect(303);
        ada.sign_out();
        ada.sign_in();
        ada.get(FACTOR).expect(200).reads("Recovery codes left10");
        ada.get(&format!("{FACTOR}/removal")).expect(200).form("main form").press().expect(303).follow().reads("removed");
        assert_eq!((server.count("second_factors"), server.count("recovery_codes")), (0, 0));
        assert_eq!(server.audited("account.factor_removed"), 1);
        assert!(server.mail_to(&ada.email).subject.contains("no second factor"));
        assert_eq!(sign_in(&server.anonymous(), &ada.email, &ada.password).expect(303).location(), "/");
        server.assert_audit_holds();
    }

    fn staff_replace_their_factor_and_never_remove_it(server: Server) {
        let mo = server.moderator("mo");
        let removal = format!("{FACTOR}/removal");
        assert_eq!(mo.get(&removal).expect(303).location(), FACTOR);
        mo.get(FACTOR).expect(200).lacks(&removal).reads("cannot be without one");
        let csrf = mo.get("/sign-out").form("main form").value("csrf").to_owned();
        mo.post(&removal, &[("csrf", &csrf)]).expect(403);
        let old = mo.app().clone();
        let mo = mo.with_factor(&server);
        assert_eq!((server.count("second_factors"), server.count("recovery_codes")), (1, 10));
        assert_eq!((server.audited("account.factor_replaced"), server.audited("account.factor_removed")), (1, 0));
        server.pass(TimeDelta::minutes(1));
        let page = half_way(&server.anonymous(), &mo);
        entered(&page, &old.code()).expect(422);
        let paper = old.recovery.lock().unwrap().pop().unwrap();
        entered(&page, &paper).expect(422);
        entered(&page, &mo.code().unwrap()).expect(303);
    }

    fn the_secretariat_resets_a_lost_factor_with_grounds(server: Server) {
        let (sec, mo, ada) = (server.secretariat("sec"), server.moderator("mo"), server.stakeholder("ada"));
        let place = |who: &Person| sec.place_of(&who.email);
        let id = |who: &Person| place(who).rsplit('/').next().unwrap().to_owned();
        let path = format!("/secretariat/people/{}/second-factor", id(&mo));
        sec.get(&place(&mo)).expect(200).reads("Reset the second factor");
        sec.get(&format!("{}/second-factor", place(&ada))).expect(409);
        sec.get(&format!("{}/second-factor", place(&sec))).expect(403);
        mo.get(&path).expect(403);
        let form = sec.get(&path).expect(200).form("main form");
        assert_eq!(form.press().expect(422).errors(), ["Say why"]);
        let form = form.set("grounds", "The phone fell into the lake.");
        form.press().expect(303).follow().reads("fell into the lake").reads("Not set up");
        form.press().expect(409);
        assert!(mo.get("/secretariat").expect(303).location().starts_with("/sign-in"));
        let letter = server.mail_to(&mo.email);
        assert!(letter.body.contains("fell into the lake"), "{letter:?}");
        assert_eq!(server.audited("account.factor_reset"), 1);
        sign_in(mo.client(), &mo.email, &mo.password).expect(303);
        assert_eq!(mo.get("/secretariat").expect(303).location(), NEW);
        let mo = mo.with_factor(&server);
        mo.get("/secretariat").expect(200);
        server.assert_audit_holds();
    }

    fn whoever_runs_the_portal_resets_the_last_ones_factor(server: Server) {
        let sec = server.secretariat("sec");
        let program = crate::harness::Program::beside(&server);
        let told = program.done(&["staff", "reset-second-factor", "--email", "SEC@example.org"]);
        assert!(told.contains("sec@example.org has no second factor"), "{told}");
        assert!(sec.get("/secretariat").expect(303).location().starts_with("/sign-in"));
        assert_eq!((server.audited("account.factor_reset"), server.count("second_factors")), (1, 0));
        for email in ["sec@example.org", "nobody@example.org", "none"] {
            let failed = program.run(&["staff", "reset-second-factor", "--email", email]);
            assert_eq!(failed.status.code(), Some(if email == "none" { 2 } else { 1 }), "{email}");
        }
        // The program lives in the present; its letter is due by then.
        server.pass((Clock::System.now() - server.clock().now()).max(TimeDelta::zero()));
        assert!(server.mail_to(&sec.email).subject.contains("was reset"));
        server.assert_audit_holds();
    }
}

/// The secret of the only second factor, as its page spelled it.
fn letters_of(server: &Server) -> String {
    let secret = crate::harness::rows::Rows::of(server.db());
    let bytes = secret.names(match server.database_url() {
        None => "SELECT hex(secret) AS t FROM second_factors",
        Some(_) => "SELECT encode(secret, 'hex') AS t FROM second_factors",
    });
    norm_portal::accounts::factor::model::Secret::of(&hex::decode(&bytes[0]).unwrap()).unwrap().grouped()
}
