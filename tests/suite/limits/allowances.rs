//! Allowances by network address and by account, apart from each other.

use chrono::TimeDelta;
use norm_portal::routes::{TABLE, Who};

use super::{FREE, HERE, THERE, few, get_from, limited, post_from};
use crate::harness::comments::COMPOSER;
use crate::harness::{Answer, Backend, Client, on_both};

const SIGN_IN: &[(&str, &str)] = &[("email", "ada@example.org"), ("password", "not the right password")];

#[track_caller]
fn guess(client: &Client, address: &str) -> Answer {
    let csrf = client.get("/sign-in").form("main form").value("csrf").to_owned();
    post_from(client, "/sign-in", &[&[("csrf", csrf.as_str())], SIGN_IN].concat(), address)
}

on_both! {
    fn who_guesses_too_often_is_told_when_to_come_back(backend: Backend) {
        let server = limited(backend, |config| config.limits.address.entering = few(2));
        let eve = server.anonymous();
        guess(&eve, HERE).expect(422);
        guess(&eve, HERE).expect(422);
        let refused = guess(&eve, HERE).expect(429);
        assert_eq!(refused.header("retry-after"), Some("60"));
        refused.reads("Try again in 60 seconds").lacks("not the right password");
        // What a visitor writes of itself is not believed, only what the proxy adds.
        for forged in ["203.0.113.77, 198.51.100.1", "198.51.100.1, 127.0.0.1", "::ffff:198.51.100.1", "198.51.100.1:99"] {
            guess(&eve, forged).expect(429);
        }
        let csrf = eve.get("/sign-in").form("main form").value("csrf").to_owned();
        let body = format!("csrf={csrf}&email=a%40example.org&password=x");
        for name in ["forwarded", "x-real-ip", "cf-connecting-ip", "true-client-ip", "x-client-ip", "client-ip"] {
            let value = if name == "forwarded" { "for=203.0.113.77" } else { "203.0.113.77" };
            let headers = [("content-type", "application/x-www-form-urlencoded"), ("x-forwarded-for", HERE), (name, value)];
            eve.post_with("/sign-in", &headers, body.as_bytes()).expect(429);
        }
        guess(&eve, THERE).expect(422);
        get_from(&eve, "/register", HERE).expect(200);
        server.pass(TimeDelta::seconds(59));
        assert_eq!(guess(&eve, HERE).expect(429).header("retry-after"), Some("1"));
        server.pass(TimeDelta::seconds(1));
        guess(&eve, HERE).expect(422);
        guess(&eve, HERE).expect(429);
        server.pass(TimeDelta::hours(1));
        for status in [422, 422, 429] {
            guess(&eve, HERE).expect(status);
        }
    }

    fn an_address_written_in_another_way_costs_the_same(backend: Backend) {
        let server = limited(backend, |config| config.limits.address.entering = few(2));
        let eve = server.anonymous();
        for (path, status) in [("/sign-in", 422), ("/sign%2Din", 422), ("/s%69gn-in", 429), ("/sign%2Din", 429)] {
            let csrf = eve.get("/sign-in").form("main form").value("csrf").to_owned();
            post_from(&eve, path, &[&[("csrf", csrf.as_str())], SIGN_IN].concat(), HERE).expect(status);
        }
    }

    fn a_comment_that_is_sent_too_soon_keeps_its_words(backend: Backend) {
        let server = limited(backend, |config| config.limits.account.sending = few(2));
        let (ada, bob) = (server.stakeholder("ada"), server.stakeholder("bob"));
        let form = ada.whole_form("botnets", "Line one.\n<b>Line two & \"more\".</b>").go("check").expect(200).form(COMPOSER);
        form.go("edit").expect(200);
        let refused = form.go("send").expect(429);
        refused.reads("Try again in 60 seconds").reads("What you wrote is kept on this page");
        assert_eq!(server.count("comments"), 0);
        ada.elsewhere(&server).whole_form("botnets", "Elsewhere.").go("check").expect(429);
        bob.whole_form("botnets", "Another's.").go("check").expect(200);
        let again = refused.form("main form");
        again.press().expect(429);
        server.pass(TimeDelta::minutes(1));
        let receipt = again.press().expect(303).location();
        ada.get(&receipt).expect(200).reads("Line one.").reads("<b>Line two & \"more\".</b>");
        assert_eq!(server.count("comments"), 1);
    }

    fn of_a_form_from_elsewhere_nothing_is_shown_again(backend: Backend) {
        let server = limited(backend, |config| config.limits.account.sending = few(1));
        let ada = server.stakeholder("ada");
        ada.whole_form("botnets", "One.").go("check").expect(200);
        let path = "/norms/botnets/comments/new/general";
        ada.post(path, &[("rationale", "planted"), ("go", "send")]).expect(429).lacks("planted");
    }

    fn a_script_that_keeps_a_draft_too_often_is_told_so(backend: Backend) {
        let server = limited(backend, |config| config.limits.account.sending = few(1));
        let ada = server.stakeholder("ada");
        let form = ada.whole_form("botnets", "Kept.");
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form.values()).finish();
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("accept", "application/json")];
        let save = || ada.post_with(form.action(), &headers, format!("{body}&go=save").as_bytes());
        save().expect(200);
        assert_eq!(save().expect(429).header("retry-after"), Some("60"));
        assert_eq!(server.count("drafts"), 1);
    }

    fn staff_have_an_allowance_that_no_visitor_uses_up(backend: Backend) {
        let server = limited(backend, |config| {
            config.limits.address.reading = few(3);
            config.limits.staff.reading = few(5);
        });
        let mo = server.moderator("mo");
        let ada = server.stakeholder("ada");
        let eve = server.anonymous();
        for _ in 0..3 {
            get_from(&eve, "/nothing", HERE).expect(404);
        }
        get_from(&eve, "/nothing", HERE).expect(429);
        get_from(&ada, "/account", HERE).expect(429);
        get_from(&ada, "/account", THERE).expect(200);
        while get_from(&mo, "/secretariat", HERE).status == 200 {}
        let own = get_from(&mo, "/secretariat", HERE).expect(429);
        assert!(own.header("retry-after").is_some());
        server.pass(TimeDelta::minutes(5));
        for status in [200, 200, 200, 200, 200, 429] {
            get_from(&mo, "/secretariat", HERE).expect(status);
        }
        get_from(&eve, "/healthz", HERE).expect(200);
        get_from(&eve, "/static/none.css", HERE).expect(404);
    }
}

#[test]
fn pages_that_are_kept_and_static_files_cost_nothing() {
    let server = limited(Backend::Sqlite, |config| config.limits.address.reading = few(2));
    let eve = server.anonymous();
    let home = get_from(&eve, "/", HERE).expect(200);
    while get_from(&eve, "/nothing", HERE).status == 404 {}
    get_from(&eve, "/nothing", HERE).expect(429);
    get_from(&eve, "/", HERE).expect(200);
    get_from(&eve, &home.link("link[rel=stylesheet]"), HERE).expect(200);
}

#[test]
fn programs_are_told_in_their_own_form() {
    let server = limited(Backend::Sqlite, |config| config.limits.address.reading = few(1));
    let eve = server.anonymous();
    get_from(&eve, "/api/v1/norms/none", HERE).expect(404);
    let refused = get_from(&eve, "/api/v1/norms/none", HERE).expect(429);
    assert_eq!(refused.header("retry-after"), Some("60"));
    assert_eq!(refused.header("content-type"), Some("application/problem+json"));
    let problem: serde_json::Value = serde_json::from_slice(&refused.body).unwrap();
    assert_eq!(problem["status"], 429);
    assert!(problem["detail"].as_str().unwrap().contains("60 seconds"), "{problem}");
}

#[test]
fn sessions_that_were_made_up_are_not_looked_up_for_ever() {
    let server = limited(Backend::Sqlite, |_| {});
    let (ada, eve) = (server.stakeholder("ada"), server.anonymous());
    get_from(&ada, "/account", HERE).expect(200);
    let mut refused = 0;
    for attempt in 0..100 {
        eve.set_cookie("session", Some(&format!("made-up-{attempt}")));
        refused += usize::from(get_from(&eve, "/account", HERE).status == 429);
    }
    assert_eq!(refused, 40, "sixty at once; hers, which began here, is none of them");
    get_from(&ada, "/account", HERE).expect(200);
    // Whoever signs in now is not kept out by what was made up.
    let bob = ada.elsewhere(&server);
    get_from(&bob, "/account", HERE).expect(200);
}

#[test]
fn an_address_that_is_not_known_limits_nobody() {
    let server = limited(Backend::Sqlite, |config| {
        config.limits.address.entering = few(1);
        config.server.proxies.clear();
    });
    let eve = server.anonymous();
    for _ in 0..3 {
        guess(&eve, HERE).expect(422);
    }
}

/// The address of a line of the table, of nothing that is there.
fn address(path: &str) -> String {
    let parts =
        path.split('/').map(|part| if part.starts_with('{') { "018f0000-0000-7000-8000-000000000000" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

#[test]
fn every_line_of_the_table_has_a_limit() {
    let server = limited(Backend::Sqlite, |config| {
        let one = few(1);
        let staff = &mut config.limits.staff;
        for rate in
            [&mut staff.entering, &mut staff.sending, &mut staff.searching, &mut staff.exporting, &mut staff.reading]
        {
            *rate = one;
        }
        config.limits.address.reading = FREE;
    });
    let sec = server.secretariat("sec");
    sec.get("/nothing");
    sec.get("/search");
    sec.get("/account/data/file");
    sec.post("/account/password", &[]);
    sec.post("/secretariat/bulk", &[]);
    let free = ["/static/{name:.*}", "/healthz", "/readyz"];
    for route in TABLE.iter().filter(|route| !free.contains(&route.path)) {
        let path = address(route.path);
        let answer = if route.method == "GET" { sec.get(&path) } else { sec.post(&path, &[("go", "send")]) };
        assert_eq!(answer.status, 429, "{} {} {:?}", route.method, route.path, route.who);
        assert!(answer.header("retry-after").is_some(), "{path}");
    }
    assert!(TABLE.iter().any(|route| route.who == Who::Secretariat));
}
