//! The public record: proposals side by side, filters, where people commented, levers as a matrix, history; nothing
//! unpublished anywhere.

mod choosing;
mod heat;
mod history;
mod journey;
mod side_by_side;

use crate::harness::client::css;
use crate::harness::comments::send;
use crate::harness::{Answer, Person, Server};

/// Norm 3: "State and non-state actors should not tamper with products and services in development and production, nor
/// allow them to be tampered with, if doing so may substantially impair the stability of cyberspace."
const NORM: &str = "avoid-tampering";

/// Somebody who speaks for `organisation`.
fn speaker(server: &Server, nick: &str, organisation: &str) -> Person {
    server.stakeholder_with(nick, |form| form.set("organisation", organisation))
}

/// Somebody of another group and country, who speaks for themselves.
fn official(server: &Server, nick: &str) -> Person {
    server.stakeholder_with(nick, |form| {
        form.set("stakeholder_group", "government").set("country", "DE").set("on_behalf_of", "myself")
    })
}

/// Proposes `words` in place of `quote`, and has it published; the reference.
#[track_caller]
fn proposed(person: &Person, mo: &Person, quote: &str, words: &str) -> String {
    let reference = person.comment_on_wording(NORM, quote, words, "named");
    mo.publish(&reference);
    reference
}

/// Has `quote` deleted, and that published; the reference.
#[track_caller]
fn deleted(person: &Person, mo: &Person, quote: &str) -> String {
    let form = person.wording_form(NORM, quote).set("change", "delete").set("rationale", "Too much.");
    let reference = send(&form.set("publication", "named"));
    mo.publish(&reference);
    reference
}

/// Explains a concern about `quote`, and has it published; the reference.
#[track_caller]
fn concern(person: &Person, mo: &Person, quote: &str, concern: &str) -> String {
    let form = person.wording_form(NORM, quote).set("change", "keep").set("concern", concern);
    let reference = send(&form.set("rationale", "What does it mean?").set("publication", "named"));
    mo.publish(&reference);
    reference
}

/// Takes a comment back.
#[track_caller]
fn withdraw(person: &Person, reference: &str) {
    person.get(&format!("/my-comments/{reference}/withdrawal")).expect(200).form("main form").press().expect(303);
}

/// The page of the norm with `query`, as everybody sees it.
#[track_caller]
fn norm(server: &Server, query: &str) -> Answer {
    server.anonymous().get(&format!("/norms/{NORM}{query}")).expect(200)
}

/// The values of an attribute of the elements that fit.
fn attributes(page: &Answer, selector: &str, name: &str) -> Vec<String> {
    let (dom, selector) = (page.dom(), css(selector));
    let found = dom.select(&selector);
    found.filter_map(|it| it.value().attr(name)).map(str::to_owned).collect()
}

/// The references under which proposals are shown, in order.
fn shown(page: &Answer) -> Vec<String> {
    attributes(page, "article.comment", "id")
}
