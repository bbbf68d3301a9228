//! What pages weigh, packed as browsers get them: the budgets of the design, in bytes, on a portal full of comments.

use std::collections::BTreeSet;

use super::ask;
use crate::harness::client::css;
use crate::harness::people::sign_in;
use crate::harness::{Answer, Backend, Client, Program};

/// What browsers send.
const WISH: &str = "gzip, deflate, br, zstd";

/// A page and all that a browser fetches for it, in bytes as sent.
#[derive(Debug)]
struct Visit {
    html: usize,
    sheets: usize,
    scripts: usize,
    icons: usize,
    fonts: usize,
    requests: usize,
}

impl Visit {
    fn without_fonts(&self) -> usize {
        self.html + self.sheets + self.scripts + self.icons
    }
}

fn linked(page: &Answer, selector: &str, attribute: &str) -> BTreeSet<String> {
    let dom = page.dom();
    dom.select(&css(selector)).filter_map(|it| it.value().attr(attribute)).map(str::to_owned).collect()
}

/// The fonts that a page with Latin letters needs: those whose range holds the letter A.
fn latin_fonts(sheet: &str) -> BTreeSet<String> {
    let rules = sheet.split("@font-face").skip(1).filter_map(|rest| rest.split_once('}')).map(|(rule, _)| rule);
    let latin = rules.filter(|rule| rule.to_uppercase().contains("U+0000") || !rule.contains("unicode-range"));
    latin.flat_map(|rule| rule.split(['"', '(', ')'])).filter(|it| it.ends_with(".woff2")).map(str::to_owned).collect()
}

fn visit(browser: &Client, path: &str) -> Visit {
    let page = ask(browser, path, WISH).expect(200);
    let (mut visit, mut requests, mut fonts) =
        (Visit { html: page.packed, sheets: 0, scripts: 0, icons: 0, fonts: 0, requests: 0 }, 1, BTreeSet::new());
    let mut fetch = |address: &str| {
        requests += 1;
        ask(browser, address, WISH).expect(200)
    };
    for address in linked(&page, "link[rel=stylesheet]", "href") {
        let sheet = fetch(&address);
        visit.sheets += sheet.packed;
        fonts.extend(latin_fonts(&sheet.text()));
    }
    for address in linked(&page, "script[src]", "src") {
        visit.scripts += fetch(&address).packed;
    }
    for address in linked(&page, "link[rel=icon], img", "href").union(&linked(&page, "img", "src")) {
        visit.icons += fetch(address).packed;
    }
    assert!(!fonts.is_empty(), "the sheet names no fonts");
    for address in &fonts {
        visit.fonts += fetch(address).packed;
    }
    visit.requests = requests;
    visit
}

/// The path of the first comment on a page.
fn first_comment(page: &Answer) -> String {
    linked(page, "main a[href^='/comments/']", "href")
        .pop_first()
        .expect("a published comment")
        .split('#')
        .next()
        .unwrap()
        .to_owned()
}

#[test]
fn every_page_keeps_its_budget() {
    let program = Program::new(Backend::Sqlite);
    let serving = program.demo(900);
    let reader = serving.client();
    let norms: Vec<String> = linked(&reader.get("/"), "main a[href^='/norms/']", "href").into_iter().collect();
    assert_eq!(norms.len(), 9);
    let mut faults = Vec::new();
    let mut within = |what: &str, path: &str, got: usize, most: usize| {
        if got > most {
            faults.push(format!("{path}: {what} is {got}, over {most}"));
        }
    };
    let comments: Vec<String> = norms.iter().map(|norm| first_comment(&reader.get(norm))).collect();
    for path in norms.iter().chain(&comments).map(String::as_str).chain(["/"]) {
        let it = visit(&reader, path);
        let page = if norms.iter().any(|norm| norm == path) { 18_000 } else { 14_000 };
        within("HTML and CSS", path, it.html + it.sheets, page);
        within("script", path, it.scripts, 8_000);
        within("requests", path, it.requests, 6);
        within("a first visit without fonts", path, it.without_fonts(), 26_000);
        within("a first visit", path, it.without_fonts() + it.fonts, 68_000);
        // Everything else is kept for a year: a page that changed comes alone, one that did not as a word.
        if page == 14_000 {
            within("a repeat view", path, it.html, 9_000);
        }
        let tag = ask(&reader, path, WISH).header("etag").unwrap().to_owned();
        let again = reader.get_with(path, &[("accept-encoding", WISH), ("if-none-match", &tag)]).expect(304);
        within("a repeat view of what did not change", path, again.packed, 0);
    }
    let moderator = serving.client();
    let asked = sign_in(&moderator, "moderator@example.org", serving.password.as_deref().unwrap()).expect(303).follow();
    serving.app().enter(&asked).expect(303);
    let queue = ask(&moderator, "/secretariat", WISH).expect(200);
    assert!(queue.all("main tbody tr, main .queue > li").len() >= 50, "the queue is not full");
    within("HTML", "the queue", queue.packed, 40_000);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
