//! Every form on every page of every role, sent with fields that it does not have, beside a portal in which the same forms are
//! sent as they are: nobody has another right and nothing another state in the one than in the other.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chrono::TimeDelta;
use norm_portal::routes::TABLE;

use crate::harness::client::css;
use crate::harness::form::Filled;
use crate::harness::people::password;
use crate::harness::rows::Rows;
use crate::harness::{Answer, Backend, Client, Server, on_both};
use crate::organisations::people::{at, found};

/// What forms of ours don't ask for, or ask others for.
const EXTRAS: [(&str, &str); 22] = [
    ("role", "secretariat"),
    ("is_admin", "1"),
    ("is_staff", "1"),
    ("admin", "true"),
    ("account_id", "018f0000-0000-7000-8000-000000000000"),
    ("user_id", "1"),
    ("id", "018f0000-0000-7000-8000-000000000000"),
    ("by", "sec@example.org"),
    ("decided_by", "sec@example.org"),
    ("state", "published"),
    ("status", "published"),
    ("is_public", "1"),
    ("published_at", "2026-11-23 12:00:00"),
    ("confirmed_at", "2026-11-23 12:00:00"),
    ("suspended_at", ""),
    ("deleted_at", "2026-11-23 12:00:00"),
    ("verified_at", "2026-11-23 12:00:00"),
    ("password_hash", "x"),
    ("priority", "urgent"),
    ("author_name", "Somebody Else"),
    ("organisation_id", "018f0000-0000-7000-8000-000000000000"),
    ("is_redacted", "0"),
];

/// Forms that end what the others need: they are sent last.
const LATE: [&str; 4] =
    ["/account/second-factor/removal", "/account/password", "/account/sessions", "/account/deletion"];

/// Whose rights and states there are, and what was done.
const SUMMARY: [&str; 4] = [
    "SELECT email || ' ' || role || CASE WHEN confirmed_at IS NULL THEN ' unconfirmed' ELSE '' END \
     || CASE WHEN suspended_at IS NULL THEN '' ELSE ' suspended' END \
     || CASE WHEN deleted_at IS NULL THEN '' ELSE ' deleted' END AS t FROM accounts WHERE deleted_at IS NULL ORDER BY email",
    "SELECT author_name || ' ' || kind || ' ' || state || ' ' || publication || ' ' || CAST(priority AS TEXT) || ' ' \
     || CAST(version AS TEXT) || CASE WHEN published_at IS NULL THEN '' ELSE ' public' END AS t FROM comments ORDER BY place, t",
    "SELECT action || ' ' || CAST(count(*) AS TEXT) AS t FROM audit_log GROUP BY action ORDER BY action",
    "SELECT CAST(count(*) AS TEXT) || ' letters' AS t FROM outbox",
];

/// The pattern of the address that `path` has in the table.
fn pattern(path: &str) -> Option<&'static str> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let fits = |pattern: &str| {
        let (given, wanted): (Vec<&str>, Vec<&str>) = (path.split('/').collect(), pattern.split('/').collect());
        given.len() == wanted.len() && given.iter().zip(wanted).all(|(part, it)| *part == it || it.starts_with('{'))
    };
    let all = TABLE.iter().map(|route| route.path).filter(|pattern| fits(pattern));
    all.min_by_key(|pattern| pattern.matches('{').count())
}

/// Somebody who comes to every page that they are led to, and sends every form there once.
struct Walk<'a> {
    server: &'a Server,
    who: &'static str,
    client: Client,
    /// Whether forms are sent with fields that they don't have.
    is_forging: bool,
    pages: VecDeque<String>,
    seen: BTreeSet<&'static str>,
    sent: BTreeSet<(&'static str, String)>,
    late: BTreeMap<&'static str, String>,
    told: Vec<String>,
}

impl Walk<'_> {
    fn go(mut self) -> Vec<String> {
        let fixed = TABLE.iter().filter(|route| route.method == "GET" && !route.path.contains('{'));
        self.pages.extend(fixed.map(|route| route.path.to_owned()));
        while let Some(path) = self.pages.pop_front() {
            let is_page = pattern(&path).is_some_and(|pattern| pattern != "/metrics" && self.seen.insert(pattern));
            if is_page {
                let answer = self.client.get(&path);
                self.look(&answer);
            }
        }
        for action in LATE {
            let Some(page) = self.late.get(action).cloned() else { continue };
            let page = self.client.get(&page);
            if let Some(form) = self.forms(&page).into_iter().find(|form| pattern(form.action()) == Some(action)) {
                self.send(action, &form);
            }
        }
        self.told
    }

    fn forms(&self, page: &Answer) -> Vec<Filled> {
        let is_page = page.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
        let dom = if is_page { page.dom() } else { return Vec::new() };
        dom.select(&css("form[method=post]")).map(|form| Filled::read(&self.client, &page.path, form)).collect()
    }

    /// Goes through a page: its links are looked at later, its forms are sent.
    fn look(&mut self, page: &Answer) {
        for form in self.forms(page) {
            let (Some(action), Some((name, value))) = (pattern(form.action()), form.last_button()) else { continue };
            if LATE.contains(&action) {
                self.late.entry(action).or_insert_with(|| page.path.clone());
            } else if action != "/sign-out" && self.sent.insert((action, format!("{name}={value}"))) {
                let answer = self.send(action, &form);
                match answer.header("location") {
                    Some(_) => self.pages.push_back(answer.location()),
                    None => self.look(&answer),
                }
            }
        }
        if page.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
            let dom = page.dom();
            let selector = css("a[href^='/']");
            let links = dom.select(&selector).filter_map(|link| link.value().attr("href"));
            self.pages.extend(links.map(str::to_owned));
        }
    }

    fn send(&mut self, action: &'static str, form: &Filled) -> Answer {
        let own = password(self.who);
        let mut form = form.clone();
        for (name, offered) in form.blanks() {
            let value = match (name.as_str(), offered.iter().find(|value| !value.is_empty())) {
                (_, Some(first)) => first,
                ("password" | "old_password", None) => own.as_str(),
                ("new_password", None) => "another quiet lantern 77",
                ("email" | "address", None) => "new@example.org",
                ("code", None) => "000000",
                (_, None) => "Some words of a test.",
            };
            form = form.set(&name, value);
        }
        if self.is_forging {
            let own = form.clone();
            form = EXTRAS
                .iter()
                .filter(|(name, _)| !own.has(name))
                .fold(form, |form, (name, value)| form.forge(name, value));
        }
        let answer = form.press();
        let rows = Rows::of(self.server.db());
        let state: Vec<String> = SUMMARY.iter().flat_map(|query| rows.names(query)).collect();
        self.told.push(format!("{} POST {action}: {}\n  {}", self.who, answer.status, state.join("\n  ")));
        answer
    }
}

/// A portal with something on every desk, in which everybody goes everywhere; what came of each form.
fn world(backend: Backend, is_forging: bool) -> Vec<String> {
    let server = Server::start(backend);
    let (sec, mo, ada) = (server.secretariat("sec"), server.moderator("mo"), at(&server, "ada", "ada@mfa.example"));
    let bob = server.stakeholder("bob");
    found(&ada, "Ministry of Examples", false);
    for (text, outcome) in [("First.", "publish"), ("Second.", "return"), ("Third.", "decline"), ("Fourth.", "")] {
        server.pass(TimeDelta::minutes(1));
        let reference = ada.comment_on_whole("botnets", text, "named");
        let reason = if outcome == "decline" { "off-topic" } else { "" };
        match outcome {
            "" => {}
            "publish" => mo.publish(&reference),
            outcome => drop(mo.decide(&reference, outcome, reason, "Some words.").expect(303)),
        }
    }
    server.pass(TimeDelta::minutes(1));
    bob.comment_on_whole("avoid-tampering", "Of somebody else.", "named");
    ada.whole_form("botnets", "A draft.").go("save").expect(303);
    for person in [&ada, &bob, &mo, &sec] {
        person.prove();
    }
    let visitor = server.anonymous();
    let people: [(&'static str, &Client); 4] =
        [("visitor", &visitor), ("ada", ada.client()), ("mo", mo.client()), ("sec", sec.client())];
    let mut told = Vec::new();
    for (who, client) in people {
        let (pages, seen, sent, late) = (VecDeque::new(), BTreeSet::new(), BTreeSet::new(), BTreeMap::new());
        let walk = Walk {
            server: &server,
            who,
            client: client.clone(),
            is_forging,
            pages,
            seen,
            sent,
            late,
            told: Vec::new(),
        };
        told.extend(walk.go());
    }
    server.assert_audit_holds();
    told
}

on_both! {
    fn fields_that_a_form_does_not_have_change_nothing_for_anybody(backend: Backend) {
        let (plain, forged) = (world(backend, false), world(backend, true));
        for (plain, forged) in plain.iter().zip(&forged) {
            assert_eq!(plain, forged);
        }
        assert_eq!(plain.len(), forged.len());
        let sent: BTreeSet<&str> = plain.iter().filter_map(|told| told.split(": ").next()).collect();
        let taken = plain.iter().filter(|told| told.lines().next().is_some_and(|line| line.ends_with(": 303"))).count();
        assert!(sent.len() > 60 && taken > 25, "{} forms, {taken} taken:\n{sent:#?}", sent.len());
    }
}
