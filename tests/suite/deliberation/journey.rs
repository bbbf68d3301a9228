//! In a real Chromium with the pages' scripts off: comments are coded into issues, a decision is proposed, validated by
//! somebody else and published; its author is told and answers; everyone reads the outcome.

use super::{Desk, NORM, PATH, WORDS, begin, decide, put};
use crate::harness::{Backend, Person, Server};
use crate::journeys::visitor::Visitor;

/// A stakeholder of this group and organisation.
fn of_group(server: &Server, nick: &str, group: &str) -> Person {
    server.stakeholder_with(nick, |form| form.set("stakeholder_group", group))
}

/// A desk with accepted comments from several groups.
fn accepted(server: &Server, desk: &Desk) -> (Person, String) {
    let groups = ["government", "company", "technical-community", "academia"];
    for (number, group) in groups.into_iter().enumerate() {
        let author = of_group(server, &format!("author{number}"), group);
        desk.accepted(&author, &format!("must not, in case {number}, tamper"), "named");
        if number < 2 {
            let whole =
                author.comment_on_whole(NORM, &format!("The burden has to be shared, says {group}."), "organisation");
            desk.mo.publish(&whole);
            let lever = author.propose_lever(NORM, "Ask for signed updates in every tender.", "commission");
            desk.mo.publish(&lever);
        }
    }
    let ada = server.stakeholder("ada");
    let reference = desk.accepted(&ada, "must not tamper", "named");
    (ada, reference)
}

#[test]
fn comments_become_issues_and_decisions_reach_their_authors_without_scripts() {
    let server = Server::start(Backend::Sqlite);
    let desk = Desk::of(&server);
    let (ada, reference) = accepted(&server, &desk);
    // The board is not empty when it is looked at.
    let other = begin(&desk.ray, "Whether operators of critical infrastructure are addressed as well as states.");
    put(&desk.ray, &other, &[&reference]);
    decide(&desk, &other, "addressed-elsewhere", "Operators are addressed in the norm on cyber hygiene.");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let first = Visitor::start(&server.origin, false, Some("deliberation-")).await;
        signed_in(&first, &desk.mo).await;
        first.open(PATH).await;
        first.see_everywhere("01-overview").await;
        first.follow("Code book").await;
        first.fill("label", "Human rights").await;
        first.fill("code", "human-rights").await;
        first.press("Add").await;
        first.see_everywhere("02-codes").await;
        first.open(&format!("{PATH}/norms/{NORM}/issues")).await;
        first.press("Begin an issue").await;
        assert!(first.title().await.starts_with("Error: "));
        first.see_everywhere("03-begin").await;
        first.choose("about", "words").await;
        first.fill("quote", WORDS).await;
        first.fill("statement", "Whether the duty not to tamper binds states or is a recommendation to them.").await;
        first.press("Begin an issue").await;
        first.follow("Find comments").await;
        first.see_everywhere("04-find").await;
        tick_all(&first).await;
        first.press("Put the ticked comments under the issue").await;
        first.see("05-put").await;
        first.open(&format!("{PATH}/norms/{NORM}/left")).await;
        first.see_everywhere("06-left").await;
        first.open(&format!("{PATH}/norms/{NORM}")).await;
        let issue = last_link(&first, "tbody th[scope=row] a").await;
        first.open(&issue).await;
        first.fill("options", "Keep \"should\"\nSay \"must\"").await;
        first.fill("recommendation", "Say \"must\": four groups ask for it, none speaks against it.").await;
        first.select("disposition", "adopted").await;
        first
            .fill("reasons", "A norm that protects the stability of cyberspace has to bind those who can endanger it.")
            .await;
        first.press("Save and propose").await;
        first.see_everywhere("07-proposed").await;
        first.open(&format!("{PATH}/norms/{NORM}")).await;
        first.see_everywhere("08-board").await;

        let second = Visitor::start(&server.origin, false, Some("deliberation-")).await;
        signed_in(&second, &desk.ray).await;
        second.open(&issue).await;
        second.see_everywhere("09-second-person").await;
        second.press("Validate").await;
        assert!(second.text().await.contains("The decision is validated"));

        let head = Visitor::start(&server.origin, false, Some("deliberation-")).await;
        signed_in(&head, &desk.sec).await;
        head.open(&format!("{PATH}/publication")).await;
        head.see_everywhere("10-publication").await;
        tick_all(&head).await;
        head.press("Publish the ticked decisions").await;
        assert!(head.text().await.contains("The authors are told"));
        head.see_everywhere("11-published").await;

        let author = Visitor::start(&server.origin, false, Some("deliberation-")).await;
        signed_in(&author, &ada).await;
        let letter = tokio::task::block_in_place(|| server.mail_to(&ada.email));
        assert!(letter.body.contains("Decision: Adopted"), "{letter:?}");
        let link =
            letter.body.lines().find_map(|line| line.split_once("We ask once: ").map(|(_, link)| link.to_owned()));
        author.open(link.unwrap().strip_prefix(&server.origin).unwrap()).await;
        author.see_everywhere("12-answer").await;
        author.choose("satisfied", "yes").await;
        author.fill("remark", "Thank you for taking it up.").await;
        author.press("Send").await;
        author.see_everywhere("13-own").await;
        author.open(&format!("/comments/{reference}")).await;
        author.see_everywhere("14-permalink").await;

        let reader = Visitor::start(&server.origin, false, Some("deliberation-")).await;
        reader.open("/outcome").await;
        reader.see_everywhere("15-outcome").await;
        reader.fill("reference", &reference).await;
        reader.press("Find").await;
        assert!(reader.text().await.contains("has to bind those"));
        reader.see_everywhere("16-found").await;
        reader.open(&format!("/norms/{NORM}/outcome")).await;
        reader.see_everywhere("17-norm").await;
        let comments = last_link(&reader, "main section a").await;
        reader.open(&comments).await;
        reader.see_everywhere("18-issue").await;
        second.open(&issue).await;
        second.see("19-after").await;
    });
    assert_eq!(server.count("satisfactions WHERE is_satisfied"), 1);
    server.assert_audit_holds();
}

/// Where the last link that fits `selector` leads.
async fn last_link(visitor: &Visitor, selector: &str) -> String {
    let script = format!("return [...document.querySelectorAll('{selector}')].pop().getAttribute('href')");
    visitor.look(&script).await.as_str().unwrap().to_owned()
}

/// Ticks every box of the page with the mouse.
async fn tick_all(visitor: &Visitor) {
    visitor.look("document.querySelectorAll('input[type=checkbox][name=item]').forEach((box) => box.click())").await;
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
