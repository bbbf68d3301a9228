//! Words taken out of a comment: how it is done, who reads what, the statement of reasons, appeals; and that no way out
//! holds a word that was taken out ("Shown by" 3 of issue 5).

mod appeals;
mod desk;
mod everywhere;
mod files;
mod journey;
mod originals;
mod statements;

use crate::harness::form::Filled;
use crate::harness::{Answer, Person, Server};

/// The text that tests comment on.
const NORM: &str = "avoid-tampering";

/// A comment of `ada` with a name in it that `mo` has published.
fn published(ada: &Person, mo: &Person, text: &str) -> String {
    let reference = ada.comment_on_whole(NORM, text, "named");
    mo.publish(&reference);
    reference
}

/// The form that takes words out of a comment.
#[track_caller]
fn form(person: &Person, reference: &str) -> Filled {
    person.get(&format!("/secretariat/comments/{reference}/redaction")).expect(200).form("main form")
}

/// The form with one passage filled in.
#[track_caller]
fn passage(person: &Person, reference: &str, words: &str) -> Filled {
    form(person, reference).set("p1_words", words).set("p1_code", "third-party-personal-data")
}

/// Takes `words` out of a comment, wherever they stand.
#[track_caller]
pub fn take_out(person: &Person, reference: &str, words: &str) -> Answer {
    passage(person, reference, words).go("preview").expect(200).form("main form").go("publish").expect(303)
}

/// The address of an author's appeal against the last redaction.
#[track_caller]
fn appeal_path(ada: &Person, reference: &str) -> String {
    ada.get(&format!("/my-comments/{reference}")).expect(200).link("a[href*='/redactions/']")
}

/// Appeals against the last redaction of a comment.
#[track_caller]
fn appeal(ada: &Person, reference: &str, text: &str) {
    let path = appeal_path(ada, reference);
    ada.get(&path).expect(200).form("main form").set("text", text).press().expect(303);
}

/// The page on which somebody of the Secretariat hears the oldest appeal.
#[track_caller]
fn hearing(sec: &Person) -> String {
    let page = sec.get("/secretariat/redaction-appeals").expect(200);
    let dom = page.dom();
    let link = dom.select(&crate::harness::client::css("tbody th a")).next();
    link.and_then(|link| link.value().attr("href")).expect("an appeal").to_owned()
}

fn audited(server: &Server, action: &str) -> i64 {
    server.audited(action)
}
