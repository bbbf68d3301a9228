//! Atom feeds: what RFC 4287 wants of them, what is in them, and nasty texts.

use atom_syndication::Feed;
use chrono::TimeDelta;

use super::NORM;
use crate::harness::{Answer, Backend, Client, Person, Server, on_both};

/// The feed at `path`, with what RFC 4287 wants of every one.
#[track_caller]
fn feed(client: &Client, path: &str) -> Feed {
    let answer = client.get(path).expect(200);
    assert_eq!(answer.header("content-type"), Some("application/atom+xml; charset=utf-8"));
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    let feed = Feed::read_from(answer.body.as_slice()).unwrap_or_else(|error| panic!("{path}: {error}"));
    assert!(answer.text().contains("xml:lang=\"en\""), "{path}");
    // 4.1.1: id, title, updated and an author; a link to itself.
    assert!(feed.id.starts_with("http") && !feed.title.value.is_empty() && !feed.authors[0].name.is_empty());
    let link = |rel: &str| feed.links.iter().find(|link| link.rel == rel).map(|link| link.href.as_str());
    assert!(link("self").is_some_and(|own| own.ends_with(path)), "{path}: {:?}", feed.links);
    assert!(link("alternate").is_some());
    for entry in &feed.entries {
        // 4.1.2: id, title, updated, an author, and content or a link to the page.
        assert!(entry.id.starts_with("http") || entry.id.starts_with("urn:uuid:"), "{}", entry.id);
        assert!(!entry.title.value.is_empty() && !entry.authors[0].name.is_empty());
        assert!(entry.links.iter().any(|link| link.rel == "alternate"));
        assert_eq!(entry.content.as_ref().unwrap().content_type.as_deref(), Some("html"));
        assert!(entry.updated <= feed.updated);
    }
    let mut ids: Vec<&str> = feed.entries.iter().map(|entry| entry.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), feed.entries.len(), "an id stands twice");
    feed
}

fn next(server: &Server, feed: &Feed) -> Option<String> {
    let link = feed.links.iter().find(|link| link.rel == "next")?;
    Some(link.href.strip_prefix(&server.origin).unwrap().to_owned())
}

fn published(ada: &Person, mo: &Person, slug: &str, text: &str, publication: &str) -> String {
    let reference = ada.comment_on_whole(slug, text, publication);
    mo.publish(&reference);
    reference
}

fn announce(server: &Server, id: u8, title: &str, at: &str, withdrawn: &str) {
    let by = "(SELECT id FROM accounts WHERE email = 'mo@example.org')";
    let id = match server.database_url() {
        Some(_) => format!("decode('018f00000000700080000000000000{id:02x}', 'hex')"),
        None => format!("X'018f00000000700080000000000000{id:02x}'"),
    };
    let columns = "id, title, text, published_at, changed_at, withdrawn_at, written_by, version";
    let values = format!("{id}, '{title}', 'One.\n\nTwo <b>.', '{at}', '{at}', {withdrawn}, {by}, 1");
    server.execute(&format!("INSERT INTO announcements ({columns}) VALUES ({values})"));
}

on_both! {
    fn an_entry_tells_when_its_name_was_taken_off(server: Server) {
        let (ada, mo, reader) = (server.stakeholder("ada"), server.moderator("mo"), server.anonymous());
        published(&ada, &mo, NORM, "Words that stay.", "named");
        let before = feed(&reader, "/feed.atom").entries.remove(0);
        assert!(before.authors[0].name.starts_with("Ada Synthetic") && before.published == Some(before.updated));
        server.pass(TimeDelta::hours(1));
        ada.prove();
        let form = ada.get("/account/deletion").expect(200).form("main form");
        form.set("understood", "yes").set("accepted", "keep").press().expect(303);
        let after = feed(&reader, "/feed.atom").entries.remove(0);
        assert_eq!((&after.id, after.published), (&before.id, before.published));
        assert_eq!(after.updated, before.updated + TimeDelta::hours(1));
        assert!(!after.authors[0].name.contains("Ada"), "{:?}", after.authors);
    }

    fn what_is_published_is_in_the_feeds_and_names_only_as_on_the_page(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reader = server.anonymous();
        assert_eq!(feed(&reader, "/feed.atom").entries.len(), 0);
        let named = published(&ada, &mo, NORM, "First <script>&amp; text.", "named");
        let unnamed = published(&ada, &mo, "botnets", "Second text.", "organisation");
        published(&ada, &mo, NORM, "For the Commission.", "commission");
        ada.comment_on_whole(NORM, "Not yet.", "named");

        let all = feed(&reader, "/feed.atom");
        let ids: Vec<String> = all.entries.iter().map(|entry| entry.id.clone()).collect();
        let address = |reference: &str| format!("{}/comments/{reference}", server.origin);
        assert_eq!(ids, [address(&unnamed), address(&named)], "newest first");
        let by = |at: usize| all.entries[at].authors[0].name.as_str();
        assert_eq!(by(1), "Ada Synthetic, for Example Organisation of ada");
        assert_eq!(by(0), "Example Organisation of ada");
        let html = all.entries[1].content.as_ref().unwrap().value.clone().unwrap();
        assert!(!html.contains("<script>") && html.contains("script&#62;"), "{html}");
        let text = reader.get("/feed.atom").text();
        assert!(!text.contains("Commission.") && !text.contains("Not yet."));

        let own = feed(&reader, &format!("/norms/{NORM}/feed.atom"));
        assert_eq!(own.entries.len(), 1);
        assert_eq!(own.entries[0].id, address(&named));
        reader.get("/norms/nothing/feed.atom").expect(404);
    }

    fn announcements_are_a_feed(server: Server) {
        let (mo, reader) = (server.moderator("mo"), server.anonymous());
        assert_eq!(feed(&reader, "/announcements.atom").entries.len(), 0);
        announce(&server, 1, "Old", "2026-11-01 10:00:00", "NULL");
        announce(&server, 2, "New", "2026-11-02 10:00:00", "NULL");
        announce(&server, 3, "Taken back", "2026-11-03 10:00:00", "'2026-11-04 10:00:00'");
        server.changed_by_hand();
        let shown = feed(&reader, "/announcements.atom");
        let titles: Vec<&str> = shown.entries.iter().map(|entry| entry.title.value.as_str()).collect();
        assert_eq!(titles, ["New", "Old"]);
        assert_eq!(shown.entries[0].id, "urn:uuid:018f0000-0000-7000-8000-000000000002");
        let html = shown.entries[0].content.as_ref().unwrap().value.clone().unwrap();
        assert!(html.contains("<p dir=\"auto\">One.</p>") && !html.contains("<b>"), "{html}");
        drop(mo);
    }

    fn feeds_take_no_nonsense_and_say_when_nothing_changed(server: Server) {
        let reader = server.anonymous();
        for path in ["/feed.atom", "/norms/botnets/feed.atom", "/announcements.atom"] {
            for wrong in ["x", "1.5", "01", "+1", "99999999999999999999", "%00", "%FF", "MS8y"] {
                let status = reader.get(&format!("{path}?before={wrong}")).status;
                assert_eq!(status, 400, "{path} {wrong}");
            }
            let first = reader.get(path).expect(200);
            let tag = first.header("etag").unwrap().to_owned();
            let again: Answer = reader.get_with(path, &[("if-none-match", &tag)]);
            assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, Some(tag.as_str())));
            for other in ["\"", "W/\"x\"", ",", "\u{e9}", &"\"a\",".repeat(500)] {
                assert_eq!(reader.get_with(path, &[("if-none-match", other)]).status, 200, "{other}");
            }
            reader.get(&format!("{path}?unknown=1&before=")).expect(200);
        }
    }
}

#[test]
fn a_feed_goes_on_behind_its_last_entry() {
    let server = Server::start(Backend::Sqlite);
    let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
    let first = published(&ada, &mo, NORM, "The one.", "named");
    for number in 0..51 {
        let text = format!("Number {number}.");
        published(&ada, &mo, NORM, &text, "named");
    }
    let reader = server.anonymous();
    for path in ["/feed.atom".to_owned(), format!("/norms/{NORM}/feed.atom")] {
        let page = feed(&reader, &path);
        assert_eq!(page.entries.len(), 50);
        let second = feed(&reader, &next(&server, &page).unwrap());
        assert_eq!(second.entries.len(), 2);
        assert!(second.entries[1].id.ends_with(&first) && next(&server, &second).is_none());
        assert_eq!(second.id, page.id, "pages of one feed");
    }
}
