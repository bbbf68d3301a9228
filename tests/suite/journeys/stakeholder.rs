//! What a stakeholder does: register, change a word, propose a lever, follow what becomes of it.

use super::Sent;
use super::program::Program;
use super::visitor::Visitor;

/// Somebody who comments.
pub struct Author {
    pub email: &'static str,
    pub name: &'static str,
    pub organisation: &'static str,
}

/// The author of every journey.
pub const AUTHOR: Author =
    Author { email: "author@example.org", name: "Synthetic Author", organisation: "Example Organisation" };

/// Why the word should change.
pub const RATIONALE: &str = "To allow may mean to license; the norm is about letting it happen.";
/// What the lever asks for.
pub const ACTION: &str = "Publish a yearly list of the ten cheapest measures and who has taken them.";

/// A password that nobody would try first.
pub const PASSWORD: &str = "copper lantern orbit meadow";

/// From the home page to an account that is signed in.
pub async fn register(author: &Visitor, program: &Program) {
    author.open("/").await;
    author.see_everywhere("05-home").await;
    author.follow("Register").await;
    author.see("06-register").await;
    author.press("Register").await;
    the_errors_have_the_focus(author, "email").await;
    author.see("07-register-errors").await;
    for (name, value) in
        [("email", AUTHOR.email), ("name", AUTHOR.name), ("password", PASSWORD), ("organisation", AUTHOR.organisation)]
    {
        author.fill(name, value).await;
    }
    author.select("stakeholder_group", "civil-society").await;
    author.select("country", "NL").await;
    author.choose("on_behalf_of", "organisation").await;
    author.press("Register").await;
    author.see("08-register-sent").await;

    let letter = program.letter(AUTHOR.email, "Confirm your address");
    author.goto(&letter.link(&program.origin)).await;
    author.see("09-confirm").await;
    author.press("Confirm this address").await;
    author.see("10-sign-in").await;
    sign_in(author, AUTHOR.email).await;
    assert!(author.text().await.contains(AUTHOR.name));
}

/// Fills in the form that is in view.
pub async fn sign_in(visitor: &Visitor, email: &str) {
    visitor.fill("email", email).await;
    visitor.fill("password", PASSWORD).await;
    visitor.press("Sign in").await;
}

/// By the link of every page.
pub async fn sign_out(visitor: &Visitor) {
    visitor.follow("Sign out").await;
    visitor.see("04-sign-out").await;
    visitor.press("Sign out").await;
}

/// Changes `allow` in clause (b), on at most four pages from the norm to the receipt; returns the reference.
pub async fn change_a_word(author: &Visitor, program: &Program) -> String {
    author.open("/norms/avoid-tampering").await;
    author.see_everywhere("11-norm").await;
    let before = author.pages_asked().await;
    author.follow("Suggest wording").await;
    author.see_everywhere("12-words").await;
    author.select("first_word", "17").await;
    author.press("Continue").await;
    assert_eq!(author.value("proposed_wording").await, "allow");
    author.see_everywhere("13-composer").await;
    author.fill("proposed_wording", "permit").await;
    author.select("concern", "unclear-term").await;
    author.fill("rationale", RATIONALE).await;
    author.choose("acceptable", "no").await;
    author.choose("publication", "organisation").await;
    author.press("Check your answers").await;
    author.see_everywhere("14-check").await;
    author.press("Send comment").await;
    // The answer to the last form is no page: it leads to the receipt.
    let pages = author.pages_asked().await - before - 1;
    assert!(pages <= 4, "{pages} pages from the norm to the receipt");
    let reference = receipt(author).await;
    author.see_everywhere("15-receipt").await;
    let letter = program.letter(AUTHOR.email, &reference);
    assert_eq!(letter.link(&program.origin), author.url().await);
    reference
}

/// A lever for `cyber-hygiene`, first sent without an answer; returns the reference.
pub async fn propose_a_lever(author: &Visitor, program: &Program) -> String {
    author.open("/norms/cyber-hygiene").await;
    author.follow("Propose how to implement it").await;
    author.see("16-lever").await;
    author.press("Check your answers").await;
    the_errors_have_the_focus(author, "actor").await;
    author.see_everywhere("17-lever-errors").await;
    author.select("actor", "executive").await;
    author.select("instrument", "transparency").await;
    author.fill("action", ACTION).await;
    author.fill("by_when", "Within two years").await;
    author.press("Check your answers").await;
    author.see("18-lever-check").await;
    author.press("Send comment").await;
    let reference = receipt(author).await;
    author.see("19-lever-receipt").await;
    program.letter(AUTHOR.email, &reference);
    reference
}

/// The list and one comment of one's own while they wait.
pub async fn follow_up(author: &Visitor, sent: &Sent) {
    author.open("/my-comments").await;
    let shown = author.text().await;
    for reference in [&sent.wording, &sent.lever, &sent.confidential] {
        assert!(shown.contains(reference.as_str()), "{reference} is not in the list");
    }
    author.see("21-my-comments").await;
    author.follow(&sent.wording).await;
    assert!(author.text().await.contains("Now: waiting for the Secretariat"));
    author.see("22-my-comment").await;
}

/// What the author sees of the decisions.
pub async fn read_decisions(author: &Visitor, sent: &Sent) {
    author.open(&format!("/my-comments/{}", sent.lever)).await;
    let shown = author.text().await;
    assert!(shown.contains("Off topic") && shown.contains(super::desk::STATEMENT), "{shown}");
    assert!(!shown.contains(super::desk::NOTE), "the internal note is not for the author");
    author.see("28-declined").await;
}

/// The reference of the receipt in view.
pub async fn receipt(author: &Visitor) -> String {
    let path = author.path().await;
    let reference = path.strip_prefix("/receipts/").unwrap_or_else(|| panic!("{path} is no receipt"));
    assert!(author.text().await.contains("We have received your comment"));
    reference.to_owned()
}

/// The form came back: its title says so, the summary has the focus, and leads to the field `first`.
async fn the_errors_have_the_focus(visitor: &Visitor, first: &str) {
    assert!(visitor.title().await.starts_with("Error: "));
    assert_eq!(visitor.look("return document.activeElement.className").await, "error-summary");
    visitor.tab_to("it.closest('.error-summary a')").await;
    assert_eq!(visitor.look("return document.activeElement.hash").await, format!("#{first}"));
    visitor.keys("\u{e007}").await;
    assert_eq!(visitor.look("return document.activeElement.id").await, first);
    let described = "return document.activeElement.getAttribute('aria-describedby').split(' ') \
        .map((id) => document.getElementById(id).textContent).join(' ')";
    assert!(visitor.look(described).await.to_string().contains("Error:"));
}
