//! The way of an organisation in a real browser with scripts off: founded, joined, spoken for, co-signed.

use super::program::Program;
use super::stakeholder::PASSWORD;
use super::visitor::Visitor;
use super::{desk, stakeholder};
use crate::harness::Backend;

const FOUNDER: &str = "founder@mfa.example";
const COLLEAGUE: &str = "colleague@gmail.com";
const THIRD: &str = "third@example.org";
const NAME: &str = "Ministry of Examples";

/// Where its pictures go.
const ALBUM: Option<&str> = Some("organisation-");

#[test]
fn an_organisation() {
    tokio::runtime::Runtime::new().expect("a runtime").block_on(journey());
}

async fn journey() {
    let program = Program::start(Backend::Postgresql);
    let desk = Visitor::start(&program.origin, false, ALBUM).await;
    desk::found(&desk, &program).await;
    desk::join(&desk, &program).await;

    let founder = joined(&program, FOUNDER, "Synthetic Founder").await;
    founder.open("/account").await;
    founder.follow("Found, join or see your organisation").await;
    founder.see_everywhere("01-none").await;
    founder.fill("name", NAME).await;
    founder.choose("by_domain", "yes").await;
    founder.press("Found the organisation").await;
    founder.see_everywhere("02-founded").await;

    let colleague = joined(&program, COLLEAGUE, "Synthetic Colleague").await;
    colleague.open("/account/organisation?search=ministry").await;
    colleague.see_everywhere("03-found-by-name").await;
    colleague.press("Ask to join\nMinistry of Examples").await;
    colleague.see("04-asked").await;
    founder.open("/account/organisation").await;
    founder.see_everywhere("05-somebody-asks").await;
    founder.press("Let in\nSynthetic Colleague").await;
    founder.see("06-let-in").await;

    colleague.open("/norms/botnets/comments/new/general").await;
    colleague.fill("rationale", "From all of us.").await;
    colleague.choose("publication", "organisation").await;
    colleague.press("Check your answers").await;
    colleague.press("Send comment").await;
    let path = colleague.path().await;
    let reference = path.strip_prefix("/receipts/").expect("a receipt").to_owned();
    founder.open("/account/organisation/comments").await;
    founder.see_everywhere("07-comments").await;
    founder.follow(&reference).await;
    founder.see("08-receipt-of-a-colleague").await;

    desk.open(&format!("/secretariat/comments/{reference}")).await;
    desk.see("09-detail").await;
    desk.choose("outcome", "publish").await;
    desk.press("Decide").await;

    let third = joined(&program, THIRD, "Synthetic Third").await;
    third.open(&format!("/comments/{reference}")).await;
    third.follow("Add my name").await;
    third.see_everywhere("10-cosign").await;
    third.press("Add the name").await;
    assert!(third.text().await.contains("Synthetic Third"));
    third.see_everywhere("11-cosigned").await;
    third.open("/my-comments").await;
    third.see("12-my-comments").await;
}

/// Somebody who registered, confirmed and signed in.
async fn joined(program: &Program, email: &str, name: &str) -> Visitor {
    let visitor = Visitor::start(&program.origin, false, ALBUM).await;
    visitor.open("/register").await;
    for (field, value) in [("email", email), ("name", name), ("password", PASSWORD), ("organisation", NAME)] {
        visitor.fill(field, value).await;
    }
    visitor.select("stakeholder_group", "government").await;
    visitor.choose("on_behalf_of", "organisation").await;
    visitor.press("Register").await;
    let letter = program.letter(email, "Confirm your address");
    visitor.goto(&letter.link(&program.origin)).await;
    visitor.press("Confirm this address").await;
    stakeholder::sign_in(&visitor, email).await;
    visitor
}
