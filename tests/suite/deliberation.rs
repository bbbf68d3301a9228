//! Deliberation: the board, two people for each decision, publication, the answer to authors, the outcome pages.

mod answers;
mod board;
mod comments;
mod demo;
mod hidden;
mod journey;
mod outcome;
mod refused;

use crate::harness::form::Filled;
use crate::harness::{Client, Person, Server};

/// The text that tests speak of, and words of it.
const NORM: &str = "avoid-tampering";
const WORDS: &str = "should not tamper";

/// Where deliberation begins.
const PATH: &str = "/secretariat/deliberation";

/// The form that begins an issue on a text.
#[track_caller]
fn beginning(person: &Person, slug: &str) -> Filled {
    person.get(&format!("{PATH}/norms/{slug}/issues")).expect(200).form("main form")
}

/// Begins an issue on words; its address.
#[track_caller]
pub fn begin(person: &Person, statement: &str) -> String {
    let form = beginning(person, NORM).set("about", "words").set("quote", WORDS).set("statement", statement);
    form.press().expect(303).location()
}

/// Puts comments under an issue by their references.
#[track_caller]
pub fn put(person: &Person, issue: &str, references: &[&str]) {
    let form = person.get(&format!("{issue}/comments")).expect(200).form("#pasted");
    form.set("references", &references.join("\n")).go("paste").expect(303);
}

/// The form in which a draft is written.
#[track_caller]
pub fn draft(person: &Person, issue: &str) -> Filled {
    draft_of(person.client(), issue)
}

/// [`draft`] in any browser.
#[track_caller]
fn draft_of(client: &Client, issue: &str) -> Filled {
    client.get(issue).expect(200).form("main form:not([action$='/steps']):not([action$='/comments'])")
}

/// The form with a decision filled in.
#[track_caller]
pub fn decision(person: &Person, issue: &str, disposition: &str, reasons: &str) -> Filled {
    draft(person, issue).set("disposition", disposition).set("reasons", reasons)
}

/// The form in which a step is taken.
#[track_caller]
pub fn steps(person: &Person, issue: &str) -> Filled {
    person.get(issue).expect(200).form("main form[action$='/steps']")
}

/// Publishes everything that waits to be.
#[track_caller]
pub fn publish_all(sec: &Person) {
    let form = sec.get(&format!("{PATH}/publication")).expect(200).form("main form");
    let offered = form.offered("item");
    assert!(!offered.is_empty(), "nothing waits");
    offered.iter().fold(form, |form, item| form.tick("item", item)).press().expect(303);
}

/// Proposes, validates and publishes a decision on an issue.
#[track_caller]
pub fn decide(desk: &Desk, issue: &str, disposition: &str, reasons: &str) {
    decision(&desk.mo, issue, disposition, reasons).go("propose").expect(303);
    steps(&desk.ray, issue).go("validate").expect(303);
    publish_all(&desk.sec);
}

/// Two moderators and somebody of the Secretariat.
pub struct Desk {
    pub mo: Person,
    pub ray: Person,
    pub sec: Person,
}

impl Desk {
    pub fn of(server: &Server) -> Self {
        Self { mo: server.moderator("mo"), ray: server.moderator("ray"), sec: server.secretariat("sec") }
    }

    /// A comment on [`WORDS`] that is accepted; its reference.
    #[track_caller]
    pub fn accepted(&self, author: &Person, proposed: &str, publication: &str) -> String {
        let reference = author.comment_on_wording(NORM, WORDS, proposed, publication);
        self.mo.publish(&reference);
        reference
    }
}

/// What the API answers.
#[track_caller]
fn ask(client: &Client, path: &str) -> serde_json::Value {
    serde_json::from_slice(&client.get(path).expect(200).body).unwrap()
}

/// The id of an issue, from its address.
fn id(issue: &str) -> &str {
    issue.rsplit('/').next().unwrap_or_default()
}
