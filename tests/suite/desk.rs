//! Working through the queue: claims, the hold of letters, undoing, many at once, finding what is to be done next.

mod bulk;
mod claims;
mod day;
mod holding;
mod journey;
mod listing;
mod many;

use chrono::TimeDelta;

use crate::harness::{Answer, Backend, Person, Server};

const NORM: &str = "avoid-tampering";

/// A portal whose letters about decisions wait for a minute.
fn holding(backend: Backend) -> Server {
    Server::start_with(backend, |config| config.moderation.hold_seconds = 60)
}

/// Past the hold.
fn later(server: &Server) {
    server.pass(TimeDelta::seconds(61));
}

/// How many letters to `person` have `words` in their subject.
fn letters(server: &Server, person: &Person, words: &str) -> usize {
    server.mails_to(&person.email).iter().filter(|mail| mail.subject.contains(words)).count()
}

/// The page of a comment at the desk.
#[track_caller]
fn desk(person: &Person, reference: &str) -> Answer {
    person.get(&format!("/secretariat/comments/{reference}")).expect(200)
}

/// Presses the button of the claim on a comment's page.
#[track_caller]
fn claim(person: &Person, reference: &str, go: &str) -> Answer {
    desk(person, reference).form("form[action*='/claim']").go(go)
}

/// The path of the one form to undo on a page.
const UNDO: &str = "form[action*='/undo']";
