//! The list of one's sessions.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;

use crate::harness::people::sign_in;
use crate::harness::{Client, Person, Server, on_both};

const LIST: &str = "/account/sessions";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// Signs in with a browser that says what it is.
fn sign_in_as(server: &Server, person: &Person, agent: &str) -> Client {
    let browser = server.anonymous();
    let form = browser.get("/sign-in").form("main form").set("email", &person.email).set("password", &person.password);
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form.values()).finish();
    let kind = ("content-type", "application/x-www-form-urlencoded");
    browser.post_with("/sign-in", &[kind, ("user-agent", agent)], body.as_bytes()).expect(303);
    browser
}

on_both! {
    fn every_session_is_on_the_list_and_can_be_ended(server: Server) {
        let ada = server.stakeholder("ada");
        server.stakeholder("eve");
        let (firefox, odd) = (sign_in_as(&server, &ada, FIREFOX), sign_in_as(&server, &ada, "<b>curl</b>"));
        let page = ada.get(LIST).expect(200);
        page.reads("Firefox on Linux").reads("An unknown browser").reads("This one").lacks("curl");
        assert_eq!(page.all("tbody tr").len(), 3, "and none of eve's");
        assert_eq!(page.all("tbody .tag").len(), 1);
        let row = firefox.get(LIST).expect(200);
        assert!(row.all("tbody tr").iter().any(|it| it.contains("Firefox on Linux This one")), "{}", row.main());
        // The row of the odd one is told apart by what it is called.
        let dom = page.dom();
        let rows = crate::harness::client::css("tbody tr");
        let at = dom.select(&rows).filter(|it| it.inner_html().contains("name=\"session\""));
        let at = at.position_of("unknown browser");
        let form = page.form(&format!("tbody tr:nth-child({at}) form"));
        form.press().expect(303).follow().reads("The session has ended");
        form.press().expect(303).follow().reads("had ended already");
        let gone = [&firefox, &odd].iter().filter(|it| it.get("/account").status == 303).count();
        assert_eq!(gone, 1);
        ada.get("/account").expect(200);
        assert_eq!(server.audited("account.sessions_ended"), 1);
        server.assert_audit_holds();
    }

    fn all_others_end_together_and_nobody_ends_anothers(server: Server) {
        let (ada, eve) = (server.stakeholder("ada"), server.stakeholder("eve"));
        let others = [ada.elsewhere(&server), ada.elsewhere(&server)];
        let form = ada.get(LIST).expect(200).form("tbody form");
        let hers = form.value("session").to_owned();
        let csrf = eve.get("/sign-out").form("main form").value("csrf").to_owned();
        eve.post(LIST, &[("csrf", &csrf), ("session", &hers)]).expect(303).follow().reads("had ended already");
        eve.post(LIST, &[("csrf", &csrf), ("session", "no digest")]).expect(400);
        assert_eq!(server.count("sessions"), 4);
        ada.get(LIST).expect(200).form("form#others").press().expect(303).follow().reads("This is the only one");
        for other in &others {
            other.get("/account").expect(303);
        }
        eve.get("/account").expect(200);
    }

    fn what_has_ended_is_not_listed_and_thrown_away(server: Server) {
        let ada = server.stakeholder("ada");
        let _other = ada.elsewhere(&server);
        server.pass(TimeDelta::days(40));
        ada.get("/account").expect(303);
        ada.sign_in();
        assert_eq!(ada.get(LIST).expect(200).all("tbody tr").len(), 1);
        assert_eq!(server.count("sessions"), 3);
        server.keeper_round();
        assert_eq!(server.count("sessions"), 1);
        ada.get("/account").expect(200);
    }

    fn the_old_secret_is_of_no_use_after_a_proof_and_after_signing_in_anew(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let is_dead = |secret: Option<String>, what: &str| {
            let thief = server.anonymous();
            thief.set_cookie("session", secret.as_deref());
            assert_eq!(thief.get("/account").status, 303, "{what}");
        };
        for person in [&ada, &mo] {
            let before = person.cookie("session");
            person.prove();
            assert_ne!(person.cookie("session"), before);
            is_dead(before, "after a proof");
            person.get("/account").expect(200);
        }
        // The same person signs in over an open session, then somebody else does.
        let before = ada.cookie("session");
        ada.sign_in();
        assert_ne!(ada.cookie("session"), before);
        is_dead(before, "after signing in anew");
        let before = ada.cookie("session");
        let eve = server.stakeholder("eve");
        sign_in(&ada, &eve.email, &eve.password).expect(303);
        is_dead(before, "after somebody else signed in");
        let mine = mo.cookie("session");
        let page = sign_in(&mo, &mo.email, &mo.password).expect(303).follow().expect(200);
        mo.app().enter(&page).expect(303);
        is_dead(mine, "after signing in anew with a code");
        mo.get("/secretariat").expect(200);
    }

    fn a_sessions_secret_is_256_bits_and_never_the_same(server: Server) {
        let ada = server.stakeholder("ada");
        let mut all = std::collections::BTreeSet::new();
        for _ in 0..20 {
            ada.sign_in();
            let secret = URL_SAFE_NO_PAD.decode(ada.cookie("session").unwrap()).unwrap();
            assert_eq!(secret.len(), 32);
            all.insert(secret);
        }
        assert_eq!(all.len(), 20);
    }

    fn a_new_password_gives_the_session_a_new_secret(server: Server) {
        let ada = server.stakeholder("ada");
        let stolen = ada.cookie("session");
        let form = ada.get("/account").form("form[action='/account/password']");
        form.set("old_password", &ada.password).set("new_password", "three otters on a windy pier 7").press().expect(303);
        ada.get("/account").expect(200);
        let thief = server.anonymous();
        thief.set_cookie("session", stolen.as_deref());
        thief.get("/account").expect(303);
    }
}

/// Finds a row by its words.
trait PositionOf {
    fn position_of(self, words: &str) -> usize;
}

impl<'a, I: Iterator<Item = scraper::ElementRef<'a>>> PositionOf for I {
    /// Its place among all rows, from 1.
    fn position_of(self, words: &str) -> usize {
        for row in self {
            if crate::harness::client::words(row).contains(words) {
                return 1 + row.prev_siblings().filter(|it| it.value().is_element()).count();
            }
        }
        panic!("no row reads {words:?}");
    }
}
