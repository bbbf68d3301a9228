//! The pages beside the journey's way: each is looked at once.

use super::desk::SECRETARIAT;
use super::stakeholder::{sign_in, sign_out};
use super::visitor::Visitor;
use crate::harness::Authenticator;

/// What everybody may read.
pub async fn of_the_public(reader: &Visitor) {
    for (path, name) in [
        ("/contact", "40-contact"),
        ("/privacy", "41-privacy"),
        ("/accessibility", "42-accessibility"),
        ("/norms/avoid-tampering/comments/new", "43-choose"),
        ("/password/reset", "44-reset"),
        ("/norms/cyber-stability", "45-definition"),
    ] {
        reader.open(path).await;
        assert_eq!(reader.path().await, path);
        reader.see(name).await;
    }
}

/// The pages of the Secretariat, whose codes `app` gives.
pub async fn of_the_desk(desk: &Visitor, app: &Authenticator) {
    desk.open("/secretariat/people").await;
    assert!(desk.text().await.contains("Not open to this account"), "a moderator invites nobody");
    desk.see("50-forbidden").await;
    desk.open("/secretariat").await;
    sign_out(desk).await;
    desk.open("/sign-in?next=%2Fsecretariat").await;
    sign_in(desk, SECRETARIAT).await;
    desk.see("50-code").await;
    desk.fill("code", &app.code()).await;
    desk.press("Sign in").await;
    for (path, name) in [
        ("/secretariat?state=published", "51-queue-published"),
        ("/secretariat/mail", "52-mail"),
        ("/secretariat/exports", "53-exports"),
        ("/secretariat/people", "54-people"),
        ("/secretariat/consultations", "55-consultation"),
        ("/account", "56-account"),
    ] {
        desk.open(path).await;
        assert_eq!(desk.path().await, path);
        desk.see(name).await;
    }
}
