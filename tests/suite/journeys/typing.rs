//! Typing with scripts on: what is typed is kept quietly, whoever is killed meanwhile, and its redline is shown.

use super::program::Program;
use super::visitor::Visitor;
use crate::harness::{Backend, Client, Person, Server, on_both};

const COMPOSER: &str = "/norms/avoid-tampering/comments/new/general";
const TEXT: &str = "Owners of devices should be told";
const SHOWN: &str = "document.getElementById('draft-shown').textContent";

/// A browser in which `person` is signed in.
pub async fn arrive(server: &Server, person: &Person, album: Option<&'static str>) -> Visitor {
    let visitor = Visitor::start(&server.origin, true, album).await;
    visitor.open("/sign-in").await;
    visitor.fill("email", &person.email).await;
    visitor.fill("password", &person.password).await;
    visitor.press("Sign in").await;
    if let Some(code) = person.code() {
        visitor.fill("code", &code).await;
        visitor.press("Sign in").await;
    }
    visitor
}

fn run(journey: impl Future<Output = ()>) {
    tokio::runtime::Runtime::new().expect("a runtime").block_on(journey);
}

on_both! {
    fn a_killed_browser_loses_nothing(server: Server) {
        let ada = server.stakeholder("ada");
        run(async {
            let visitor = arrive(&server, &ada, None).await;
            visitor.open(COMPOSER).await;
            visitor.fill("rationale", TEXT).await;
            visitor.until(&format!("return {SHOWN}.startsWith('Draft saved at')")).await;
            visitor.see("60-typing").await;
            drop(visitor);
            let visitor = arrive(&server, &ada, Some("")).await;
            visitor.open("/my-comments").await;
            visitor.see_everywhere("61-drafts").await;
            visitor.follow(TEXT).await;
            assert_eq!(visitor.value("rationale").await, TEXT);
            visitor.keys("").await;
            visitor.fill("rationale", "Changed and left at once").await;
            // Left without a word: the page keeps what was typed on its way out.
            visitor.open("/").await;
            // It may still be under way when the next page is there.
            let is_kept = "return fetch('/my-comments').then(page => page.text()).then(it => it.includes('Changed and left at once'))";
            visitor.until(is_kept).await;
            visitor.open("/my-comments").await;
            assert_eq!(server.count("drafts"), 1);
            visitor.follow("Changed and left at once").await;
            visitor.fill("rationale", "Sent in the end").await;
            visitor.choose("publication", "named").await;
            visitor.press("Check your answers").await;
            visitor.press("Send comment").await;
            assert!(visitor.text().await.contains("We have received your comment"));
            assert_eq!((server.count("drafts"), server.count("comments")), (0, 1));
        });
    }

    fn a_draft_changed_elsewhere_is_not_overwritten(server: Server) {
        let ada = server.stakeholder("ada");
        run(async {
            let visitor = arrive(&server, &ada, Some("")).await;
            visitor.open(COMPOSER).await;
            visitor.fill("rationale", TEXT).await;
            visitor.until(&format!("return {SHOWN}.startsWith('Draft saved at')")).await;
            tokio::task::block_in_place(|| server.execute("UPDATE drafts SET version = version + 1, content = '[[\"rationale\",\"From elsewhere\"]]'"));
            visitor.fill("rationale", "Typed without knowing").await;
            visitor.until("return !document.getElementById('draft-warning').hidden").await;
            visitor.see_everywhere("62-typing-conflict").await;
            assert!(visitor.text().await.contains("You changed this draft yourself"));
            assert_eq!(server.count("drafts WHERE content LIKE '%From elsewhere%'"), 1);
            assert_eq!(server.count("drafts WHERE content LIKE '%Typed without knowing%'"), 1);
            visitor.press("Save as draft").await;
            let both = visitor.text().await;
            assert!(both.contains("there are two versions now") && both.contains("From elsewhere"), "{both}");
            assert!(both.contains("Typed without knowing"));
            assert_eq!(server.count("drafts"), 2);
        });
    }
}

#[test]
fn a_server_that_is_killed_while_one_types_gets_the_words_when_it_is_back() {
    run(async {
        let mut program = Program::start(Backend::Sqlite);
        let client = Client::new(&program.origin);
        let path = program.first_invitation.replace(&program.origin, "");
        let form = client.get(&path).form("main form").set("email", "sec@example.org").set("name", "Sec Synthetic");
        form.set("password", super::stakeholder::PASSWORD).press().expect(303);
        let visitor = Visitor::start(&program.origin, true, None).await;
        visitor.open("/sign-in").await;
        super::stakeholder::sign_in(&visitor, "sec@example.org").await;
        visitor.open(COMPOSER).await;
        visitor.fill("rationale", TEXT).await;
        visitor.until(&format!("return {SHOWN}.startsWith('Draft saved at')")).await;
        program.kill();
        visitor.fill("rationale", "Typed while nobody listened").await;
        visitor.until(&format!("return {SHOWN} === 'Not saved yet; we keep trying'")).await;
        program.serve_again();
        visitor.until(&format!("return {SHOWN}.startsWith('Draft saved at')")).await;
        assert_eq!(program.count("drafts WHERE content LIKE '%Typed while nobody listened%'"), 1);
        assert_eq!(program.count("drafts"), 1);
    });
}

#[test]
fn the_redline_is_shown_while_one_types() {
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    run(async {
        let visitor = arrive(&server, &ada, Some("")).await;
        visitor.open("/norms/avoid-tampering/comments/new/wording?clause=b").await;
        assert_eq!(visitor.look("return document.getElementById('live-redline').hidden").await, true);
        visitor.fill("proposed_wording", "nor permit them to be <b>tampered</b> with").await;
        let inserted = "return document.querySelector('#live-redline ins')?.textContent.includes('permit') === true";
        visitor.until(inserted).await;
        let markup = "return document.querySelector('#live-redline b') === null";
        assert_eq!(visitor.look(markup).await, true, "words stay words");
        visitor.see_everywhere("63-live-redline").await;
        visitor.until("return document.getElementById('live-redline-told').textContent.includes('permit')").await;
        visitor.choose("change", "delete").await;
        visitor.until("return document.querySelector('#live-redline ins') === null").await;
    });
}
