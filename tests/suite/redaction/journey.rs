//! In a real Chromium with the pages' scripts off: words are taken out, everyone reads what is left, the author sees which
//! and why, appeals, and is heard.

use super::NORM;
use crate::harness::{Backend, Person, Server};
use crate::journeys::visitor::Visitor;

#[test]
fn words_are_taken_out_and_put_back_without_scripts() {
    let server = Server::start(Backend::Sqlite);
    let (ada, mo, sec) = (server.stakeholder("ada"), server.moderator("mo"), server.secretariat("sec"));
    let text = "The clause is right.\n\nIf you doubt it, ask Jan Qwertz at the ministry, +31 6 1234 5678; Jan Qwertz wrote it.";
    let reference = ada.comment_on_whole(NORM, text, "named");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let desk = Visitor::start(&server.origin, false, Some("redaction-")).await;
        signed_in(&desk, &mo).await;
        desk.open(&format!("/secretariat/comments/{reference}")).await;
        desk.follow("Take words out").await;
        desk.see_everywhere("01-form").await;
        desk.fill("p1_words", "Jan Qwertz").await;
        desk.press("See what everyone will read").await;
        assert!(desk.title().await.starts_with("Error: "));
        desk.see("02-errors").await;
        desk.select("p1_code", "third-party-personal-data").await;
        desk.press("Another passage").await;
        desk.fill("p2_words", "+31 6 1234 5678").await;
        desk.select("p2_code", "personal-data").await;
        desk.press("See what everyone will read").await;
        let shown = desk.text().await;
        assert!(shown.contains("3 passages are taken out") && !shown.contains("Qwertz"), "{shown}");
        desk.see_everywhere("03-check").await;
        desk.press("Publish without these words").await;
        assert!(desk.text().await.contains("the author is told"));
        desk.see("04-done").await;

        let author = Visitor::start(&server.origin, false, Some("redaction-")).await;
        author.open(&format!("/comments/{reference}")).await;
        let shown = author.text().await;
        assert!(shown.contains("taken out of this comment in 3 places") && !shown.contains("Qwertz"), "{shown}");
        author.see_everywhere("05-public").await;
        signed_in(&author, &ada).await;
        author.open(&format!("/my-comments/{reference}")).await;
        assert!(author.text().await.contains("Jan Qwertz"));
        author.see_everywhere("06-own").await;
        author.follow("Appeal against this").await;
        author.see("07-appeal").await;
        author.fill("text", "He is the minister; his name is public.").await;
        author.press("Send the appeal").await;
        author.see("08-appealed").await;

        let head = Visitor::start(&server.origin, false, Some("redaction-")).await;
        signed_in(&head, &sec).await;
        head.open(&format!("/secretariat/comments/{reference}/original")).await;
        head.see("09-original-asked").await;
        head.choose("purpose", "appeal").await;
        head.press("Show the original").await;
        assert!(head.text().await.contains("Jan Qwertz wrote it"));
        head.see_everywhere("10-original").await;
        head.open("/secretariat/redaction-appeals").await;
        head.see_everywhere("11-appeals").await;
        head.follow(&reference).await;
        head.see_everywhere("12-hearing").await;
        head.choose("outcome", "restored").await;
        head.fill("statement", "A minister's name is no private matter.").await;
        head.press("Decide on the appeal").await;
        head.see("13-heard").await;
        author.open(&format!("/comments/{reference}")).await;
        assert!(author.text().await.contains("Jan Qwertz wrote it"));
    });
    assert_eq!(server.audited("comment.original_read"), 1);
    server.assert_audit_holds();
}

async fn signed_in(visitor: &Visitor, person: &Person) {
    visitor.open("/sign-in").await;
    visitor.fill("email", &person.email).await;
    visitor.fill("password", &person.password).await;
    visitor.press("Sign in").await;
    if let Some(code) = person.code() {
        visitor.fill("code", &code).await;
        visitor.press("Sign in").await;
    }
}
