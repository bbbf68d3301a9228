//! A person in a real Chromium with the pages' scripts off: receipt, check, paper, appeal, and goodbye.

use super::NORM;
use crate::harness::{Backend, Server};
use crate::journeys::visitor::Visitor;

#[test]
fn from_receipt_to_goodbye_without_scripts() {
    let server = Server::start(Backend::Sqlite);
    let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
    let reference = ada.comment_on_whole(NORM, "Kept on paper.", "named");
    mo.decide(&reference, "decline", "off-topic", "It is about the weather.").expect(303);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let visitor = Visitor::start(&server.origin, false, Some("after-")).await;
        visitor.open("/sign-in").await;
        visitor.fill("email", &ada.email).await;
        visitor.fill("password", &ada.password).await;
        visitor.press("Sign in").await;

        visitor.open(&format!("/receipts/{reference}")).await;
        visitor.see_everywhere("01-receipt").await;
        let still = [("prefers-reduced-motion", "reduce")];
        visitor.emulate("print", &still).await;
        let paper = pdf_extract::extract_text_from_mem(&visitor.paper().await).unwrap();
        visitor.emulate("screen", &still).await;
        let on_paper = |words: &str| paper.split_whitespace().collect::<String>().contains(&words.replace(' ', ""));
        for words in [reference.as_str(), "Kept on paper.", "SHA-256", "What happens next"] {
            assert!(on_paper(words), "{words} is not on paper:\n{paper}");
        }
        for words in ["Sign out", "Download everything", "Comment on another text"] {
            assert!(!on_paper(words), "{words} is on paper:\n{paper}");
        }
        visitor.follow("Check this receipt").await;
        assert!(visitor.text().await.contains("exactly this text"));
        visitor.see_everywhere("02-verify").await;

        visitor.open(&format!("/my-comments/{reference}")).await;
        visitor.see("03-declined").await;
        visitor.follow("Appeal").await;
        visitor.press("Send the appeal").await;
        visitor.see("04-appeal-errors").await;
        visitor.fill("text", "It is about the norm.").await;
        visitor.press("Send the appeal").await;
        visitor.see_everywhere("05-appealed").await;
        visitor.open("/my-comments").await;
        visitor.see_everywhere("06-list").await;
        visitor.open("/look-up").await;
        visitor.see("07-look-up").await;
        visitor.open("/name-report").await;
        visitor.see("08-name-report").await;

        visitor.open("/account").await;
        visitor.follow("Download my data").await;
        visitor.see("09-data").await;
        visitor.open("/account/deletion").await;
        visitor.see_everywhere("10-deletion").await;
        visitor.choose("understood", "yes").await;
        visitor.press("Delete my account").await;
        visitor.see("11-gone").await;
        assert!(visitor.text().await.contains("Your account is deleted"));
    });
    assert_eq!(server.audited("account.deleted"), 1);
}
