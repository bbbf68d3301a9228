//! A browser as the judge: whether a script that somebody typed runs anywhere.

use super::flawed;
use crate::browser::Browser;
use crate::harness::comments::send;
use crate::harness::{Backend, Server};
use crate::journeys::typing::arrive;

const NORM: &str = "avoid-tampering";

/// Leaves a mark in the page if it runs, in one way or another.
const ATTACK: &str = "\"><script>document.documentElement.dataset.ran=1</script>\
    <img src=x onerror=document.documentElement.dataset.ran=1>' onfocus=document.documentElement.dataset.ran=1 autofocus";

/// What ran, or could have but for the policy.
const RAN: &str = "return (document.documentElement.dataset.ran || 0) \
    + document.querySelectorAll('[onerror], [onfocus], script:not([src]):not([type=\"application/ld+json\"])').length";

#[test]
fn no_script_that_was_typed_runs_on_any_page() {
    let flawed = flawed::start();
    let server = Server::start(Backend::Sqlite);
    let ada =
        server.stakeholder_with("ada", |form| form.set("name", "<b onclick=x>Ada</b>").set("organisation", ATTACK));
    let (mo, sec) = (server.moderator("mo"), server.secretariat("sec"));
    let form = ada.wording_form(NORM, "should not").set("proposed_wording", ATTACK).set("rationale", ATTACK);
    let wording = send(&form.set("publication", "named").choose("attachment", "<img src=x onerror=x>.txt", "A paper."));
    let form = ada.lever_form(NORM, ATTACK).set("by_when", ATTACK).set("example", ATTACK).set("obstacles", ATTACK);
    let lever = send(&form.set("cost", ATTACK).set("publication", "named"));
    mo.publish(&wording);
    mo.decide(&lever, "return", "", ATTACK).expect(303);
    let own =
        [format!("/my-comments/{wording}"), format!("/my-comments/{lever}"), "/my-comments".into(), "/account".into()];
    let public = [
        "/".into(),
        format!("/norms/{NORM}"),
        format!("/comments/{wording}"),
        "/search?q=script".into(),
        "/overview".into(),
    ];
    let public_too =
        [format!("/search?{}", url::form_urlencoded::Serializer::new(String::new()).append_pair("q", ATTACK).finish())];
    let desk = [
        "/secretariat".into(),
        "/secretariat?state=returned".into(),
        format!("/secretariat/comments/{wording}"),
        format!("/secretariat/comments/{lever}"),
    ];
    let office = [
        "/secretariat/people".into(),
        "/secretariat/organisations".into(),
        "/secretariat/audit".into(),
        "/secretariat/mail".into(),
    ];
    let everywhere: [(&_, Vec<String>); 3] = [
        (&ada, own.into_iter().chain(public).chain(public_too).collect()),
        (&mo, desk.to_vec()),
        (&sec, desk.into_iter().chain(office).collect()),
    ];
    tokio::runtime::Runtime::new().expect("a runtime").block_on(async {
        let browser = Browser::start(true).await;
        let said = url::form_urlencoded::Serializer::new(String::new()).append_pair("text", ATTACK).finish();
        browser.goto(&format!("http://{flawed}/said?{said}")).await;
        let marks = browser.look("return document.documentElement.dataset.ran").await;
        assert_eq!(marks, "1", "the browser speaks");
        assert_ne!(browser.look(RAN).await, 0);
        for (person, pages) in everywhere {
            let visitor = arrive(&server, person, None).await;
            for page in pages {
                visitor.open(&page).await;
                assert_eq!(visitor.look(RAN).await, 0, "{page}");
            }
        }
    });
}
