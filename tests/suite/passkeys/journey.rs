//! Passkeys in a real Chromium, whose driver has an authenticator, and the same pages with scripts off.

use chrono::TimeDelta;
use norm_portal::web::Role;

use crate::harness::people::password;
use crate::harness::{Backend, Person, Server};
use crate::journeys::visitor::Visitor;

async fn enter(visitor: &Visitor, email: &str, password: &str) {
    visitor.open("/sign-in").await;
    visitor.fill("email", email).await;
    visitor.fill("password", password).await;
    visitor.press("Sign in").await;
}

async fn leave(visitor: &Visitor) {
    visitor.open("/sign-out").await;
    visitor.press("Sign out").await;
}

async fn stakeholder(server: &Server, ada: &Person) {
    let visitor = Visitor::start(&server.origin, true, Some("passkeys-")).await;
    visitor.with_authenticator().await;
    enter(&visitor, &ada.email, &ada.password).await;
    visitor.open("/account/passkeys").await;
    visitor.see_everywhere("01-none").await;
    visitor.follow("Add a passkey").await;
    visitor.see_everywhere("02-new").await;
    visitor.fill("name", "").await;
    visitor.press_here("Add it").await;
    visitor.until("return document.querySelector('[data-told]').textContent !== ''").await;
    visitor.see("03-no-name").await;
    visitor.fill("name", "Laptop of the mission").await;
    visitor.press("Add it").await;
    assert!(visitor.text().await.contains("The passkey is added."));
    visitor.see_everywhere("04-added").await;
    // The same device makes no second one.
    visitor.open("/account/passkeys/new").await;
    visitor.press_here("Add it").await;
    visitor.until("return document.querySelector('[data-told]').textContent.includes('already')").await;
    visitor.see("05-known").await;
    leave(&visitor).await;
    visitor.open("/sign-in?next=/account/passkeys").await;
    visitor.see_everywhere("06-sign-in").await;
    visitor.press("Sign in with a passkey").await;
    assert_eq!(visitor.path().await, "/account/passkeys");
    visitor.see("07-used").await;
    let removal = visitor.look("return document.querySelector('main table a').getAttribute('href')").await;
    visitor.open(removal.as_str().unwrap()).await;
    visitor.see_everywhere("08-removal").await;
    visitor.press("Remove").await;
    assert!(visitor.text().await.contains("You have no passkeys yet."));
    leave(&visitor).await;
    visitor.open("/sign-in").await;
    visitor.press("Sign in with a passkey").await;
    visitor.see("09-refused").await;
    assert!(visitor.text().await.contains("This passkey is not known here"));
}

async fn staff(server: &Server) {
    let visitor = Visitor::start(&server.origin, true, Some("passkeys-")).await;
    visitor.with_authenticator().await;
    enter(&visitor, "new@example.org", &password("new")).await;
    visitor.open("/secretariat").await;
    visitor.see("11-desk-needs").await;
    visitor.follow("Add a passkey").await;
    visitor.press("Add it").await;
    assert_eq!(visitor.path().await, "/secretariat");
    leave(&visitor).await;
    enter(&visitor, "new@example.org", &password("new")).await;
    visitor.see_everywhere("12-half").await;
    visitor.press("Sign in with a passkey").await;
    visitor.open("/secretariat").await;
    assert_eq!(visitor.path().await, "/secretariat");
    server.pass(TimeDelta::minutes(11));
    visitor.open("/account/passkeys/new").await;
    visitor.see_everywhere("13-proof").await;
    visitor.press("Confirm with a passkey").await;
    assert_eq!(visitor.path().await, "/account/passkeys/new");
}

async fn without_scripts(server: &Server, ada: &Person) {
    let visitor = Visitor::start(&server.origin, false, Some("passkeys-")).await;
    visitor.open("/sign-in").await;
    assert!(!visitor.text().await.contains("passkey"), "nothing that could not be pressed is shown");
    enter(&visitor, &ada.email, &ada.password).await;
    visitor.open("/account/passkeys/new").await;
    visitor.see("21-scripts-off").await;
    assert!(visitor.text().await.contains("scripts are off here"));
    visitor.press("Add it").await;
    assert!(visitor.text().await.contains("No passkey arrived"));
    visitor.see("22-scripts-off-pressed").await;
}

#[test]
fn a_passkey_is_added_and_signs_in_in_a_real_browser() {
    let server = Server::named(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    crate::factor::newcomer(&server, "new", Role::Moderator);
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        stakeholder(&server, &ada).await;
        without_scripts(&server, &ada).await;
        staff(&server).await;
    });
}
