//! Passkeys through pages: adding, using and removing them, by people and by attackers with authenticators of their own.

mod desk;
mod journey;
mod refused;

use chrono::TimeDelta;

use crate::after_sending::Unpacked;
use crate::harness::keychain::{self, SYNCED, Said};
use crate::harness::people::sign_in;
use crate::harness::{Answer, Backend, Client, Keychain, Server, on_both};
use crate::races::at_once;

/// Where the list is.
const LIST: &str = "/account/passkeys";
/// Where one is added.
const NEW: &str = "/account/passkeys/new";

/// Adds the passkey of `keys` with a flaw that `change` puts in.
#[track_caller]
fn add_with(
    server: &Server,
    person: &Client,
    keys: &mut Keychain,
    name: &str,
    change: impl FnOnce(&mut Said),
) -> Answer {
    let page = person.get(NEW).expect(200);
    let form = keychain::form(&page).set("name", name);
    let options = keychain::options(person, &page, &form);
    form.forge("credential", &keys.create(&options, &server.origin, change)).press()
}

/// Adds the passkey of `keys`.
#[track_caller]
fn add(server: &Server, person: &Client, keys: &mut Keychain, name: &str) {
    add_with(server, person, keys, name, |_| {}).expect(303);
}

/// Fills in and sends the form for a passkey on `page`, with a flaw.
#[track_caller]
fn used_with(
    server: &Server,
    client: &Client,
    page: &Answer,
    keys: &mut Keychain,
    change: impl FnOnce(&mut Said),
) -> Answer {
    let form = keychain::form(page);
    let options = keychain::options(client, page, &form);
    form.forge("credential", &keys.answer(&options, &server.origin, change)).press()
}

/// Fills in and sends the form for a passkey on `page`.
#[track_caller]
fn used(server: &Server, client: &Client, page: &Answer, keys: &mut Keychain) -> Answer {
    used_with(server, client, page, keys, |_| {})
}

/// Signs in with a passkey in a browser that was never here.
#[track_caller]
fn enter(server: &Server, keys: &mut Keychain) -> (Client, Answer) {
    let client = server.anonymous();
    let page = client.get("/sign-in").expect(200);
    let answer = used(server, &client, &page, keys);
    (client, answer)
}

/// The address of the only passkey's removal.
#[track_caller]
fn removal(person: &Client) -> String {
    person.get(LIST).expect(200).link("main table a")
}

on_both! {
    fn a_passkey_is_added_named_used_and_removed(backend: Backend) {
        let server = Server::named(backend);
        let ada = server.stakeholder("ada");
        let elsewhere = ada.elsewhere(&server);
        ada.get(LIST).expect(200).reads("You have no passkeys yet.");
        for (mut keys, name) in [(Keychain::new(), "Blue key <1>"), (Keychain::of_ed25519(), "Old phone")] {
            let before = ada.cookie("session");
            add(&server, &ada, &mut keys, name);
            assert_ne!(ada.cookie("session"), before, "whatever changes how one signs in gives a new secret");
            elsewhere.get("/account").expect(303);
            let told = server.mail_to(&ada.email);
            assert!(told.subject.contains("new passkey") && told.body.contains(name), "{told:?}");
            ada.get(LIST).expect(200).reads(name).reads("Not yet").reads("In one device");
            server.pass(TimeDelta::minutes(3));
            let (browser, answer) = enter(&server, &mut keys);
            assert_eq!(answer.expect(303).location(), "/");
            assert!(browser.cookie("half").is_none(), "no code is asked for");
            browser.get("/account").expect(200).reads(&ada.email);
            browser.get(LIST).expect(200).lacks("Not yet");
            // The password is what it was.
            assert_eq!(sign_in(&server.anonymous(), &ada.email, &ada.password).expect(303).location(), "/");
            let page = browser.get(&removal(&browser)).expect(200);
            page.reads("Remove a passkey").reads(name);
            page.form("main form").press().expect(303).follow().reads("The passkey is removed.").reads("You have no passkeys yet.");
            assert!(server.mail_to(&ada.email).body.contains(name));
            enter(&server, &mut keys).1.expect(422).reads("This passkey is not known here");
            ada.get("/account").expect(303);
            ada.sign_in();
            elsewhere.sign_in();
        }
        assert_eq!((server.audited("account.passkey_added"), server.audited("account.passkey_removed")), (2, 2));
        assert_eq!(server.count("passkeys"), 0);
        server.assert_audit_holds();
    }

    fn what_was_typed_elsewhere_and_where_one_was_going_are_kept(backend: Backend) {
        let server = Server::named(backend);
        let ada = server.stakeholder("ada");
        let mut keys = Keychain::new();
        add_with(&server, &ada, &mut keys, "Synced", |said| said.flags |= SYNCED).expect(303);
        ada.get(LIST).reads("May be copied between your devices");
        ada.sign_out();
        let to = ada.get(LIST).expect(303).follow();
        assert_eq!(used_with(&server, &ada, &to, &mut keys, |said| said.flags |= SYNCED).expect(303).location(), LIST);
        let form = ada.whole_form("botnets", "Words of an hour.");
        server.pass(TimeDelta::hours(13));
        let ended = form.press().expect(401);
        let back = used_with(&server, &ada, &ended, &mut keys, |said| said.flags |= SYNCED).expect(200);
        back.reads("Go on").form("main form").press().expect(200).form("main form");
        assert!(back.text().contains("Words of an hour."));
    }

    fn a_passkey_proves_who_one_is(backend: Backend) {
        let server = Server::named(backend);
        let (ada, bea) = (server.stakeholder("ada"), server.stakeholder("bea"));
        let (mut keys, mut hers) = (Keychain::new(), Keychain::new());
        add(&server, &ada, &mut keys, "Key");
        add(&server, &bea, &mut hers, "Key");
        server.pass(TimeDelta::minutes(11));
        let asked = ada.get(NEW).expect(303).follow().expect(200);
        asked.reads("Confirm that it is you");
        // One that is for signing in is not for this, nor one of somebody else.
        let browser = server.anonymous();
        let page = browser.get("/sign-in").expect(200);
        let options = keychain::options(&browser, &page, &keychain::form(&page));
        let answer = keys.answer(&options, &server.origin, |_| {});
        keychain::form(&asked).forge("credential", &answer).press().expect(422).reads("Try again");
        let options = keychain::options(&ada, &asked, &keychain::form(&asked));
        hers.credential.clone_from(&keys.credential);
        let answer = hers.answer(&options, &server.origin, |_| {});
        keychain::form(&asked).forge("credential", &answer).press().expect(422).reads("is not known here");
        assert_eq!(used(&server, &ada, &asked, &mut keys).expect(303).location(), NEW);
        ada.get(NEW).expect(200);
        // Some authenticators leave out whose they are where they were asked for one of theirs.
        server.pass(TimeDelta::minutes(11));
        let asked = ada.get(NEW).expect(303).follow().expect(200);
        used_with(&server, &ada, &asked, &mut keys, |said| said.owner = None).expect(303);
        server.pass(TimeDelta::minutes(11));
        let asked = ada.get(NEW).expect(303).follow().expect(200);
        used_with(&server, &ada, &asked, &mut keys, |said| said.owner = Some(Vec::new())).expect(303);
    }

    fn a_new_password_says_that_passkeys_go_on(backend: Backend) {
        let server = Server::named(backend);
        let ada = server.stakeholder("ada");
        add(&server, &ada, &mut Keychain::new(), "Key");
        server.anonymous().get("/password/reset").form("main form").set("email", &ada.email).press().expect(200);
        let link = server.link_in(&server.mail_to(&ada.email));
        let form = server.anonymous().get(&link).expect(200).form("main form");
        form.set("password", "three otters on a windy pier 7").press().expect(303);
        let told = server.mail_to(&ada.email).body;
        assert!(told.contains("Passkeys still sign in without it"), "{told}");
    }

    fn adding_and_removing_ask_for_a_proof_and_keep_the_name(backend: Backend) {
        let server = Server::named(backend);
        let ada = server.stakeholder("ada");
        let mut keys = Keychain::new();
        add(&server, &ada, &mut keys, "Key");
        let page = ada.get(NEW).expect(200);
        let removal = ada.get(&removal(&ada)).expect(200).form("main form");
        server.pass(TimeDelta::minutes(11));
        ada.get(NEW).expect(303);
        let form = keychain::form(&page).set("name", "Second");
        keychain::ask(&ada, &page, &form).expect(403);
        let asked = form.press().expect(401);
        removal.press().expect(401).reads("Confirm that it is you");
        assert_eq!((server.count("passkeys"), server.audited("account.passkey_removed")), (1, 0));
        let back = asked.form("main form").set("password", &ada.password).press().expect(200);
        let again = back.form("main form").press().expect(422);
        again.reads("No passkey arrived");
        assert_eq!(keychain::form(&again).value("name"), "Second");
        let mut second = Keychain::new();
        let options = keychain::options(&ada, &again, &keychain::form(&again));
        assert_eq!(options["excludeCredentials"][0]["id"], keychain::text(&keys.credential));
        let answer = second.create(&options, &server.origin, |_| {});
        keychain::form(&again).forge("credential", &answer).press().expect(303);
        assert_eq!(server.count("passkeys"), 2);
    }

    fn of_many_who_send_one_answer_one_comes_in(backend: Backend) {
        let server = Server::named(backend);
        let ada = server.stakeholder("ada");
        let mut keys = Keychain::new();
        keys.counter = 4;
        add(&server, &ada, &mut keys, "Key");
        keys.counter = 5;
        let browser = server.anonymous();
        let page = browser.get("/sign-in").expect(200);
        let options = keychain::options(&browser, &page, &keychain::form(&page));
        let answer = keys.answer(&options, &server.origin, |_| {});
        let form = keychain::form(&page).forge("credential", &answer);
        let answers = at_once(6, |_| form.press());
        assert_eq!(answers.iter().filter(|(status, _)| *status == 303).count(), 1, "{answers:?}");
        assert_eq!(server.count("sessions"), 2);
    }

    fn what_is_kept_is_told_given_out_and_deleted(backend: Backend) {
        let server = Server::named(backend);
        let ada = server.stakeholder("ada");
        let mut keys = Keychain::new();
        add(&server, &ada, &mut keys, "Zebra finch");
        server.anonymous().get("/privacy").expect(200).reads("Nothing of your fingerprint or face leaves your device");
        let file = ada.get("/account/data/file").expect(200);
        let given = Unpacked::read(&file.body).json("account.json");
        assert_eq!(given["passkeys"][0]["name"], "Zebra finch");
        let browser = server.anonymous();
        let page = browser.get("/sign-in").expect(200);
        keychain::options(&browser, &page, &keychain::form(&page));
        assert_eq!(server.count("passkey_challenges"), 1);
        server.pass(TimeDelta::minutes(6));
        server.keeper_round();
        assert_eq!(server.count("passkey_challenges"), 0);
        let form = ada.get("/account/deletion").expect(200).form("main form");
        form.set("understood", "yes").press().expect(303);
        assert_eq!(server.count("passkeys"), 0);
        enter(&server, &mut keys).1.expect(422).reads("is not known here");
    }
}

#[test]
fn an_address_in_figures_has_no_passkeys_and_says_so() {
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    ada.get(LIST).expect(200).reads("an address in figures");
    ada.get(NEW).expect(200).reads("an address in figures");
    let browser = server.anonymous();
    let page = browser.get("/sign-in").expect(200);
    assert!(page.all("form[data-passkey]").is_empty());
    let csrf = page.form("main form").value("csrf").to_owned();
    browser.post("/sign-in/passkey/challenge", &[("csrf", &csrf)]).expect(404);
    browser.post("/sign-in/passkey", &[("csrf", &csrf), ("credential", "{}")]).expect(404);
}

#[test]
fn an_account_has_so_many_and_no_more() {
    let server = Server::named(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    for number in 0..20 {
        add(&server, &ada, &mut Keychain::new(), &format!("Key {number}"));
    }
    ada.get(LIST).expect(200).reads("as many passkeys as it may have");
    add_with(&server, &ada, &mut Keychain::new(), "One more", |_| {}).expect(422).reads("as many passkeys as");
    assert_eq!(server.count("passkeys"), 20);
}
