//! Somebody who sends too much in a short time, in a real Chromium with the pages' scripts off.

use chrono::TimeDelta;

use super::{few, limited};
use crate::harness::Backend;
use crate::journeys::visitor::Visitor;

#[test]
fn what_was_sent_too_soon_is_sent_again_without_scripts() {
    let server = limited(Backend::Sqlite, |config| {
        config.limits.account.sending = few(1);
        config.limits.address.searching = few(1);
        config.server.proxies.clear();
    });
    let ada = server.stakeholder("ada");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let visitor = Visitor::start(&server.origin, false, Some("limits-")).await;
        visitor.open("/sign-in").await;
        visitor.fill("email", &ada.email).await;
        visitor.fill("password", &ada.password).await;
        visitor.press("Sign in").await;
        visitor.open("/norms/botnets/comments/new/general").await;
        visitor.fill("rationale", "Two lines\nwith <b>marks</b>.").await;
        visitor.choose("publication", "named").await;
        visitor.press("Check your answers").await;
        visitor.press("Send comment").await;
        assert!(visitor.text().await.contains("Try again in 60 seconds"));
        visitor.see_everywhere("01-too-soon").await;
        server.pass(TimeDelta::minutes(1));
        visitor.press("Send again").await;
        assert!(visitor.path().await.starts_with("/receipts/"), "{}", visitor.path().await);
        assert!(visitor.text().await.contains("with <b>marks</b>."));
    });
    assert_eq!(server.count("comments"), 1);
}
