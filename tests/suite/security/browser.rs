//! What a real Chromium keeps of the portal: nothing while somebody is signed in, and nothing that is theirs afterwards.

use std::collections::BTreeSet;

use crate::harness::{Backend, Client, Server};
use crate::journeys::typing::arrive;

/// What stands in the pages of somebody who is signed in.
const MARK: &str = "zebrafinch";

/// Everything in which a page could keep something.
const STORED: &str = "return [localStorage.length, sessionStorage.length, document.cookie.length]";

/// The same, where it takes time to look.
const STORED_ASIDE: &str = "window.stored = null; \
    Promise.all([indexedDB.databases(), caches?.keys() ?? [], navigator.serviceWorker?.getRegistrations() ?? []]) \
    .then((all) => { window.stored = all.flat().length; }, () => { window.stored = 'not told'; }); return null";

#[test]
fn a_browser_keeps_nothing_and_after_signing_out_shows_nothing_private() {
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    ada.comment_on_whole("botnets", &format!("About a {MARK}."), "commission");
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let visitor = arrive(&server, &ada, None).await;
        visitor.open("/norms/avoid-tampering/comments/new/general").await;
        visitor.fill("rationale", &format!("A draft about a {MARK}")).await;
        visitor.until("return document.getElementById('draft-shown').textContent.startsWith('Draft saved at')").await;
        for page in ["/my-comments", "/account", "/account/sessions", "/norms/botnets"] {
            visitor.open(page).await;
            assert_eq!(visitor.look(STORED).await, serde_json::json!([0, 0, 0]), "{page}");
            visitor.look(STORED_ASIDE).await;
            visitor.until("return window.stored !== null").await;
            assert_eq!(visitor.look("return window.stored").await, 0, "{page}");
        }
        visitor.open("/my-comments").await;
        assert!(visitor.text().await.contains(MARK));
        visitor.open("/account").await;
        assert!(visitor.text().await.contains("Ada Synthetic"));
        visitor.look("localStorage.setItem('left', 'behind'); return 0").await;
        visitor.open("/sign-out").await;
        visitor.press("Sign out").await;
        assert!(visitor.text().await.contains("signed out"), "{}", visitor.text().await);
        assert_eq!(visitor.look("return localStorage.length").await, 0, "what pages stored is forgotten");
        for _ in 0..3 {
            visitor.back().await;
            let shown = visitor.text().await;
            assert!(!shown.contains(MARK) && !shown.contains("Ada Synthetic"), "{}: {shown}", visitor.path().await);
        }
    });
}

/// The names of cookies that a browser has.
fn names(client: &Client) -> BTreeSet<&'static str> {
    ["session", "half", "form", "flash", "pass"].into_iter().filter(|name| client.cookie(name).is_some()).collect()
}

#[test]
fn signing_out_tells_the_browser_to_forget_pages_and_what_scripts_stored() {
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let answer = ada.get("/sign-out").form("main form").press().expect(303);
    assert_eq!(answer.header("clear-site-data"), Some("\"cache\", \"storage\""));
    assert!(names(ada.client()).contains("flash"), "the note for the next page stays");
    answer.follow().expect(200).reads("signed out");
    assert!(!names(ada.client()).contains("session"));
    assert_eq!(ada.get("/").header("clear-site-data"), None, "nobody else's cache is thrown away");
}
