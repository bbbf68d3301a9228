//! Chromium with the pages' scripts off: a reader reports, staff enter a letter with its scan and see flags.

use crate::harness::{Backend, Server};
use crate::journeys::visitor::Visitor;

use super::scan::picture;
use super::{NORM, closing_today};

#[test]
fn a_report_a_letter_and_flags_without_scripts() {
    let server = Server::start(Backend::Sqlite);
    closing_today(&server);
    let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
    let public = ada.comment_on_whole(NORM, "Words that somebody minds.", "named");
    mo.publish(&public);
    let flagged = ada.comment_on_whole(NORM, "Write to me@example.org, or call +44 20 7946 0958.", "named");
    server.porter_round();
    let scan = server.data_dir().join("letter-41.png");
    std::fs::write(&scan, picture()).unwrap();
    let hearing = server.data_dir().join("hearing.csv");
    std::fs::write(&hearing, super::rows::SHEET).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let reader = Visitor::start(&server.origin, false, Some("received-")).await;
        reader.open(&format!("/comments/{public}")).await;
        reader.follow("Report this comment").await;
        reader.see_everywhere("01-report").await;
        reader.press("Send to the Secretariat").await;
        reader.see("02-report-errors").await;
        reader.choose("complaint", "insult").await;
        reader.fill("text", "The third word.").await;
        reader.fill("email", "rita@example.org").await;
        reader.press("Send to the Secretariat").await;
        reader.see("03-reported").await;

        let desk = Visitor::start(&server.origin, false, Some("received-")).await;
        desk.open("/sign-in").await;
        desk.fill("email", &mo.email).await;
        desk.fill("password", &mo.password).await;
        desk.press("Sign in").await;
        if let Some(code) = mo.code() {
            desk.fill("code", &code).await;
            desk.press("Sign in").await;
        }
        desk.open("/secretariat").await;
        desk.see_everywhere("04-queue-with-flags").await;
        desk.open(&format!("/secretariat/comments/{flagged}")).await;
        desk.see_everywhere("05-flags").await;
        desk.open("/secretariat/reports").await;
        desk.see_everywhere("06-reports").await;
        desk.follow(&public).await;
        desk.see_everywhere("07-case").await;
        desk.press("Answer").await;
        desk.see("08-case-errors").await;
        desk.choose("answer", "nothing").await;
        desk.fill("reply", "We see no insult in it.").await;
        desk.fill("note", "The third word is a term of art.").await;
        desk.press("Answer").await;
        desk.see("09-answered").await;

        desk.open("/secretariat/received/new").await;
        desk.see_everywhere("10-received").await;
        desk.press("Go on to the comment").await;
        desk.see_everywhere("11-received-errors").await;
        desk.select("channel", "letter").await;
        desk.fill("received_on", "11202026").await;
        desk.fill("event", "Letter 41").await;
        desk.fill("name", "Petra Paper").await;
        desk.select("stakeholder_group", "individual").await;
        desk.select("norm", NORM).await;
        desk.choose("kind", "general").await;
        desk.press("Go on to the comment").await;
        desk.see_everywhere("12-composer").await;
        desk.fill("rationale", "Written by hand.").await;
        desk.attach("attachment", scan.to_str().unwrap()).await;
        desk.choose("publication", "named").await;
        desk.press("Check your answers").await;
        desk.see_everywhere("13-check").await;
        desk.press("Enter the comment").await;
        desk.see_everywhere("14-entered").await;
        assert!(desk.text().await.contains("Letter, received 20 November 2026"));

        desk.open("/submissions/table").await;
        desk.see_everywhere("15-table").await;
        desk.attach("table", hearing.to_str().unwrap()).await;
        desk.press("Check this table").await;
        desk.see_everywhere("16-rows-with-authors").await;
        desk.press("Send these comments").await;
        desk.see("17-rows-errors").await;
        desk.select("channel", "letter").await;
        desk.fill("received_on", "11202026").await;
        desk.fill("name", "Petra Paper").await;
        desk.select("stakeholder_group", "individual").await;
        desk.choose("publication", "named").await;
        desk.press("Send these comments").await;
        desk.see("18-rows-entered").await;
    });
    assert_eq!(server.audited("comment.entered"), 5);
    assert_eq!(server.count("comments WHERE channel = 'letter'"), 3);
    assert_eq!(server.count("comments WHERE channel = 'meeting' AND author_name = 'Omar Oral'"), 2);
}
