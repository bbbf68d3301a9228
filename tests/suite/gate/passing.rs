//! Who meets the gate, and what takes them through it.

use chrono::TimeDelta;
use norm_portal::routes::{TABLE, kind};
use norm_portal::web::limits::Kind;

use super::{TITLE, at_gate, closed, gated, worked};
use crate::harness::form::Filled;
use crate::harness::{Answer, Backend, Client, on_both};
use crate::limits::{HERE, THERE, get_from, post_from};

/// Sends the form at the gate from an address.
#[track_caller]
fn send_from(client: &Client, form: &Filled, address: &str) -> Answer {
    post_from(client, "/gate", &form.values(), address)
}

on_both! {
    fn strangers_pass_by_work_and_readers_and_people_meet_nothing(backend: Backend) {
        let server = gated(backend, |config| config.gate.pass_minutes = 20);
        let (ada, mo, eve) = (server.stakeholder("ada"), server.moderator("mo"), server.anonymous());
        let sec = closed(&server);
        for path in ["/", "/norms/botnets", "/overview", "/contact", "/privacy", "/feed.atom", "/api/v1/norms", "/healthz",
            "/norms/botnets/comments/new"] {
            get_from(&eve, path, HERE).expect(200);
        }
        for person in [ada.client(), mo.client(), sec.client()] {
            get_from(person, "/search?q=norm", HERE).expect(200);
        }
        ada.comment_on_whole("botnets", "Written meanwhile.", "named");
        let problem = get_from(&eve, "/api/v1/annotations", HERE).expect(403);
        assert_eq!(problem.header("content-type"), Some("application/problem+json"));
        let form = at_gate(&get_from(&eve, "/search?q=norm", HERE));
        let through = send_from(&eve, &worked(form), HERE).expect(303);
        assert_eq!(through.location(), "/search?q=norm");
        get_from(&eve, "/search?q=norm", HERE).expect(200);
        get_from(&eve, "/register", HERE).expect(200);
        // A pass is for one network, and for its time.
        at_gate(&get_from(&eve, "/search?q=norm", THERE));
        server.pass(TimeDelta::minutes(20));
        at_gate(&get_from(&eve, "/search?q=norm", HERE));
        assert_eq!(server.count("gate_passes WHERE way = 'proof'"), 1);
    }

    fn a_wrong_or_used_answer_opens_nothing_and_asks_no_database(backend: Backend) {
        let server = gated(backend, |_| {});
        let (eve, other) = (server.anonymous(), server.anonymous());
        let _sec = closed(&server);
        let form = at_gate(&get_from(&eve, "/register", HERE));
        let right = worked(form.clone());
        let challenge = form.value("challenge").to_owned();
        let parts: Vec<&str> = challenge.split('.').collect();
        let easier = [parts[0], parts[1], "0", parts[3]].join(".");
        server.execute("ALTER TABLE gate_passes RENAME TO gone");
        let refused = |form: &Filled, address: &str, words: &str| {
            let answer = send_from(&eve, form, address);
            assert_ne!(at_gate(&answer).value("challenge"), challenge, "a new one");
            answer.reads(words);
            assert_eq!(eve.cookie("pass"), None);
        };
        refused(&form.clone().forge("answer", "no number"), HERE, "The calculation is not right");
        refused(&form.clone().forge("answer", &"9".repeat(17)), HERE, "The calculation is not right");
        refused(&form.clone().forge("challenge", &easier).forge("answer", "1"), HERE, "Here is a new one");
        refused(&form.clone().forge("challenge", "").forge("answer", "1"), HERE, "Here is a new one");
        refused(&right, THERE, "began on another network");
        send_from(&eve, &right, HERE).expect(500);
        server.execute("ALTER TABLE gone RENAME TO gate_passes");
        send_from(&eve, &right, HERE).expect(303);
        // In another browser of the same network.
        let theirs = at_gate(&get_from(&other, "/register", HERE));
        let replayed = right.clone().forge("csrf", theirs.value("csrf"));
        send_from(&other, &replayed, HERE).expect(403).reads("This check was used already");
        assert_eq!(other.cookie("pass"), None);
        let old = worked(theirs);
        server.pass(TimeDelta::minutes(30));
        send_from(&other, &old, HERE).expect(403).reads("is too old");
        assert_eq!(server.count("gate_passes"), 1);
        // A pass that was made up.
        for made_up in ["1", "99999999999999999.AAAA", eve.cookie("pass").unwrap().replacen('1', "9", 1).as_str()] {
            other.set_cookie("pass", Some(made_up));
            at_gate(&get_from(&other, "/register", HERE));
        }
    }

    fn who_can_not_calculate_waits_and_few_are_let_in_at_once(backend: Backend) {
        let server = gated(backend, |config| config.gate.waiting_a_minute = 60);
        let _sec = closed(&server);
        // Seven of one network and five of others.
        let places = (0..12).map(|who| if who < 7 { HERE.to_owned() } else { format!("192.0.2.{who}") });
        let waiting: Vec<(Client, String, Filled)> = places
            .map(|place| {
                let browser = server.anonymous();
                let form = at_gate(&get_from(&browser, "/look-up", &place));
                (browser, place, form)
            })
            .collect();
        let press = |who: usize| {
            let (browser, place, form) = &waiting[who];
            send_from(browser, form, place)
        };
        let challenge = |who: usize| waiting[who].2.value("challenge").to_owned();
        server.pass(TimeDelta::seconds(29));
        let soon = press(0).expect(403);
        soon.reads("It is too soon").reads("Wait one second, then press the button.");
        assert_eq!(at_gate(&soon).value("challenge"), challenge(0), "no second waiting");
        server.pass(TimeDelta::seconds(1));
        assert_eq!(press(0).expect(303).location(), "/look-up");
        get_from(&waiting[0].0, "/look-up", HERE).expect(200);
        // One network has six at once here, and everybody together ten.
        for who in 1..6 {
            press(who).expect(303);
        }
        let full = press(6).expect(403);
        full.reads("You keep your place").reads("You have waited long enough");
        assert_eq!(at_gate(&full).value("challenge"), challenge(6));
        for who in 7..11 {
            press(who).expect(303);
        }
        press(11).expect(403).reads("You keep your place");
        server.pass(TimeDelta::seconds(1));
        press(6).expect(403).reads("You keep your place");
        press(11).expect(303);
        server.pass(TimeDelta::seconds(10));
        press(6).expect(303);
        server.pass(TimeDelta::seconds(10));
        press(6).expect(403).reads("This check was used already");
        assert_eq!(server.count("gate_passes WHERE way = 'waiting'"), 12);
    }

    fn a_browser_that_works_in_vain_is_told_so(backend: Backend) {
        let server = gated(backend, |_| {});
        let _sec = closed(&server);
        let eve = server.anonymous();
        let mut page = get_from(&eve, "/register", HERE);
        for _ in 0..3 {
            assert_eq!(page.all("#gate-told").len(), 1);
            page = send_from(&eve, &worked(at_gate(&page)), THERE);
            page = send_from(&eve, &worked(at_gate(&page)), HERE);
            if page.status == 403 && page.all("#gate-told").is_empty() {
                break;
            }
        }
        page.reads("another address with each request").reads("Pass by waiting");
    }
}

fn path(pattern: &str) -> String {
    let part = |part: &'static str| if part.starts_with('{') { "018f0000-0000-7000-8000-000000000000" } else { part };
    let pattern: &'static str = TABLE.iter().find(|route| route.path == pattern).unwrap().path;
    pattern.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[test]
fn what_costs_much_is_behind_the_gate_and_what_is_read_is_not() {
    let server = gated(Backend::Sqlite, |_| {});
    let _sec = closed(&server);
    let eve = server.anonymous();
    let (mut behind, mut before) = (0, 0);
    for route in TABLE {
        let cost = |method: &str| kind(&method.parse().unwrap(), route.path);
        let is_entrance = route.method == "GET" && cost("POST") == Kind::Entering;
        let is_guarded = !matches!(cost(route.method), Kind::Free | Kind::Reading) || is_entrance;
        let path = path(route.path);
        let answer = if route.method == "GET" { eve.get(&path) } else { eve.post(&path, &[("go", "send")]) };
        let html = answer.header("content-type").is_some_and(|it| it.starts_with("text/html"));
        let is_gate = answer.status == 403 && (!html || answer.one("h1") == TITLE) && route.path != "/gate";
        assert_eq!(is_gate, is_guarded && route.path != "/gate", "{} {}: {}", route.method, route.path, answer.status);
        (behind, before) = (behind + usize::from(is_gate), before + usize::from(!is_gate));
    }
    assert!(behind > 100 && before > 100, "{behind} behind, {before} before");
}
