//! What is kept is shown as long as it is true, and not a request longer.

use chrono::TimeDelta;

use super::{NORM, ask, published, rendered};
use crate::harness::comments::COMPOSER;
use crate::harness::server::noon;
use crate::harness::{Client, Person, Server, on_both};
use crate::organisations::people::{at, found};

/// What browsers send.
const ENCODINGS: [&str; 3] = ["gzip, deflate, br", "gzip", "identity"];

/// Asks for the page in every encoding, twice: then it is kept in all.
fn warm(client: &Client, path: &str) {
    for encoding in ENCODINGS.iter().cycle().take(6) {
        ask(client, path, encoding);
    }
}

/// Fails unless the page now holds the words, or does not, in every encoding.
#[track_caller]
fn all_hold(client: &Client, path: &str, words: &str, wanted: bool) {
    for encoding in ENCODINGS {
        let answer = ask(client, path, encoding);
        let text = answer.text().replace(['\u{2068}', '\u{2069}'], "");
        assert_eq!(text.contains(words), wanted, "{path} in {encoding} ({}): {words}", answer.status);
    }
}

fn set_window(sec: &Person, opens: i64, closes: i64) {
    let at = |minutes| (noon() + TimeDelta::minutes(minutes)).format("%Y-%m-%dT%H:%M").to_string();
    let form = sec.get("/secretariat/consultations").expect(200).form("main form");
    form.set("opens_at", &at(opens)).set("closes_at", &at(closes)).press().expect(303);
}

on_both! {
    fn a_kept_page_is_the_rendered_page_to_the_byte(server: Server) {
        let (_, _, comment) = published(&server, "Kept as it was rendered.");
        let reader = server.anonymous();
        for path in ["/", NORM, comment.as_str(), "/contact", "/privacy", "/accessibility"] {
            for encoding in ENCODINGS {
                let before = rendered(&server);
                let (first, second) = (ask(&reader, path, encoding).expect(200), ask(&reader, path, encoding).expect(200));
                assert_eq!(rendered(&server), before + 1, "{path} in {encoding}");
                assert_eq!(first.body, second.body, "{path} in {encoding}");
                let own = |name: &str| !matches!(name, "x-request-id" | "date");
                let headers = |answer: &crate::harness::Answer| {
                    let mut all: Vec<_> = answer.headers.iter().filter(|(name, _)| own(name)).cloned().collect();
                    all.sort();
                    all
                };
                assert_eq!(headers(&first), headers(&second), "{path} in {encoding}");
                assert_ne!(first.header("x-request-id"), second.header("x-request-id"));
                // Whoever has a cookie of ours is answered past the cache's first door.
                let other = server.anonymous();
                other.set_cookie("form", Some("AAAA"));
                assert_eq!(ask(&other, path, encoding).expect(200).text(), first.text(), "{path} in {encoding}");
            }
        }
    }

    fn the_first_request_after_a_decision_shows_it(server: Server) {
        let (ada, mo, first) = published(&server, "The first of all.");
        let reader = server.anonymous();
        let second = ada.comment_on_whole("avoid-tampering", "The second of all.", "named");
        let page = format!("/comments/{second}");
        for path in ["/", NORM, &first] {
            warm(&reader, path);
        }
        reader.get(&page).expect(404);
        all_hold(&reader, "/", "1 published comment<", true);
        mo.publish(&second);
        all_hold(&reader, NORM, "The second of all.", true);
        all_hold(&reader, "/", "2 published comments<", true);
        warm(&reader, &page);
        all_hold(&reader, &page, "The second of all.", true);
        ada.get(&format!("/my-comments/{second}/withdrawal")).form(COMPOSER).press().expect(303);
        all_hold(&reader, NORM, "The second of all.", false);
        reader.get(&page).expect(410);
        all_hold(&reader, &page, "The second of all.", false);
        all_hold(&reader, "/", "1 published comment<", true);
    }

    fn a_comment_is_rendered_anew_only_when_something_of_its_text_changes(server: Server) {
        let (ada, mo, page) = published(&server, "The first of all.");
        let reader = server.anonymous();
        let data = format!("/api/v1{page}");
        let ask_all = || {
            ask(&reader, &page, "br").expect(200);
            ask(&reader, &data, "br").expect(200);
            for media in ["application/json", "application/ld+json"] {
                reader.get_with(&page, &[("accept", media), ("accept-encoding", "br")]).expect(200);
            }
        };
        ask_all();
        let before = rendered(&server);
        let elsewhere = ada.comment_on_whole("botnets", "On another text.", "named");
        mo.publish(&elsewhere);
        ask_all();
        assert_eq!(rendered(&server), before, "nothing that these show has changed");
        let alike = ada.comment_on_whole("avoid-tampering", "The first of all.", "named");
        mo.publish(&alike);
        ask_all();
        assert_eq!(rendered(&server), before + 4, "another comment says the same");
    }

    fn a_stretch_of_the_site_map_changes_when_a_comment_leaves_it(server: Server) {
        let (ada, mo, page) = published(&server, "The first of all.");
        let reader = server.anonymous();
        let map = "/sitemap/comments-1.xml";
        assert!(ask(&reader, map, "br").text().contains(&page));
        // Ten thousand places further on the stretch is full.
        server.execute("UPDATE epochs SET epoch = 10001 WHERE scope = 'record'");
        let later = ada.comment_on_whole("avoid-tampering", "Much later.", "named");
        mo.publish(&later);
        let full = ask(&reader, map, "br");
        assert!(full.lacks(&later).text().contains(&page));
        let before = rendered(&server);
        let latest = ada.comment_on_whole("avoid-tampering", "Later still.", "named");
        mo.publish(&latest);
        let second = ask(&reader, "/sitemap/comments-2.xml", "br").text();
        assert!(second.contains(&later) && second.contains(&latest), "{second}");
        assert_eq!(ask(&reader, map, "br").body, full.body);
        assert_eq!(rendered(&server), before + 1, "only the stretch that it entered");
        let reference = page.rsplit('/').next().unwrap();
        ada.get(&format!("/my-comments/{reference}/withdrawal")).form(COMPOSER).press().expect(303);
        ask(&reader, map, "br").lacks(&page);
    }

    fn the_first_request_after_a_name_was_added_shows_it(server: Server) {
        let (_, _, page) = published(&server, "Worth signing.");
        let (bob, reader) = (server.stakeholder("bob"), server.anonymous());
        warm(&reader, &page);
        let signing = bob.get(&format!("{page}/cosignature")).form("form[action$='/cosignature']");
        signing.forge("signatory", "myself").press().expect(303);
        all_hold(&reader, &page, &bob.name, true);
        bob.get(&format!("{page}/cosignature")).form("form[action$='/removal']").press().expect(303);
        all_hold(&reader, &page, &bob.name, false);
    }

    fn the_first_request_after_an_organisation_was_confirmed_shows_it(server: Server) {
        let (sec, mo) = (server.secretariat("sec"), server.moderator("mo"));
        let eve = at(&server, "eve", "eve@gmail.com");
        found(&eve, "Friends of Examples", false);
        let reference = eve.comment_on_whole("avoid-tampering", "Said for all of us.", "named");
        mo.publish(&reference);
        let (reader, page) = (server.anonymous(), format!("/comments/{reference}"));
        for path in [NORM, &page] {
            warm(&reader, path);
        }
        let before = [ask(&reader, NORM, "br").text(), ask(&reader, &page, "br").text()];
        let list = sec.get("/secretariat/organisations").expect(200).dom();
        let link = list.select(&crate::harness::client::css("table a[href^='/secretariat/organisations/']")).next();
        let link = link.unwrap().value().attr("href").unwrap().to_owned();
        sec.get(&link).form("form:has(button[value=confirm])").go("confirm").expect(303);
        for (path, before) in [NORM, &page].into_iter().zip(before) {
            let after = ask(&reader, path, "br").text();
            let fresh = { let it = server.anonymous(); it.set_cookie("flash", Some("flash-none")); it.get(path).text() };
            assert_eq!(after, fresh, "{path}");
            assert_ne!(after, before, "{path}");
        }
    }

    fn the_first_request_after_the_window_was_moved_shows_it(server: Server) {
        let (sec, reader) = (server.secretariat("sec"), server.anonymous());
        for path in ["/", NORM] {
            warm(&reader, path);
        }
        set_window(&sec, -60, -10);
        for path in ["/", NORM] {
            all_hold(&reader, path, "23 November 2026, 11:50 UTC", true);
        }
    }

    fn no_page_is_open_past_the_closing_moment(server: Server) {
        let (sec, reader) = (server.secretariat("sec"), server.anonymous());
        set_window(&sec, 10, 20);
        let opens = TimeDelta::minutes(10);
        server.pass(opens - TimeDelta::microseconds(1));
        warm(&reader, NORM);
        all_hold(&reader, NORM, "/comments/new/general", false);
        server.pass(TimeDelta::microseconds(1));
        all_hold(&reader, NORM, "/comments/new/general", true);
        // The closing minute is the last, to its end.
        server.pass(TimeDelta::minutes(11) - TimeDelta::microseconds(1));
        warm(&reader, NORM);
        all_hold(&reader, NORM, "/comments/new/general", true);
        server.pass(TimeDelta::microseconds(1));
        all_hold(&reader, NORM, "/comments/new/general", false);
        warm(&reader, NORM);
        server.pass(-TimeDelta::microseconds(1));
        all_hold(&reader, NORM, "/comments/new/general", true);
    }

    fn a_countdown_is_a_minute_late_at_the_most(server: Server) {
        let (sec, reader) = (server.secretariat("sec"), server.anonymous());
        set_window(&sec, -10, 100);
        warm(&reader, "/");
        all_hold(&reader, "/", "100 minutes left", true);
        let before = rendered(&server);
        server.pass(TimeDelta::seconds(59));
        all_hold(&reader, "/", "100 minutes left", true);
        assert_eq!(rendered(&server), before);
        server.pass(TimeDelta::seconds(1));
        all_hold(&reader, "/", "99 minutes left", true);
    }
}
