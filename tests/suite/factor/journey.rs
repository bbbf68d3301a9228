//! The pages of the second factor and of sessions in a real Chromium, with scripts off and on.

use chrono::TimeDelta;

use crate::harness::{Backend, Person, Server};
use crate::journeys::visitor::Visitor;

async fn walk(server: &Server, mo: &Person, scripts: bool, album: Option<&'static str>) {
    let visitor = Visitor::start(&server.origin, scripts, album).await;
    visitor.open("/sign-in?next=/account/sessions").await;
    visitor.fill("email", &mo.email).await;
    visitor.fill("password", &mo.password).await;
    visitor.press("Sign in").await;
    visitor.see_everywhere("01-code").await;
    visitor.fill("code", "000000").await;
    visitor.press("Sign in").await;
    assert!(visitor.title().await.starts_with("Error: "));
    visitor.see("02-code-wrong").await;
    visitor.fill("code", &mo.code().unwrap()).await;
    visitor.press("Sign in").await;
    assert_eq!(visitor.path().await, "/account/sessions");
    visitor.see_everywhere("03-sessions").await;
    visitor.open("/account").await;
    visitor.see("04-account").await;
    visitor.open("/account/second-factor").await;
    visitor.see_everywhere("05-factor").await;
    visitor.follow("Set up anew").await;
    let drawn = visitor.look("return document.querySelector('img.qr').naturalWidth > 0").await;
    assert_eq!(drawn, true, "the picture is drawn");
    visitor.see_everywhere("06-new").await;
    server.pass(TimeDelta::minutes(11));
    visitor.open("/account/second-factor").await;
    visitor.press("Make new recovery codes").await;
    visitor.see_everywhere("07-proof").await;
    visitor.fill("password", &mo.password).await;
    visitor.fill("code", &mo.code().unwrap()).await;
    visitor.press("Confirm").await;
    visitor.see("08-confirmed").await;
    visitor.press("Finish").await;
    visitor.see_everywhere("09-recovery-codes").await;
    visitor.open("/account/sessions").await;
    visitor.press("End all others").await;
    assert!(visitor.text().await.contains("Every other session has ended."));
}

#[test]
fn the_pages_of_the_second_factor_can_be_walked_with_scripts_off_and_on() {
    let server = Server::start(Backend::Sqlite);
    let (mo, ray) = (server.moderator("mo"), server.moderator("ray"));
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        walk(&server, &mo, false, Some("factor-")).await;
        walk(&server, &ray, true, None).await;
    });
}
