//! People of organisations, and what they do, each step through its page.

use crate::harness::{Answer, Person, Server};

/// Where one's organisation is.
pub const PAGE: &str = "/account/organisation";
/// The form to found one.
pub const FOUNDING: &str = "form[action='/account/organisation/founding']";
/// The button of something that was found, or of one's own domain.
pub const JOINING: &str = "form[action='/account/organisation/joining']";
/// The buttons on a person.
pub const PEOPLE: &str = "form[action='/account/organisation/people']";
/// The button to leave, or to take a question back.
pub const LEAVING: &str = "form[action='/account/organisation/leaving']";

/// Somebody with this address, registered, confirmed and signed in.
pub fn at(server: &Server, nick: &str, email: &str) -> Person {
    let (mut person, form) = server.registration(nick);
    email.clone_into(&mut person.email);
    form.set("email", email).press().expect(200);
    let link = server.link_in(&server.mail_to(&person.email));
    person.get(&link).expect(200).form("main form").press().expect(303);
    person.sign_in();
    person
}

/// Tries to found an organisation; with `by_domain`, one that people of the founder's domain join by themselves.
#[track_caller]
pub fn founding(person: &Person, name: &str, by_domain: bool) -> Answer {
    let form = person.get(PAGE).expect(200).form(FOUNDING).set("name", name).set("stakeholder_group", "government");
    let form = form.set("country", "EE");
    if by_domain { form.set("by_domain", "yes").press() } else { form.press() }
}

/// Founds one.
#[track_caller]
pub fn found(person: &Person, name: &str, by_domain: bool) {
    founding(person, name, by_domain).expect(303).follow().expect(200).reads(name);
}

/// Searches for an organisation and presses the first button that joins or asks.
#[track_caller]
pub fn join(person: &Person, name: &str) -> Answer {
    let search = url::form_urlencoded::Serializer::new(String::new()).append_pair("search", name).finish();
    person.get(&format!("{PAGE}?{search}")).expect(200).form(&format!("table {JOINING}")).press()
}

/// Presses a button on the first person that the first member can decide about.
#[track_caller]
pub fn answer(first: &Person, verdict: &str) -> Answer {
    first.get(PAGE).expect(200).form(PEOPLE).go(verdict)
}

/// A ministry of three: its founder, who is at its domain, and two who were let in by it or by their address.
pub fn ministry(server: &Server) -> (Person, Person) {
    let founder = at(server, "founder", "founder@mfa.example");
    found(&founder, "Ministry of Examples", true);
    let member = at(server, "member", "member@mfa.example");
    join(&member, "ministry of examples").expect(303).follow().reads("You are a member now");
    (founder, member)
}
