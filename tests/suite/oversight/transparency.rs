//! The public page of transparency: it changes only by whole steps, names no small group, and shows nothing of the desk.

use chrono::TimeDelta;

use super::NORM;
use crate::harness::{Server, on_both};

const PAGE: &str = "/transparency";

/// The rows of both tables of numbers.
fn rows(server: &Server) -> Vec<String> {
    server.anonymous().get(PAGE).expect(200).all("tbody tr")
}

/// Counts `n` of a measure into a day that is kept.
fn counted(server: &Server, measure: &str, value: &str, n: i64) {
    server.execute(&format!("DELETE FROM day_figures WHERE measure = '{measure}' AND value = '{value}'"));
    server.execute(&format!(
        "INSERT INTO day_figures (day, norm_id, measure, value, n) \
         SELECT '2026-11-20', id, '{measure}', '{value}', {n} FROM norms WHERE slug = '{NORM}'"
    ));
    server.changed_by_hand();
}

on_both! {
    fn the_page_says_nothing_until_a_day_is_counted(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        server.anonymous().get(PAGE).expect(200).reads("There is nothing to show yet");
        for n in 0..6 {
            let reference = ada.comment_on_whole(NORM, &format!("Secret number {n}."), "commission");
            if n < 2 {
                mo.decide(&reference, "decline", "off-topic", "Not here.").expect(303);
            }
        }
        mo.publish(&ada.comment_on_whole(NORM, "Shown.", "named"));
        mo.publish(&ada.comment_on_whole(NORM, "Shown.", "named"));
        server.anonymous().get(PAGE).reads("2 comments have been published.").reads("They say 1 different thing.");
        server.pass(TimeDelta::days(1));
        server.keeper_round();
        let page = server.anonymous().get(PAGE).expect(200);
        page.reads("until the end of 23 November 2026 (UTC)").lacks("Secret number");
        let rows = page.all("tbody tr");
        assert_eq!(rows[0], "Comments receivedat least 5", "{rows:?}");
        assert!(rows[1..].iter().all(|row| row.ends_with("fewer than 5")), "{rows:?}");
        assert!(rows.iter().any(|row| row.starts_with("Off topic")), "every reason has its row: {rows:?}");
        page.reads("shown once 5 were taken");
        for place in ["/overview", "/"] {
            assert!(!server.anonymous().get(place).all(&format!("a[href='{PAGE}']")).is_empty(), "{place}");
        }
        assert!(server.anonymous().get("/sitemap/pages.xml").expect(200).text().contains(PAGE));
    }

    fn one_more_is_never_seen_by_itself(server: Server) {
        server.execute("INSERT INTO days_counted (day, counted_at) VALUES ('2026-11-20', '2026-11-21 01:00:00')");
        let measures =
            [("received", ""), ("decided", "decline"), ("declined", "off-topic"), ("withdrawn", ""),
            ("redacted", ""), ("appealed", ""), ("answered", "publish"), ("redaction_appealed", ""), ("redaction_lifted", "")];
        for (measure, value) in measures {
            counted(&server, measure, value, 0);
            let mut before = rows(&server);
            for n in 1..=11 {
                counted(&server, measure, value, n);
                let after = rows(&server);
                let changed = before.iter().zip(&after).filter(|(a, b)| a != b).count();
                assert_eq!(changed, usize::from(n % 5 == 0), "{measure}: from {} to {n}", n - 1);
                before = after;
            }
            counted(&server, measure, value, 0);
        }
        let numbers: String = rows(&server).concat();
        assert!(numbers.chars().filter(char::is_ascii_digit).all(|digit| digit == '5'), "{numbers}");
    }
}
