//! Two moderators in two browsers: who works on what, conflicts, undoing, many at once; by keys alone with the pages'
//! scripts on, by forms alone with them off.

use chrono::TimeDelta;
use norm_portal::clock::Clock;

use super::{NORM, holding};
use crate::harness::server::noon;
use crate::harness::{Backend, Person, Server};
use crate::journeys::typing::arrive;
use crate::journeys::visitor::Visitor;

/// A desk with comments of every sort, at the time of the browsers' clocks: what is left of a lease is counted there.
fn busy(how_many: usize) -> (Server, Person, Vec<String>) {
    let server = holding(Backend::Sqlite);
    server.pass(Clock::System.now() - noon() - TimeDelta::hours(3));
    let ada = server.stakeholder("ada");
    let mut sent = Vec::new();
    for number in 0..how_many {
        server.pass(TimeDelta::minutes(1));
        sent.push(match number % 4 {
            0 => ada.comment_on_wording(NORM, "should not", &format!("must never, in case {number},"), "named"),
            1 => ada.propose_lever(NORM, &format!("Publish report {number} each year."), "organisation"),
            2 => ada.comment_on_whole(
                "botnets",
                &format!("Owners of devices should be told, and number {number}."),
                "named",
            ),
            _ => ada.comment_on_whole(
                NORM,
                "Les operateurs devraient informer le public de toute attaque.",
                "commission",
            ),
        });
    }
    server.pass(Clock::System.now() - server.clock().now());
    (server, ada, sent)
}

/// Waits until keys decide: one that was pressed for the page before is not taken for this one.
async fn ready(visitor: &Visitor) {
    visitor.until("return document.readyState === 'complete' && performance.now() > 800").await;
}

/// Presses a key that leads to another page.
async fn key(visitor: &Visitor, keys: &str) {
    ready(visitor).await;
    visitor.keys_to_next_page(keys).await;
}

async fn reads(visitor: &Visitor, words: &str) {
    let text = visitor.text().await;
    assert!(text.contains(words), "{words:?} is not on {}:\n{text}", visitor.path().await);
}

const FOCUS: &str = "return document.activeElement.textContent";

#[test]
fn two_moderators_work_by_keys_alone() {
    let (server, ada, sent) = busy(12);
    let (mo, ray) = (server.moderator("mo"), server.moderator("ray"));
    tokio::runtime::Runtime::new().expect("a runtime").block_on(async {
        let (desk, other) = (arrive(&server, &mo, Some("desk-")).await, arrive(&server, &ray, Some("desk-")).await);
        desk.open("/secretariat").await;
        desk.see_everywhere("01-queue").await;
        ready(&desk).await;
        desk.keys("jjk").await;
        assert_eq!(desk.look(FOCUS).await, sent[0].as_str());
        desk.keys("f").await;
        reads(&desk, "Open the comment first").await;
        key(&desk, "c").await;
        reads(&desk, "The comment is yours for 15 minutes").await;
        desk.until("return /1[0-5]:\\d\\d left/.test(document.querySelector('#rows [data-until]').textContent)").await;
        desk.see("02-claimed").await;

        other.open("/secretariat").await;
        reads(&other, &mo.name).await;
        other.open(&format!("/secretariat/comments/{}", sent[0])).await;
        reads(&other, "works on this comment").await;
        other.see_everywhere("03-held").await;

        // Two read the same comment; one is quicker, and the other keeps what was typed.
        other.open(&format!("/secretariat/comments/{}", sent[1])).await;
        other.fill("note", "f d e").await;
        assert_eq!(other.path().await, format!("/secretariat/comments/{}", sent[1]), "a key in a field is a letter");
        desk.open(&format!("/secretariat/comments/{}", sent[1])).await;
        desk.see_everywhere("04-detail").await;
        key(&desk, "f").await;
        reads(&desk, &format!("{}: Accepted", sent[1])).await;
        desk.see("05-published").await;
        other.choose("outcome", "publish").await;
        other.press("Decide").await;
        reads(&other, "yours was not saved").await;
        assert_eq!(other.look("return document.getElementById('note').value").await, "f d e");
        other.see("06-conflict").await;

        // Undone within the hold, then declined in two keys.
        key(&desk, "u").await;
        reads(&desk, "The decision is undone. Its letter had not left.").await;
        ready(&desk).await;
        desk.keys("d").await;
        reads(&desk, "Decline because of: 1 Abuse, 2 Advertising").await;
        desk.see("07-declining").await;
        key(&desk, "4").await;
        reads(&desk, &format!("{}: Declined", sent[1])).await;

        // Claimed by one while the other writes: taken over with all that was typed.
        other.open(&format!("/secretariat/comments/{}", sent[4])).await;
        other.choose("outcome", "decline").await;
        other.select("reason", "off-topic").await;
        let filled = other.value("statement").await;
        assert!(filled.contains("not about the wording"), "choosing a reason fills in its text: {filled}");
        desk.open(&format!("/secretariat/comments/{}", sent[4])).await;
        key(&desk, "c").await;
        other.press("Decide").await;
        reads(&other, "nothing of yours was saved").await;
        other.see_everywhere("08-claimed-by-another").await;
        other.press(&format!("Take it over from \u{2068}{}\u{2069}", mo.name)).await;
        assert!(other.value("statement").await.contains("not about the wording"));
        other.see("09-taken-over").await;

        // Many at once, by Tab, space and Enter.
        desk.open("/secretariat?kind=general").await;
        for place in [0, 1] {
            desk.tab_to(&format!("it === document.querySelectorAll('#rows [type=checkbox]')[{place}]")).await;
            desk.keys(" ").await;
        }
        desk.tab_to("it.value === 'chosen'").await;
        desk.keys_to_next_page("\u{e007}").await;
        reads(&desk, "Decide on 2 comments").await;
        desk.see_everywhere("10-bulk").await;
        desk.choose("outcome", "publish").await;
        desk.press("Decide on these \u{2068}2\u{2069} comments").await;
        reads(&desk, "2 of 2 decided").await;
        desk.see_everywhere("11-batch").await;
        desk.press("Undo \u{2068}2\u{2069} decisions").await;
        reads(&desk, "Every decision was undone").await;

        desk.open("/secretariat").await;
        ready(&desk).await;
        desk.keys("?").await;
        assert_eq!(desk.look("return document.getElementById('keys-help').open").await, true);
        desk.see_everywhere("12-keys").await;
        desk.press("Switch keys off").await;
        ready(&desk).await;
        desk.keys("j").await;
        assert_eq!(desk.look("return document.querySelector('.row-current')").await, serde_json::Value::Null);
    });
    assert_eq!(server.count("decisions WHERE undone_at IS NULL"), 1);
    assert_eq!(super::letters(&server, &ada, "is published"), 0);
}

#[test]
fn two_moderators_work_without_scripts() {
    let (server, _, sent) = busy(6);
    let (mo, ray) = (server.moderator("mo"), server.moderator("ray"));
    tokio::runtime::Runtime::new().expect("a runtime").block_on(async {
        let desk = plain(&server, &mo).await;
        let other = plain(&server, &ray).await;
        desk.open(&format!("/secretariat/comments/{}", sent[0])).await;
        desk.press("Claim this comment").await;
        reads(&desk, "You work on this comment").await;
        other.open(&format!("/secretariat/comments/{}", sent[0])).await;
        reads(&other, "works on this comment: 15 minutes").await;
        other.press(&format!("Take it over from \u{2068}{}\u{2069}", mo.name)).await;
        reads(&other, "You took the comment over.").await;
        other.select("reason", "abuse").await;
        other.press("Fill in the text for the chosen reason").await;
        assert!(other.value("statement").await.contains("insult"));
        other.press("Decide").await;
        reads(&other, "was declined").await;
        other.see("20-plain-next").await;
        other.press("Undo").await;
        reads(&other, "The decision is undone").await;
        server.pass(TimeDelta::minutes(2));
        other.choose("outcome", "publish").await;
        other.press("Decide").await;
        tokio::task::block_in_place(|| {
            super::later(&server);
            server.deliver();
        });
        other.open(&format!("/secretariat/comments/{}", sent[0])).await;
        other.follow("Undo this decision").await;
        other.press("Undo the decision").await;
        other.see("21-plain-undo-errors").await;
        other.fill("words", "We had mixed up two comments.").await;
        other.press("Undo the decision").await;
        reads(&other, "The decision is undone, and the author is told.").await;
        other.see("22-plain-undone").await;
        desk.open("/secretariat").await;
        desk.press("Decide on all that are listed, at most 100").await;
        reads(&desk, "Decide on 6 comments").await;
        desk.choose("outcome", "return").await;
        desk.fill("statement", "Which clause?").await;
        desk.press("Decide on these \u{2068}6\u{2069} comments").await;
        reads(&desk, "6 of 6 decided").await;
    });
}

async fn plain(server: &Server, person: &Person) -> Visitor {
    let visitor = Visitor::start(&server.origin, false, Some("desk-")).await;
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
