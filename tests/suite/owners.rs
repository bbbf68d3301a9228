//! Whose things are whose: every address with a place in it says here what it leads to, and what belongs to somebody
//! answers a stranger, a colleague of the same organisation and nobody at all without a byte of its owner's text.

use norm_portal::routes::{Route, TABLE, Who};

use crate::harness::client::css;
use crate::harness::comments::send;
use crate::harness::{Backend, Client, Person, Server, on_both};
use crate::organisations::people::{at, found, join};
use crate::tables::files::iso;

/// What an address with a place leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// What everyone may see, or a form that is everybody's own.
    Open,
    /// Whoever has the secret in the address.
    Secret,
    /// The desk's: `roles` tests who belongs to it.
    Desk,
    /// Somebody's comment that is not public.
    Comment,
    /// Somebody's draft of a comment.
    Draft,
    /// Somebody's table that waits to be sent.
    Table,
    /// Somebody's paper that waits to be sent.
    Paper,
    /// Somebody's file with a comment that is not public.
    File,
    /// Somebody's passkey, which has nothing to do with what they write.
    Passkey,
}

/// What the owner writes into everything.
const MARK: &str = "zebrafinch";

/// Every address with a place in it.
const RULES: &[(&str, Rule)] = &[
    ("/comments/{reference}", Rule::Comment),
    ("/comments/{reference}/cosignature", Rule::Comment),
    ("/comments/{reference}/cosignature/removal", Rule::Comment),
    ("/api/v1/comments/{reference}", Rule::Comment),
    ("/receipts/{reference}", Rule::Comment),
    ("/receipts/{reference}/file", Rule::Comment),
    ("/my-comments/{reference}", Rule::Comment),
    ("/my-comments/{reference}/correction", Rule::Comment),
    ("/my-comments/{reference}/withdrawal", Rule::Comment),
    ("/my-comments/{reference}/appeal", Rule::Comment),
    ("/my-comments/{reference}/redactions/{id}/appeal", Rule::Comment),
    ("/my-comments/{reference}/issues/{id}/answer", Rule::Comment),
    // Says the same of every reference, known or not.
    ("/comments/{reference}/report", Rule::Open),
    ("/my-comments/drafts/{id}", Rule::Draft),
    ("/my-comments/drafts/{id}/discard", Rule::Draft),
    ("/my-comments/drafts/{id}/sharing", Rule::Draft),
    ("/submissions/table/{id}", Rule::Table),
    ("/submissions/paper/{id}", Rule::Paper),
    ("/submissions/paper/{id}/details", Rule::Paper),
    ("/submissions/paper/{id}/check", Rule::Paper),
    ("/attachments/{id}", Rule::File),
    ("/norms/{slug}", Rule::Open),
    ("/norms/{slug}/positions/{id}", Rule::Open),
    ("/norms/{slug}/outcome", Rule::Open),
    ("/norms/{slug}/outcome/{number}", Rule::Open),
    ("/norms/{slug}/history", Rule::Open),
    ("/norms/{slug}/versions/{label}", Rule::Open),
    ("/norms/{slug}/compare", Rule::Open),
    ("/norms/{slug}/feed.atom", Rule::Open),
    ("/norms/{slug}/redline", Rule::Open),
    ("/norms/{slug}/comments/new", Rule::Open),
    ("/norms/{slug}/comments/new/{kind}", Rule::Open),
    ("/api/v1/norms/{slug}", Rule::Open),
    ("/api/v1/norms/{slug}/versions", Rule::Open),
    ("/api/v1/norms/{slug}/versions/{label}", Rule::Open),
    ("/announcements/{id}", Rule::Open),
    ("/sitemap/comments-{page}.xml", Rule::Open),
    ("/static/{name:.*}", Rule::Open),
    ("/confirm/{secret}", Rule::Secret),
    ("/password/reset/{secret}", Rule::Secret),
    ("/invitations/{secret}", Rule::Secret),
    ("/account/address/{secret}", Rule::Secret),
    // Whose it is: `passkeys::refused::nobody_removes_what_is_somebody_elses`.
    ("/account/passkeys/{id}/removal", Rule::Passkey),
    ("/secretariat/comments/{reference}", Rule::Desk),
    ("/secretariat/comments/{reference}/decision", Rule::Desk),
    ("/secretariat/comments/{reference}/claim", Rule::Desk),
    ("/secretariat/comments/{reference}/priority", Rule::Desk),
    ("/secretariat/comments/{reference}/next", Rule::Desk),
    ("/secretariat/decided/{id}/undo", Rule::Desk),
    ("/secretariat/batches/{id}", Rule::Desk),
    ("/secretariat/batches/{id}/undo", Rule::Desk),
    ("/secretariat/filters/{id}/deletion", Rule::Desk),
    ("/secretariat/people/{id}/claims", Rule::Desk),
    ("/secretariat/reports/{id}", Rule::Desk),
    ("/secretariat/campaigns/{id}", Rule::Desk),
    ("/secretariat/campaigns/{id}/texts", Rule::Desk),
    ("/secretariat/campaigns/{id}/texts/{text}", Rule::Desk),
    ("/secretariat/campaigns/{id}/additions", Rule::Desk),
    ("/secretariat/comments/{reference}/redaction", Rule::Desk),
    ("/secretariat/comments/{reference}/original", Rule::Desk),
    ("/secretariat/redaction-appeals/{id}", Rule::Desk),
    ("/secretariat/comments/{reference}/coding", Rule::Desk),
    ("/secretariat/deliberation/norms/{slug}", Rule::Desk),
    ("/secretariat/deliberation/norms/{slug}/issues", Rule::Desk),
    ("/secretariat/deliberation/norms/{slug}/left", Rule::Desk),
    ("/secretariat/deliberation/norms/{slug}/marshalled", Rule::Desk),
    ("/secretariat/deliberation/norms/{slug}/rolling", Rule::Desk),
    ("/secretariat/deliberation/norms/{slug}/working", Rule::Desk),
    ("/secretariat/deliberation/issues/{id}", Rule::Desk),
    ("/secretariat/deliberation/issues/{id}/steps", Rule::Desk),
    ("/secretariat/deliberation/issues/{id}/comments", Rule::Desk),
    ("/secretariat/deliberation/issues/{id}/comments/{reference}", Rule::Desk),
    ("/secretariat/deliberation/codes/{id}", Rule::Desk),
    ("/secretariat/deliberation/observations/{id}", Rule::Desk),
    ("/secretariat/received/new/{slug}/{kind}", Rule::Desk),
    ("/secretariat/name-reports/{id}", Rule::Desk),
    ("/secretariat/mail/{id}/retry", Rule::Desk),
    ("/secretariat/exports/{id}", Rule::Desk),
    ("/secretariat/exports/{id}/file", Rule::Desk),
    ("/secretariat/exports/{id}/manifest", Rule::Desk),
    ("/secretariat/people/{id}", Rule::Desk),
    ("/secretariat/people/{id}/role", Rule::Desk),
    ("/secretariat/people/{id}/suspension", Rule::Desk),
    ("/secretariat/people/{id}/reinstatement", Rule::Desk),
    ("/secretariat/people/{id}/second-factor", Rule::Desk),
    ("/secretariat/invitations/{digest}", Rule::Desk),
    ("/secretariat/organisations/{id}", Rule::Desk),
    ("/secretariat/announcements/{id}", Rule::Desk),
    ("/secretariat/announcements/{id}/withdrawal", Rule::Desk),
];

/// The rule of an address.
fn rule(route: &Route) -> Option<Rule> {
    RULES.iter().find(|(path, _)| *path == route.path).map(|(_, rule)| *rule)
}

#[test]
fn every_address_with_a_place_says_whose_it_is() {
    let with_place = TABLE.iter().filter(|route| route.path.contains('{'));
    let silent: Vec<&str> = with_place.filter(|route| rule(route).is_none()).map(|route| route.path).collect();
    assert!(silent.is_empty(), "say in RULES what these lead to, and to whom: {silent:?}");
    let gone: Vec<&&str> =
        RULES.iter().map(|(path, _)| path).filter(|path| !TABLE.iter().any(|route| route.path == **path)).collect();
    assert!(gone.is_empty(), "no such address: {gone:?}");
    let is_for_desk = |route: &Route| matches!(route.who, Who::Staff | Who::Secretariat);
    let stray: Vec<&str> = TABLE
        .iter()
        .filter(|route| rule(route).is_some_and(|rule| (rule == Rule::Desk) != is_for_desk(route)))
        .map(|route| route.path)
        .collect();
    assert!(stray.is_empty(), "the desk's are for the desk, and nobody else's: {stray:?}");
}

/// What one person has, and nobody else may see.
struct Things {
    reference: String,
    draft: String,
    table: String,
    paper: String,
    file: String,
}

impl Things {
    fn of(owner: &Person) -> Self {
        let form = owner.whole_form("botnets", &format!("About a {MARK}.")).set("publication", "commission");
        let reference = send(&form.choose("attachment", &format!("{MARK}.txt"), MARK));
        let page = owner.get(&format!("/my-comments/{reference}")).expect(200);
        let dom = page.dom();
        let link = dom.select(&css("a[href^='/attachments/']")).next().expect("the file on the page of the comment");
        let file = link.value().attr("href").unwrap().strip_prefix("/attachments/").unwrap().to_owned();
        let saved = owner.whole_form("botnets", &format!("A draft about a {MARK}.")).go("save").expect(303);
        let draft = saved.follow().form("main form").value("form_id").to_owned();
        let why = format!("A table about a {MARK}.");
        let table = owner.preview_of("table.xlsx", &iso(&[["", "", "3", "allow", "", why.as_str(), "permit", ""]]));
        let paper = owner.get("/submissions/paper").expect(200).form("main form").set("title", MARK);
        let paper = paper.set("text", &format!("# Norm 3\n\nA {MARK}.\n")).go("next").expect(303).location();
        Self {
            reference,
            draft,
            table: table.path.strip_prefix("/submissions/table/").unwrap().to_owned(),
            paper: paper.strip_prefix("/submissions/paper/").unwrap().to_owned(),
            file,
        }
    }

    /// The address of the owner's thing, if it leads to one.
    fn address(&self, route: &Route) -> Option<String> {
        let (place, name) = match rule(route)? {
            Rule::Open | Rule::Secret | Rule::Desk | Rule::Passkey => return None,
            Rule::Comment => ("{reference}", &self.reference),
            Rule::Draft => ("{id}", &self.draft),
            Rule::Table => ("{id}", &self.table),
            Rule::Paper => ("{id}", &self.paper),
            Rule::File => ("{id}", &self.file),
        };
        // A part of the owner's thing need not be there: the thing itself is refused before.
        Some(route.path.replace(place, name).replace("{id}", "018f0000-0000-7000-8000-000000000000"))
    }
}

/// Everything that a form could change.
fn stock(server: &Server) -> Vec<i64> {
    let tables = ["comments", "comment_revisions", "drafts", "attachments", "appeals", "withdrawals", "cosignatures"];
    let mut stock: Vec<i64> = tables.iter().map(|table| server.count(table)).collect();
    for sum in ["comments", "drafts"] {
        stock.push(server.number(&format!("SELECT CAST(coalesce(sum(version), 0) AS BIGINT) AS n FROM {sum}")));
    }
    stock.push(server.count("audit_log"));
    stock
}

fn token(browser: &Client) -> String {
    browser.get("/sign-out").expect(200).form("main form").value("csrf").to_owned()
}

/// A stranger, a colleague of the owner's organisation, and somebody who is not signed in.
fn others(server: &Server, owner: &Person) -> Vec<(&'static str, Client)> {
    found(owner, "Ministry of Examples", true);
    let colleague = at(server, "member", "member@mfa.example");
    join(&colleague, "ministry of examples").expect(303);
    let stranger = server.stakeholder("eve");
    vec![
        ("a stranger", stranger.client().clone()),
        ("a colleague", colleague.client().clone()),
        ("nobody", server.anonymous()),
    ]
}

on_both! {
    fn what_is_somebodys_answers_nobody_else(server: Server) {
        let owner = at(&server, "founder", "founder@mfa.example");
        // Before there is an organisation to speak for: its members may read what is sent for it.
        let things = Things::of(&owner);
        let others = others(&server, &owner);
        let before = stock(&server);
        let mut asked = 0;
        for route in TABLE {
            let Some(path) = things.address(route) else { continue };
            for (who, browser) in &others {
                let csrf = token(browser);
                let fields = [
                    ("csrf", csrf.as_str()), ("go", "send"), ("version", "1"), ("text", "Mine."), ("rationale", "Mine."),
                    ("reason", "Mine."), ("publication", "named"), ("understood", "yes"), ("name", "Mine"),
                    ("signatory", "myself"),
                    ("form_id", things.draft.as_str()),
                ];
                let answer = if route.method == "GET" { browser.get(&path) } else { browser.post(&path, &fields) };
                let to_sign_in = answer.status == 303 && answer.location().starts_with("/sign-in");
                let refused = matches!(answer.status, 401 | 403 | 404 | 410) || to_sign_in;
                assert!(refused, "{} {path} as {who}: {}", route.method, answer.status);
                let body = String::from_utf8_lossy(&answer.body).to_lowercase();
                assert!(!body.contains(MARK), "{} {path} as {who} holds the owner's words", route.method);
                asked += 1;
            }
        }
        assert_eq!(stock(&server), before, "nothing was changed");
        assert!(asked > 40, "{asked}");
        // The same addresses do lead to something: their owner sees it.
        for route in TABLE.iter().filter(|route| route.method == "GET" && route.who == Who::SignedIn) {
            let Some(path) = things.address(route) else { continue };
            let status = owner.get(&path).status;
            let is_late = ["/appeal", "/cosignature", "/answer"].iter().any(|end| path.ends_with(end));
            assert!(matches!(status, 200 | 303) || (is_late && matches!(status, 404 | 409)), "{path} as its owner: {status}");
        }
        owner.get(&format!("/attachments/{}", things.file)).expect(200);
        owner.get("/my-comments").expect(200).reads(MARK);
    }
}

#[test]
fn the_lists_of_ones_own_hold_nothing_of_others() {
    let server = Server::start(Backend::Sqlite);
    let owner = at(&server, "founder", "founder@mfa.example");
    let others = others(&server, &owner);
    Things::of(&owner);
    let own = [
        "/my-comments",
        "/my-comments/table.xlsx",
        "/account",
        "/account/organisation",
        "/account/data",
        "/submissions/table",
        "/submissions/paper",
    ];
    for (who, browser) in &others {
        for path in own {
            let body = String::from_utf8_lossy(&browser.get(path).body).to_lowercase();
            assert!(!body.contains(MARK), "{path} as {who}");
        }
    }
}
