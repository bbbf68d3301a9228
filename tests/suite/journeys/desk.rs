//! What the Secretariat's people do: accept invitations, read the queue, decide.

use norm_portal::clock::Clock;

use super::Sent;
use super::program::Program;
use super::stakeholder::{PASSWORD, sign_in, sign_out};
use super::visitor::Visitor;
use crate::harness::Authenticator;

/// The first of the Secretariat.
pub const SECRETARIAT: &str = "secretariat@example.org";
/// Who decides.
pub const MODERATOR: &str = "moderator@example.org";

/// What the author of the declined comment is told.
pub const STATEMENT: &str = "A list of measures belongs in the next consultation; please send it there.";
/// What only the desk reads.
pub const NOTE: &str = "Seen before, in other words.";

/// Accepts the invitation that the program printed; what gives the codes from then on.
pub async fn found(desk: &Visitor, program: &Program) -> Authenticator {
    desk.goto(&program.first_invitation).await;
    desk.see("01-first-invitation").await;
    desk.fill("email", SECRETARIAT).await;
    accept(desk, "Synthetic Secretary").await;
    desk.see("02-joined").await;
    sign_in(desk, SECRETARIAT).await;
    let app = set_up_factor(desk).await;
    desk.see("03-queue-empty").await;
    sign_out(desk).await;
    app
}

/// Invites a moderator from the command line and accepts what arrives.
pub async fn join(desk: &Visitor, program: &Program) {
    let invite = ["staff", "invite", "--email", MODERATOR, "--name", "Synthetic Moderator", "--role", "moderator"];
    let printed = program.run(&invite);
    let link = program.letter(MODERATOR, "Invitation").link(&program.origin);
    assert_eq!(printed.trim(), link);
    desk.goto(&link).await;
    desk.see("04-invitation").await;
    accept(desk, "Synthetic Moderator").await;
    sign_in(desk, MODERATOR).await;
    set_up_factor(desk).await;
}

/// Whoever comes to the desk for the first time is led to the second factor.
async fn set_up_factor(desk: &Visitor) -> Authenticator {
    assert_eq!(desk.path().await, "/account/second-factor/new");
    desk.see_everywhere("02-second-factor").await;
    let secret = desk.look("return document.getElementById('secret').textContent").await;
    let app = Authenticator::new(secret.as_str().expect("a secret"), Clock::System);
    desk.fill("code", &app.code()).await;
    desk.press("Set up").await;
    desk.see_everywhere("02-recovery-codes").await;
    desk.follow("I have kept them").await;
    assert_eq!(desk.path().await, "/secretariat");
    app
}

/// Publishes the change of words, declines the lever, accepts what only the Commission may read.
pub async fn decide(desk: &Visitor, sent: &Sent) {
    desk.open("/secretariat").await;
    desk.see_everywhere("23-queue").await;
    desk.follow(&sent.wording).await;
    desk.see_everywhere("24-detail").await;
    desk.choose("outcome", "publish").await;
    desk.press("Decide").await;
    assert!(desk.text().await.contains("comment was accepted. Its author will be told."));
    desk.see("25-decided").await;

    desk.open("/secretariat").await;
    desk.follow(&sent.lever).await;
    desk.choose("outcome", "decline").await;
    desk.fill("note", NOTE).await;
    desk.press("Decide").await;
    assert!(desk.title().await.starts_with("Error: "));
    assert_eq!(desk.value("note").await, NOTE);
    desk.see("26-decline-errors").await;
    desk.select("reason", "off-topic").await;
    desk.fill("statement", STATEMENT).await;
    desk.press("Decide").await;
    assert!(desk.text().await.contains("comment was declined. Its author will be told."));

    desk.open("/secretariat").await;
    desk.follow(&sent.confidential).await;
    assert!(desk.text().await.contains("Accept for the Commission"));
    desk.see("27-detail-confidential").await;
    desk.choose("outcome", "publish").await;
    desk.press("Decide").await;
    desk.open("/secretariat").await;
    assert!(desk.text().await.contains("Every comment has been decided."));
}

async fn accept(desk: &Visitor, name: &str) {
    desk.fill("name", name).await;
    desk.fill("password", PASSWORD).await;
    desk.press("Join").await;
}
