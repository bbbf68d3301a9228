//! Answers that open nothing: each kind of flaw, and every way of sending one twice or from elsewhere.

use chrono::TimeDelta;

use super::{NEW, add, add_with, enter, removal, used, used_with};
use crate::harness::keychain::{self, Said};
use crate::harness::{Backend, Keychain, Server, on_both};

/// A flaw of an answer.
type Flaw = fn(&mut Said);

const FLAWS: [(&str, Flaw); 10] = [
    ("another site", |said| said.origin = "https://evil.example".into()),
    ("another port", |said| said.origin = "http://localhost:1".into()),
    ("another scheme", |said| said.origin = said.origin.replace("http:", "https:")),
    ("a frame of another site", |said| said.cross_origin = true),
    ("another portal", |said| said.party = "evil.example".into()),
    ("its user not verified", |said| said.flags = 1),
    ("its user not there", |said| said.flags = 4),
    ("meant for the other act", |said| {
        said.kind = if said.kind.ends_with("get") { "webauthn.create".into() } else { "webauthn.get".into() };
    }),
    ("bytes behind it", |said| said.flags |= 1 << 7),
    ("copied, though it can't be", |said| said.flags |= 1 << 4),
];

on_both! {
    fn every_flawed_answer_is_refused_with_the_same_words(backend: Backend) {
        let server = Server::named(backend);
        let ada = server.stakeholder("ada");
        let mut keys = Keychain::new();
        add(&server, &ada, &mut keys, "Key");
        let browser = server.anonymous();
        let page = browser.get("/sign-in").expect(200);
        let unknown = used(&server, &browser, &page, &mut Keychain::new()).expect(422);
        unknown.reads("This passkey is not known here");
        let known = unknown.main();
        let others: [(&str, Flaw); 3] = [
            ("of somebody else", |said| said.owner = Some(vec![7; 16])),
            ("of nobody", |said| said.owner = None),
            ("another that is synced", |said| said.flags |= 1 << 3),
        ];
        for (what, flaw) in FLAWS.into_iter().chain(others) {
            let refused = used_with(&server, &browser, &page, &mut keys, flaw);
            assert_eq!((refused.status, refused.main()), (422, known.clone()), "{what}");
        }
        let mut forged = Keychain::new();
        forged.credential.clone_from(&keys.credential);
        forged.owner.clone_from(&keys.owner);
        assert_eq!(used(&server, &browser, &page, &mut forged).expect(422).main(), known);
        for nonsense in ["{", "{}", "null", "\u{e9}", &"x".repeat(70_000)] {
            let refused = keychain::form(&page).forge("credential", nonsense).press().expect(422);
            assert_eq!(refused.main(), known);
        }
        keychain::form(&page).press().expect(422).reads("No passkey arrived");
        assert_eq!(server.count("sessions"), 1);
        assert_eq!(server.count("passkeys WHERE used_at IS NOT NULL"), 0);
        // And then the right one.
        assert_eq!(used(&server, &browser, &page, &mut keys).expect(303).location(), "/");
    }

    fn a_challenge_counts_once_in_one_browser_for_five_minutes(backend: Backend) {
        let server = Server::named(backend);
        let ada = server.stakeholder("ada");
        let mut keys = Keychain::new();
        add(&server, &ada, &mut keys, "Key");
        let browser = server.anonymous();
        let page = browser.get("/sign-in").expect(200);
        let form = keychain::form(&page);
        let answered = |keys: &mut Keychain| {
            let options = keychain::options(&browser, &page, &form);
            keys.answer(&options, &server.origin, |_| {})
        };
        // One that somebody else was given.
        let other = server.anonymous();
        let elsewhere = keychain::form(&other.get("/sign-in").expect(200));
        let stolen = answered(&mut keys);
        elsewhere.forge("credential", &stolen).press().expect(422).reads("It took too long, or was sent twice");
        // One that was made for something else.
        let asked = keychain::form(&ada.get(NEW).expect(200));
        asked.forge("credential", &stolen).press().expect(422);
        // Of two that were asked for the later counts.
        let (first, second) = (answered(&mut keys), answered(&mut keys));
        form.clone().forge("credential", &first).press().expect(422).reads("Try again");
        form.clone().forge("credential", &second).press().expect(303);
        browser.get("/account").expect(200);
        // The same once more, by whoever saw it on its way, with every cookie.
        let again = server.anonymous();
        let page = again.get("/sign-in").expect(200);
        let options = keychain::options(&again, &page, &keychain::form(&page));
        let replayed = keychain::form(&page).forge("credential", &keys.answer(&options, &server.origin, |_| {}));
        replayed.press().expect(303);
        again.set_cookie("session", None);
        replayed.press().expect(422).reads("It took too long, or was sent twice");
        // Made up by whoever sends it.
        let made_up = used_with(&server, &again, &page, &mut keys, |said| said.challenge = keychain::text(&[1; 32]));
        made_up.expect(422).reads("It took too long, or was sent twice");
        for (wait, status) in [(TimeDelta::minutes(5), 303), (TimeDelta::seconds(301), 422)] {
            let late = server.anonymous();
            let page = late.get("/sign-in").expect(200);
            let options = keychain::options(&late, &page, &keychain::form(&page));
            server.pass(wait);
            let answer = keys.answer(&options, &server.origin, |_| {});
            keychain::form(&page).forge("credential", &answer).press().expect(status);
        }
    }

    fn flawed_new_passkeys_are_refused_and_nothing_is_kept(backend: Backend) {
        let server = Server::named(backend);
        let (ada, bea) = (server.stakeholder("ada"), server.stakeholder("bea"));
        let before = server.count("audit_log");
        for (what, flaw) in FLAWS {
            let mut keys = Keychain::new();
            let refused = add_with(&server, &ada, &mut keys, "Key", flaw);
            assert_eq!(refused.status, 422, "{what}");
            refused.reads("The portal cannot take what your browser sent");
            assert_eq!(keychain::form(&refused).value("name"), "Key");
        }
        let page = ada.get(NEW).expect(200);
        let csrf = keychain::form(&page).value("csrf").to_owned();
        for purpose in ["", "sign_in", "other"] {
            ada.post("/account/passkeys/challenge", &[("csrf", &csrf), ("purpose", purpose)]).expect(400);
        }
        let long = "n".repeat(61);
        for (name, why) in [("", "Enter a name"), ("\u{7}", "of one line"), (long.as_str(), "at most 60")] {
            let form = keychain::form(&page).forge("name", name);
            let told = keychain::ask(&ada, &page, &form).expect(422).text();
            assert!(told.replace(['\u{2068}', '\u{2069}'], "").contains(why), "{told}");
            form.forge("credential", "{}").press().expect(422).reads(why);
        }
        let made_up = |said: &mut Said| said.challenge = keychain::text(&[1; 32]);
        add_with(&server, &ada, &mut Keychain::new(), "Key", made_up).expect(422).reads("It took too long");
        assert_eq!((server.count("passkeys"), server.count("audit_log")), (0, before));
        // An id that somebody has is not given to another, be it copied.
        let mut keys = Keychain::new();
        add(&server, &ada, &mut keys, "Key");
        add_with(&server, &bea, &mut keys, "Mine", |_| {}).expect(422).reads("has a passkey for the portal already");
        assert_eq!(server.count("passkeys"), 1);
        keys.owner.clear();
        enter(&server, &mut keys).1.expect(422);
        // Somebody who is not signed in has none to add.
        server.anonymous().get(NEW).expect(303);
        server.anonymous().get("/account/passkeys").expect(303);
    }

    fn a_counter_that_goes_back_is_refused_noted_and_told(backend: Backend) {
        let server = Server::named(backend);
        let ada = server.stakeholder("ada");
        let mut keys = Keychain::new();
        keys.counter = 10;
        add(&server, &ada, &mut keys, "Blue key");
        keys.counter = 12;
        enter(&server, &mut keys).1.expect(303);
        for counter in [12, 11, 0, 12, 1] {
            keys.counter = counter;
            let (browser, answer) = enter(&server, &mut keys);
            answer.expect(403).reads("there may be a copy of it").reads("It opened nothing");
            browser.get("/account").expect(303);
        }
        // Whoever has the copy fills nobody's mailbox with it.
        assert_eq!(server.audited("account.passkey_counted_back"), 3);
        assert_eq!(server.count("outbox WHERE once_key LIKE 'passkey-counted-back:%'"), 3);
        let told = server.mail_to(&ada.email);
        assert!(told.subject.contains("was refused") && told.body.contains("Blue key"), "{told:?}");
        assert_eq!(server.number("SELECT counter AS n FROM passkeys"), 12);
        keys.counter = 13;
        enter(&server, &mut keys).1.expect(303);
        server.assert_audit_holds();
    }

    fn a_suspended_person_is_told_and_not_let_in(backend: Backend) {
        let server = Server::named(backend);
        let (sec, ada) = (server.secretariat("sec"), server.stakeholder("ada"));
        let mut keys = Keychain::new();
        add(&server, &ada, &mut keys, "Key");
        let place = sec.place_of(&ada.email);
        let form = sec.get(&format!("{place}/suspension")).expect(200).form("main form");
        form.set("grounds", "Floods.").press().expect(303);
        let (browser, answer) = enter(&server, &mut keys);
        answer.expect(403).reads("suspended");
        assert!(browser.cookie("session").is_none());
        let form = sec.get(&format!("{place}/reinstatement")).expect(200).form("main form");
        form.set("grounds", "No longer.").press().expect(303);
        enter(&server, &mut keys).1.expect(303);
    }

    fn nobody_removes_what_is_somebody_elses(backend: Backend) {
        let server = Server::named(backend);
        let (ada, eve) = (server.stakeholder("ada"), server.stakeholder("eve"));
        let mut keys = Keychain::new();
        add(&server, &ada, &mut keys, "Zebra finch");
        let path = removal(&ada);
        eve.get(&path).expect(404);
        eve.get("/account/passkeys").expect(200).lacks("Zebra finch");
        let csrf = eve.get("/sign-out").form("main form").value("csrf").to_owned();
        eve.post(&path, &[("csrf", &csrf)]).expect(404);
        for id in ["0", "018f0000-0000-7000-8000-000000000000"] {
            ada.get(&format!("/account/passkeys/{id}/removal")).expect(404);
        }
        assert_eq!(server.count("passkeys"), 1);
    }
}
