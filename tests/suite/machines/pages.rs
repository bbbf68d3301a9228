//! For search engines and for whoever shares a link: robots.txt, the site map, the heads of pages.

use norm_portal::routes::{TABLE, Who};
use serde_json::Value;

use super::NORM;
use crate::harness::client::css;
use crate::harness::{Answer, Backend, Server, on_both};

/// Whether robots.txt lets a program ask for `path`, by the longest rule that fits (RFC 9309).
fn is_allowed(rules: &str, path: &str) -> bool {
    let fits = |rule: &str| match rule.split_once('*') {
        Some((before, behind)) => path.strip_prefix(before).is_some_and(|rest| rest.contains(behind)),
        None => path.starts_with(rule),
    };
    !rules.lines().filter_map(|line| line.strip_prefix("Disallow: ")).any(fits)
}

/// The data in the head of a page.
#[track_caller]
fn data(page: &Answer) -> Value {
    let dom = page.dom();
    let block = dom.select(&css("head script[type='application/ld+json']")).next().unwrap();
    serde_json::from_str(&block.text().collect::<String>()).unwrap()
}

#[track_caller]
fn meta(page: &Answer, name: &str) -> String {
    let dom = page.dom();
    let found = dom.select(&css(&format!("head meta[property='{name}'], head meta[name='{name}']"))).next();
    found.unwrap_or_else(|| panic!("{}: no {name}", page.path)).value().attr("content").unwrap().to_owned()
}

#[test]
fn robots_are_let_to_what_everyone_reads_and_to_nothing_else() {
    let server = Server::start(Backend::Sqlite);
    let answer = server.anonymous().get("/robots.txt").expect(200);
    assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
    let rules = answer.text();
    assert!(rules.contains(&format!("Sitemap: {}/sitemap.xml", server.origin)), "{rules}");
    for route in TABLE.iter().filter(|route| route.method == "GET" && route.who != Who::Anyone) {
        assert!(!is_allowed(&rules, route.path), "{} is let in", route.path);
    }
    for path in [
        "/",
        "/norms/botnets",
        "/comments/GCSC-N3-7K4Q-MW2R-9",
        "/feed.atom",
        "/norms/botnets/feed.atom",
        "/search",
        "/overview",
        "/briefing",
        "/announcements",
        "/privacy",
        "/api/v1/norms",
        "/sitemap.xml",
        "/static/portal.css",
    ] {
        assert!(is_allowed(&rules, path), "{path} is kept out");
    }
    for path in ["/norms/botnets?group=academia", "/norms/botnets/comments/new"] {
        assert!(!is_allowed(&rules, path), "{path} is let in");
    }
}

#[test]
fn where_faults_of_security_are_told_never_runs_out() {
    let server =
        Server::start_with(Backend::Sqlite, |config| config.server.contact = "desk@commission.example".to_owned());
    for _ in 0..2 {
        let answer = server.anonymous().get("/.well-known/security.txt").expect(200);
        assert!(answer.text().starts_with("Contact: mailto:desk@commission.example\n"), "{}", answer.text());
        server.anonymous().get("/contact").expect(200).reads("desk@commission.example");
        assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
        let text = answer.text();
        let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).unwrap();
        assert!(field("Contact").starts_with("mailto:"), "{text}");
        assert_eq!(field("Canonical"), format!("{}/.well-known/security.txt", server.origin));
        let ends = norm_portal::clock::parse_rfc3339(field("Expires")).unwrap() - server.clock().now();
        assert!((30..=365).contains(&ends.num_days()), "{text}");
        server.pass(chrono::TimeDelta::days(400));
    }
}

on_both! {
    fn the_site_map_leads_to_everything_public(server: Server) {
        let (ada, mo, reader) = (server.stakeholder("ada"), server.moderator("mo"), server.anonymous());
        let index = reader.get("/sitemap.xml").expect(200);
        assert_eq!(index.header("content-type"), Some("application/xml; charset=utf-8"));
        assert!(index.text().contains(&format!("<loc>{}/sitemap/pages.xml</loc>", server.origin)));
        let pages = reader.get("/sitemap/pages.xml").expect(200).text();
        assert!(pages.contains(&format!("<loc>{}/norms/{NORM}</loc>", server.origin)), "{pages}");
        for link in pages.split("<loc>").skip(1) {
            let path = link.split("</loc>").next().unwrap().strip_prefix(&server.origin).unwrap();
            reader.get(path).expect(200);
        }
        let reference = ada.comment_on_whole(NORM, "Map me.", "named");
        let waiting = ada.comment_on_whole(NORM, "Not me.", "named");
        reader.get("/sitemap/comments-1.xml").expect(404);
        mo.publish(&reference);
        assert!(reader.get("/sitemap.xml").text().contains("/sitemap/comments-1.xml</loc>"));
        let part = reader.get("/sitemap/comments-1.xml").expect(200).text();
        assert!(part.contains(&format!("/comments/{reference}</loc><lastmod>2026-11-23T12:00:00Z")), "{part}");
        assert!(!part.contains(&waiting));
        for page in ["0", "2", "01", "-1", "x", "99999999999999999999", "%00"] {
            let status = reader.get(&format!("/sitemap/comments-{page}.xml")).status;
            assert!(matches!(status, 400 | 404), "{page} {status}");
        }
    }

    fn heads_say_what_a_page_is_and_no_text_breaks_out_of_them(server: Server) {
        let (ada, mo, reader) = (server.stakeholder("ada"), server.moderator("mo"), server.anonymous());
        let nasty = "</script><script src=\"/x\"></script><!-- \" ' & \u{2028}!";
        let reference = ada.comment_on_whole(NORM, nasty, "organisation");
        mo.publish(&reference);
        let home = reader.get("/").expect(200);
        assert_eq!(data(&home)["@type"], "WebSite");
        assert_eq!(meta(&home, "og:url"), format!("{}/", server.origin));
        let norm = reader.get(&format!("/norms/{NORM}")).expect(200);
        let said = data(&norm);
        assert_eq!((&said["@type"][1], &said["commentCount"]), (&"Legislation".into(), &1.into()));
        let feed = norm.dom().select(&css("link[rel=alternate][type='application/atom+xml']")).next().unwrap().value().attr("href").unwrap().to_owned();
        reader.get(&feed).expect(200);
        let page = reader.get(&format!("/comments/{reference}")).expect(200);
        let said = data(&page);
        assert_eq!((&said["@type"], &said["text"]), (&"Comment".into(), &nasty.into()));
        assert_eq!(said["creditText"], "Example Organisation of ada");
        page.lacks("Ada Synthetic").lacks("<script src=\"/x\"");
        assert!(meta(&page, "description").contains("</script>"));
        let picture = meta(&page, "og:image");
        let card = reader.get(picture.strip_prefix(&server.origin).unwrap()).expect(200);
        assert_eq!(card.header("content-type"), Some("image/png"));
        assert!(card.body.len() < 40_000 && card.body.starts_with(b"\x89PNG"));
        // Width and height stand in the first chunk.
        assert_eq!((&card.body[16..20], &card.body[20..24]), (&1200_u32.to_be_bytes()[..], &630_u32.to_be_bytes()[..]));
    }
}
