//! The Secretariat in a real Chromium with the pages' scripts off: people, audit log, figures; and a reader's view of
//! the page of transparency.

use chrono::TimeDelta;

use super::{NORM, place};
use crate::harness::{Backend, Server};
use crate::journeys::visitor::Visitor;

#[test]
fn the_secretariat_watches_over_its_desk_without_scripts() {
    let server = Server::start(Backend::Sqlite);
    let (sec, mo, ada) = (server.secretariat("sec"), server.moderator("mo"), server.stakeholder("ada"));
    server.invitation("new@example.org", "New Synthetic", norm_portal::web::Role::Moderator);
    for n in 0..9 {
        let reference = ada.comment_on_whole(NORM, &format!("Number {n}."), "named");
        server.pass(TimeDelta::hours(7));
        match n % 3 {
            0 => mo.publish(&reference),
            1 => drop(mo.decide(&reference, "decline", "off-topic", "It is about the weather.").expect(303)),
            _ => {}
        }
        mo.sign_in();
        ada.sign_in();
    }
    server.keeper_round();
    let person = place(
        &{
            sec.sign_in();
            sec.clone()
        },
        &mo,
    );
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let visitor = Visitor::start(&server.origin, false, Some("oversight-")).await;
        visitor.open("/transparency").await;
        visitor.see_everywhere("01-transparency").await;
        visitor.open("/sign-in").await;
        visitor.fill("email", &sec.email).await;
        visitor.fill("password", &sec.password).await;
        visitor.press("Sign in").await;
        if let Some(code) = sec.code() {
            visitor.fill("code", &code).await;
            visitor.press("Sign in").await;
        }
        visitor.open("/secretariat/people").await;
        visitor.see_everywhere("02-people").await;
        visitor.open(&person).await;
        visitor.follow("Suspend").await;
        visitor.press("Suspend").await;
        assert!(visitor.title().await.starts_with("Error: "));
        visitor.see("03-suspend-errors").await;
        visitor.fill("grounds", "Left the Secretariat.").await;
        visitor.press("Suspend").await;
        assert!(visitor.text().await.contains("The person is suspended, and is told."));
        visitor.see_everywhere("04-suspended").await;
        visitor.open(&format!("{person}/role")).await;
        visitor.see("05-role").await;
        visitor.open("/secretariat/audit").await;
        visitor.see_everywhere("06-audit").await;
        visitor.select("action", "account.suspended").await;
        visitor.press("Filter").await;
        assert!(visitor.text().await.contains("Person suspended"));
        visitor.see("07-audit-filtered").await;
        visitor.open("/secretariat/figures").await;
        visitor.see_everywhere("08-figures").await;
        visitor.open("/account").await;
        visitor.see("09-account").await;
        visitor.open("/secretariat").await;
        visitor.see("10-queue").await;
    });
    assert_eq!(server.audited("account.suspended"), 1);
}
