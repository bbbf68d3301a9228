//! The gate in a real Chromium, with scripts and without.

use chrono::TimeDelta;

use super::gated;
use crate::harness::{Backend, Person, Server};
use crate::journeys::typing::arrive;
use crate::journeys::visitor::Visitor;

fn run(journey: impl Future<Output = ()>) {
    tokio::runtime::Runtime::new().expect("a runtime").block_on(journey);
}

async fn close(server: &Server, sec: &Person, album: Option<&'static str>) {
    let visitor = arrive(server, sec, album).await;
    visitor.open("/secretariat/gate").await;
    visitor.see_everywhere("01-open").await;
    visitor.select("hours", "4").await;
    visitor.fill("grounds", "Thousands of sign-ins a minute from many networks.").await;
    visitor.press("Close the gate").await;
    visitor.see_everywhere("02-closed").await;
    visitor.open("/secretariat/state").await;
    visitor.see("03-state").await;
}

#[test]
fn a_browser_with_scripts_goes_through_by_itself() {
    let server = gated(Backend::Sqlite, |config| {
        config.gate.proof_bits = 17;
        config.server.proxies.clear();
    });
    let (ada, sec) = (server.stakeholder("ada"), server.secretariat("sec"));
    run(async {
        close(&server, &sec, Some("gate-")).await;
        let visitor = Visitor::start(&server.origin, true, None).await;
        visitor.open("/sign-in?next=/account").await;
        visitor
            .until("return location.pathname === '/sign-in' && document.querySelector('[name=password]') !== null")
            .await;
        visitor.fill("email", &ada.email).await;
        visitor.fill("password", &ada.password).await;
        visitor.press("Sign in").await;
        assert_eq!(visitor.path().await, "/account");
    });
    assert_eq!(server.count("gate_passes WHERE way = 'proof'"), 1);
}

#[test]
fn whoever_would_rather_wait_waits_with_and_without_scripts() {
    let server = gated(Backend::Sqlite, |config| {
        // More than any browser does in a test.
        config.gate.proof_bits = 28;
        config.server.proxies.clear();
    });
    let sec = server.secretariat("sec");
    let reference = server.stakeholder("ada").comment_on_whole("botnets", "In another's name.", "named");
    run(async {
        let (quick, plain) = (
            Visitor::start(&server.origin, true, Some("gate-")).await,
            Visitor::start(&server.origin, false, Some("gate-")).await,
        );
        plain.open("/name-report").await;
        plain.fill("reference", &reference).await;
        plain.fill("name", "Zo\u{eb} Synthetic").await;
        plain.fill("email", "zoe@example.org").await;
        plain.fill("text", "Two lines\nof words.").await;
        close(&server, &sec, None).await;
        quick.open("/register").await;
        quick
            .until("return document.getElementById('gate-told').textContent.startsWith('Your browser is doing')")
            .await;
        quick.see_everywhere("04-working").await;
        plain.press("Send to the Secretariat").await;
        plain.see_everywhere("05-waiting").await;
        plain.press("Go on").await;
        assert!(plain.text().await.contains("It is too soon"));
        plain.see("06-too-soon").await;
        server.pass(TimeDelta::seconds(30));
        plain.press("Go on").await;
        plain.see_everywhere("07-passed").await;
        plain.press("Send again").await;
        quick.press("Go on").await;
        assert_eq!(quick.path().await, "/register");
    });
    assert_eq!(server.count("name_reports"), 1);
    assert_eq!(server.count("gate_passes WHERE way = 'waiting'"), 2);
}
