//! People at work: signing in, composing, deciding, each through the forms that a person sees.

use std::time::Duration;

use norm_portal::clock::Clock;
use scraper::{ElementRef, Html, Selector};
use url::form_urlencoded::Serializer;

use super::http::Browser;
use super::load::ID;
use super::portal::Data;

/// A form as a page shows it.
pub struct Form {
    /// Where it is sent.
    pub action: String,
    fields: Vec<(String, String)>,
}

fn attr(element: ElementRef, name: &str) -> String {
    element.value().attr(name).unwrap_or_default().to_owned()
}

fn css(text: &str) -> Selector {
    Selector::parse(text).expect("a selector")
}

impl Form {
    /// The first form in the main part of a page whose action holds `action`.
    pub fn read(page: &str, action: &str) -> Self {
        let html = Html::parse_document(page);
        let forms = css("main form");
        let form = html.select(&forms).find(|form| attr(*form, "action").contains(action));
        let form = form.unwrap_or_else(|| panic!("no form to {action} on: {page:.3000}"));
        let mut fields = Vec::new();
        for control in form.select(&css("input, textarea, select")) {
            let (name, kind) = (attr(control, "name"), attr(control, "type"));
            let chosen = control.value().attr("checked").is_some() || !matches!(kind.as_str(), "radio" | "checkbox");
            if name.is_empty() || !chosen || kind == "file" {
                continue;
            }
            let value = match control.value().name() {
                "textarea" => control.text().collect(),
                "select" => {
                    let option = control.select(&css("option[selected]")).next();
                    option.map(|option| attr(option, "value")).unwrap_or_default()
                }
                _ => attr(control, "value"),
            };
            fields.push((name, value));
        }
        Self { action: attr(form, "action"), fields }
    }

    /// The same with another value.
    #[must_use]
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sends it.
    pub fn send(&self, browser: &mut Browser) -> super::http::Answer {
        browser.post(&self.action, &self.fields)
    }

    /// The request that sends it, whole.
    fn request(&self, browser: &Browser) -> String {
        let body = Serializer::new(String::new()).extend_pairs(&self.fields).finish();
        browser.request("POST", &self.action, "Content-Type: application/x-www-form-urlencoded\r\n", &body)
    }
}

/// Somebody who signed in with the password of the demo's accounts.
pub fn signed_in(address: &str, name: &str, password: &str) -> Browser {
    let mut browser = Browser::new(address);
    let page = browser.get("/sign-in").text();
    let email = format!("{name}@example.org");
    let answer = Form::read(&page, "/sign-in").set("email", &email).set("password", password).send(&mut browser);
    assert_eq!(answer.status, 303, "{email} can't sign in: {:.2000}", answer.text());
    browser
}

/// The moderator of the demo, signed in with password and code. A code counts once, so several who come within half a
/// minute wait for one another.
pub fn moderator(address: &str, data: &Data) -> Browser {
    let mut browser = signed_in(address, "moderator", &data.password());
    let secret = data.secret();
    for _ in 0..4 {
        let page = browser.get("/sign-in/code").text();
        let code = secret.code(Clock::System.now()).expect("a code");
        if Form::read(&page, "/sign-in/code").set("code", &code).send(&mut browser).status == 303 {
            return browser;
        }
        std::thread::sleep(Duration::from_secs(15));
    }
    panic!("no code of the moderator is taken");
}

/// Composes a comment as far as "check your answers"; the request that sends it, with [`ID`] in place of its form id.
///
/// Every tenth author proposes a lever, every tenth says something of the whole; the others propose other words.
pub fn ready_to_send(browser: &mut Browser, number: usize) -> String {
    let slug = ["public-core", "avoid-tampering", "botnets"][number % 3];
    let (kind, query) = match number % 10 {
        0 => ("lever", ""),
        1 => ("general", ""),
        _ => ("wording", "?first_word=2&last_word=4"),
    };
    let page = browser.get(&format!("/norms/{slug}/comments/new/{kind}{query}")).text();
    let form = Form::read(&page, "/comments/new").set("publication", "named").set("go", "check");
    let reason = format!("Because {ID} says it better, and more shortly, for those who have to keep it.");
    let form = match kind {
        "lever" => form
            .set("actor", "regulator")
            .set("instrument", "procurement")
            .set("action", &format!("Publish report {ID} each year, with the criteria that were used.")),
        "general" => form.set("rationale", &reason),
        _ => form.set("proposed_wording", "States, and all who act for them,").set("rationale", &reason),
    };
    let checked = form.send(browser);
    assert_eq!(checked.status, 200, "not taken: {:.3000}", checked.text());
    let form = Form::read(&checked.text(), "/comments/new").set("form_id", ID).set("go", "send");
    form.request(browser)
}

/// The references of comments that wait, from the first page of the queue.
pub fn waiting(staff: &mut Browser, slug: &str) -> Vec<String> {
    let page = staff.get(&format!("/secretariat?norm={slug}")).text();
    let html = Html::parse_document(&page);
    let mut found: Vec<String> = Vec::new();
    for link in html.select(&css("main a[href*='/secretariat/comments/']")) {
        let address = attr(link, "href");
        let path = address.split('?').next().unwrap_or_default();
        let reference = path.rsplit('/').next().unwrap_or_default().to_owned();
        if !found.contains(&reference) {
            found.push(reference);
        }
    }
    found
}

/// Publishes a comment as a moderator does: opens it, decides. `false`: it was decided already, or is one's own.
pub fn publish(staff: &mut Browser, reference: &str) -> bool {
    let page = staff.get(&format!("/secretariat/comments/{reference}")).text();
    let form = Form::read(&page, "/decision").set("outcome", "publish").set("reason", "").set("statement", "");
    form.send(staff).status == 303
}
