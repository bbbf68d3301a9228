//! A paper in a real browser without scripts, from the home page to its receipt; a picture of each page for people.

use super::documents::{SECTIONS, text};
use crate::browser::Browser;
use crate::harness::{Backend, Server};

/// Looks at the page in view on a desk and on a phone.
async fn see(browser: &Browser, name: &str) {
    browser.assert_accessible(&[]).await;
    browser.screenshot(&format!("paper-{name}")).await;
    browser.resize(390, 844).await;
    browser.assert_accessible(&[]).await;
    assert!(!browser.scrolls_sideways().await, "{name}");
    browser.screenshot(&format!("paper-{name}-390")).await;
    browser.resize(1280, 900).await;
}

#[test]
fn a_paper_of_twenty_pages_is_sent_without_scripts() {
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let paper = text();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let browser = Browser::start(false).await;
        browser.goto(&format!("{}/", server.origin)).await;
        browser.follow("Send a position paper").await;
        browser.fill("email", &ada.email).await;
        browser.fill("password", &ada.password).await;
        browser.press("Sign in").await;
        browser.press("Divide it into parts").await;
        see(&browser, "1-begin-errors").await;
        browser.fill("title", "Position of a Synthetic Institute").await;
        let (_, sections) = paper.split_once("\n\n").expect("a title");
        browser.paste("text", sections).await;
        browser.press("Divide it into parts").await;
        browser.press("Continue").await;
        assert!(browser.title().await.starts_with("Error: "));
        see(&browser, "2-parts-errors").await;
        // The norms are suggested, what each part is is not.
        let roles = ["out", "wording", "general", "lever", "general", "out"];
        for (number, ((heading, norm), role)) in (1..).zip(SECTIONS.iter().zip(roles)) {
            assert_eq!(browser.value(&format!("p{number}_norm")).await, *norm, "{heading}");
            browser.choose(&format!("p{number}_role"), role).await;
        }
        browser.press("Continue").await;
        browser.fill("c2_quote", "should not").await;
        browser.fill("c2_proposed_wording", "must not").await;
        browser.press("Continue").await;
        see(&browser, "3-details-errors").await;
        browser.select("c4_actor", "regulator").await;
        browser.select("c4_instrument", "procurement").await;
        browser.press("Continue").await;
        browser.choose("publication", "named").await;
        see(&browser, "4-check").await;
        browser.press("Send the paper").await;
        assert!(browser.url().await.contains("/receipts/GCSC-"));
    });
    assert_eq!(server.count("comments"), 4);
    assert_eq!(server.count("submissions"), 1);
}
