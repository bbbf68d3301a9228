//! Figures: what they say, that a day says the same when it is kept, and who sees whose decisions.

use chrono::TimeDelta;

use super::NORM;
use crate::harness::{Answer, Person, Server, on_both};

const PAGE: &str = "/secretariat/figures";

/// The rows of the table with this caption id, each as one line.
fn rows(page: &Answer, id: &str) -> Vec<String> {
    page.all(&format!("[aria-labelledby={id}] tbody tr"))
}

/// What the page says of the past, as one text.
fn past(page: &Answer) -> Vec<String> {
    let parts = ["by-outcome", "by-reason", "deciders"].iter().flat_map(|id| rows(page, id));
    parts.chain(page.all("dl.facts dd").into_iter().take(6)).chain(page.all("[aria-labelledby=arrivals] > p")).collect()
}

/// Five comments: three decided after three hours, two wait; one author appeals and is heard.
fn a_day(server: &Server) -> (Person, Person, Person) {
    let (sec, mo, ada) = (server.secretariat("sec"), server.moderator("mo"), server.stakeholder("ada"));
    let all: Vec<String> = (0..5).map(|n| ada.comment_on_whole(NORM, &format!("Number {n}."), "named")).collect();
    server.pass(TimeDelta::hours(3));
    mo.publish(&all[0]);
    mo.decide(&all[1], "decline", "off-topic", "It is about the weather.").expect(303);
    mo.decide(&all[2], "return", "", "Please say which words.").expect(303);
    let appeal = ada.get(&format!("/my-comments/{}/appeal", all[1])).form("main form");
    appeal.set("text", "It is about the norm.").press().expect(303);
    sec.decide(&all[1], "publish", "", "You are right.").expect(303);
    (sec, mo, ada)
}

on_both! {
    fn the_figures_say_what_happened(server: Server) {
        let (sec, mo, ada) = a_day(&server);
        let page = sec.get(PAGE).expect(200);
        page.reads("5 comments arrived in this time.");
        assert_eq!(rows(&page, "by-outcome"), ["Accepted1", "Returned to the author1", "Declined1"]);
        assert_eq!(rows(&page, "by-reason"), ["Off topic1"]);
        let waiting = rows(&page, "waiting");
        assert_eq!(waiting[0], "New comments23 hours3 hours", "{waiting:?}");
        assert!(waiting[1].starts_with("Appeals0"), "{waiting:?}");
        assert!(waiting.iter().any(|row| row.ends_with("into Botnets23 hours3 hours")), "{waiting:?}");
        let facts = page.all("dl.facts dd");
        assert_eq!(facts[..2], ["3 hours", "3 hours"], "{facts:?}");
        assert_eq!(facts[2..6], ["0", "1", "1", "1"], "withdrawn, appealed, decided, overturned: {facts:?}");
        assert_eq!(rows(&page, "deciders"), ["Mo Synthetic111", "Sec Synthetic100"]);
        let page = mo.get(PAGE).expect(200);
        page.lacks("Sec Synthetic").lacks("Decisions by person");
        ada.get(PAGE).expect(403);
        let other = sec.get(&format!("{PAGE}?norm=public-core&days=7")).expect(200);
        other.reads("0 comments arrived in this time.");
        assert_eq!(rows(&other, "by-outcome"), ["Accepted0", "Returned to the author0", "Declined0"]);
        sec.get(&format!("{PAGE}?norm=none&days=none")).expect(200).reads("5 comments arrived");
    }

    fn a_day_says_the_same_once_it_is_kept(server: Server) {
        let (sec, _, ada) = a_day(&server);
        let withdrawn = ada.comment_on_whole(NORM, "Taken back.", "named");
        let form = ada.get(&format!("/my-comments/{withdrawn}/withdrawal")).form("main form");
        form.press().expect(303);
        server.keeper_round();
        assert_eq!(server.count("days_counted"), 0, "a day that is not over is not kept");
        let live = past(&sec.get(PAGE).expect(200));
        server.pass(TimeDelta::hours(9));
        server.keeper_round();
        assert_eq!(server.count("days_counted"), 0, "midnight alone does not close a day");
        server.pass(TimeDelta::hours(2));
        sec.sign_in();
        server.keeper_round();
        server.keeper_round();
        assert_eq!(server.count("days_counted"), 1);
        let kept = past(&sec.get(PAGE).expect(200));
        assert_eq!(kept, live);
        server.execute("DELETE FROM day_figures");
        assert_ne!(past(&sec.get(PAGE).expect(200)), live, "what is kept is what is shown");
        let kept_pages = "SELECT epoch AS n FROM epochs WHERE scope = 'site'";
        let before = server.number(kept_pages);
        server.pass(TimeDelta::days(10));
        server.keeper_round();
        assert_eq!(server.count("days_counted"), 11, "days on which nothing happened are counted too");
        assert_eq!(server.number(kept_pages), before + 1, "pages are made anew once for all of them");
    }

    fn servers_that_count_at_once_keep_a_day_once(server: Server) {
        a_day(&server);
        server.pass(TimeDelta::days(3));
        std::thread::scope(|scope| {
            let rounds: Vec<_> = (0..4).map(|_| scope.spawn(|| server.keeper_round())).collect();
            for round in rounds {
                round.join().unwrap();
            }
        });
        assert_eq!(server.count("days_counted"), 3);
        let received = "SELECT CAST(SUM(n) AS BIGINT) AS n FROM day_figures WHERE measure = 'received'";
        assert_eq!(server.number(received), 5);
    }
}
