//! The overview with its charts, announcements, the briefing, and how they look in a browser.

use crate::browser::Browser;
use crate::harness::{Backend, Server, on_both};

const DESK: &str = "/secretariat/announcements";

/// Publishes an announcement; the path of its page at the desk.
#[track_caller]
fn announce(sec: &crate::harness::Person, title: &str, text: &str) -> String {
    let form = sec.get(DESK).expect(200).form("main form").set("title", title).set("text", text);
    let id = form.value("form_id").to_owned();
    form.press().expect(303);
    format!("/secretariat/announcements/{id}")
}

on_both! {
    fn the_overview_counts_what_is_published_and_nothing_else(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reader = server.anonymous();
        reader.get("/overview").expect(200).reads("No comment has been published yet.");
        let shown = ada.comment_on_whole("botnets", "Shown.", "named");
        let secret = ada.comment_on_whole("botnets", "Secret.", "commission");
        ada.comment_on_whole("botnets", "Waiting.", "named");
        mo.publish(&shown);
        mo.publish(&secret);
        let page = reader.get("/overview").expect(200);
        page.reads("1 comment has been published.").reads("This is not a vote");
        for (chart, row) in [("by-norm", "Botnets1"), ("by-group", "Civil society1"), ("by-region", "Europe1")] {
            let rows = page.all(&format!("section[aria-labelledby={chart}] tbody tr"));
            assert!(rows.iter().any(|it| it.ends_with(row)), "{chart}: {rows:?}");
            assert_eq!(rows.iter().filter(|it| !it.ends_with('0')).count(), 1, "{chart}: {rows:?}");
        }
        assert_eq!(page.all("section[aria-labelledby=by-day] tbody td"), ["1"]);
        assert_eq!(page.all("svg[role=img] title"), ["Comments by day"]);
        assert!(page.one("svg[role=img] desc").ends_with("At most 1 comment in one day."));
        assert_eq!(page.all("section[aria-labelledby=by-region] .bars li"), ["Europe 1"], "regions without are left out");
        assert!(page.all(".bars a[href='/norms/botnets']").len() == 1 && page.all(".bars svg:not([aria-hidden])").is_empty());
    }

    fn announcements_are_written_corrected_and_withdrawn(server: Server) {
        let (sec, mo) = (server.secretariat("sec"), server.moderator("mo"));
        let reader = server.anonymous();
        reader.get("/announcements").expect(200).reads("Announcements will appear here.");
        sec.get(DESK).form("main form").set("text", "No title.").press().expect(422).reads("Enter a title");
        let form = sec.get(DESK).form("main form").set("title", "Meeting in Kobe").set("text", "One.\n\nTwo <b>.");
        form.press().expect(303);
        form.press().expect(303);
        assert_eq!(server.count("announcements"), 1, "sent twice is once");
        let id = form.value("form_id");
        let (path, public) = (format!("/secretariat/announcements/{id}"), format!("/announcements/{id}"));
        for page in ["/", "/overview", "/announcements", public.as_str()] {
            reader.get(page).expect(200).reads("Meeting in Kobe");
        }
        assert_eq!(reader.get(&public).all("main p.user-text"), ["One.", "Two <b>."]);
        mo.get(&path).expect(403);

        let early = sec.get(&path).expect(200).form("main form");
        early.clone().set("title", "Meeting in Tokyo").press().expect(303);
        let late = early.set("title", "Meeting in Osaka").press().expect(409);
        late.reads("yours was not saved").reads("Meeting in Tokyo");
        let late = late.form("main form");
        assert_eq!(late.value("title"), "Meeting in Osaka");
        late.press().expect(303);
        reader.get(&public).reads("Meeting in Osaka");

        let gone = sec.get(&format!("/secretariat/announcements/{id}/withdrawal")).expect(200).form("main form");
        gone.press().expect(303);
        gone.press().expect(409);
        late.press().expect(409).reads("Nobody but the Secretariat");
        reader.get(&public).expect(410).lacks("Osaka");
        reader.get("/announcements").lacks("Osaka");
        reader.get("/").lacks("Osaka");
        for (action, times) in [("published", 1), ("corrected", 2), ("withdrawn", 1)] {
            assert_eq!(server.audited(&format!("announcement.{action}")), times, "{action}");
        }
        assert!(server.number("SELECT epoch AS n FROM epochs WHERE scope = 'site'") >= 4);
    }

    fn announcements_come_in_pages(server: Server) {
        let sec = server.secretariat("sec");
        for n in 0..52 {
            announce(&sec, &format!("Word {n}"), "Text.");
        }
        let reader = server.anonymous();
        let first = reader.get("/announcements").expect(200);
        assert_eq!(first.all(".comment").len(), 50);
        let dom = first.dom();
        let next = dom.select(&crate::harness::client::css("a[rel=next]")).next().unwrap().value().attr("href").unwrap();
        assert_eq!(reader.get(next).expect(200).all(".comment").len(), 2);
        for wrong in ["x", "1", "AAAA"] {
            reader.get(&format!("/announcements?after={wrong}")).expect(400);
            sec.get(&format!("{DESK}?after={wrong}")).expect(400);
        }
        assert_eq!(reader.get("/").all("a[href^='/announcements/']").len(), 3, "the latest three");
        reader.get("/announcements/nonsense").expect(404);
    }
}

#[test]
fn the_briefing_holds_every_text_and_the_address() {
    let server = Server::start(Backend::Sqlite);
    let reader = server.anonymous();
    let page = reader.get("/briefing").expect(200);
    assert_eq!(page.all(".briefing-text").len(), 9);
    page.reads(&format!("{}/", server.origin)).reads("(a)").reads("This text alone");
    assert!(page.all("svg.qr title")[0].contains(&server.origin));
    let one = reader.get("/briefing?norm=botnets").expect(200);
    assert_eq!(one.all(".briefing-text").len(), 1);
    one.reads(&format!("Address of this text: {}/norms/botnets", server.origin));
    assert_eq!((one.one("h1"), one.all("h2")), (page.one("#text-botnets"), Vec::new()));
    reader.get("/briefing?norm=atlantis").expect(404);
}

#[test]
fn every_reader_finds_the_pages_about_the_record() {
    let server = Server::start(Backend::Sqlite);
    let page = server.anonymous().get("/").expect(200);
    for path in ["/overview", "/search", "/announcements", "/briefing", "/look-up", "/verify", "/name-report"] {
        assert!(!page.all(&format!("a[href='{path}']")).is_empty(), "{path}");
    }
}

#[test]
fn the_pages_can_be_used_by_everyone_at_every_size() {
    let server = Server::start(Backend::Sqlite);
    let (ada, mo, sec) = (server.stakeholder("ada"), server.moderator("mo"), server.secretariat("sec"));
    mo.publish(&ada.comment_on_wording("botnets", "should not", "must not", "named"));
    let desk = announce(&sec, "Meeting in Kobe", "The Commission meets.\n\nEverybody is heard.");
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let browser = Browser::start(false).await;
        for width in [1280, 390] {
            browser.resize(width, 844).await;
            for path in [
                "/",
                "/search?q=must&kind=wording&x=y",
                "/overview",
                "/announcements",
                &desk.replace("/secretariat", ""),
                "/briefing",
            ] {
                browser.goto(&format!("{}{path}", server.origin)).await;
                browser.assert_accessible(&[]).await;
                assert!(!browser.scrolls_sideways().await, "{path} at {width}");
            }
        }
        assert_eq!(browser.foreign_requests(&server.origin).await, Vec::<String>::new());
    });
}
