//! Asking for a page changes nothing (ASVS 3.5.3): every GET of the table, by everybody, of everything that there is, and all
//! that is stored compared before and after. What does change is named here with its reason.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use norm_portal::ids;
use norm_portal::routes::{Route, TABLE};
use norm_portal::web::Role;

use crate::deliberation::{self, Desk};
use crate::harness::comments::{COMPOSER, send};
use crate::harness::rows::Rows;
use crate::harness::{Client, Person, Server, on_both};
use crate::organisations::people::{at, found, join};
use crate::tables::files::iso;

/// The text that everything is about.
const NORM: &str = "avoid-tampering";

/// What changes when a page is asked for: address, tables, why that is no danger to anybody.
const CHANGES: &[(&str, &[&str], &str)] = &[
    (
        "/my-comments/drafts/{id}",
        &["drafts"],
        "Who has a shared draft open, and since when: it warns the others and decides nothing. Only its members can ask.",
    ),
    (
        "/secretariat/comments/{reference}",
        &["claims"],
        "Who works on a comment keeps it for another quarter of an hour. Nobody claims one or takes one over by asking.",
    ),
    ("/secretariat/comments/{reference}/next", &["claims"], "As the page of the comment."),
    (
        "/secretariat/exports/{id}/file",
        &["audit_head", "audit_log"],
        "That the file was taken along is entered: asking for it without an entry would be the danger.",
    ),
];

/// Columns that any request of somebody signed in may change: when a session was last of use decides when it ends.
const NOTED: &[(&str, &str)] = &[("sessions", "seen_at")];

/// Which table holds what the `{id}` behind these words of an address names, and in which column.
const HOLDERS: &[(&str, &str, &str)] = &[
    ("/positions/", "positions", "id"),
    ("/announcements/", "announcements", "id"),
    ("/attachments/", "attachments", "id"),
    ("/drafts/", "drafts", "id"),
    ("/submissions/", "drafts", "id"),
    ("/redactions/", "redactions", "id"),
    ("/passkeys/", "passkeys", "id"),
    ("/decided/", "decisions", "id"),
    ("/batches/", "batches", "id"),
    ("/secretariat/reports/", "report_cases", "id"),
    ("/name-reports/", "name_reports", "id"),
    ("/campaigns/", "clusters", "id"),
    ("/redaction-appeals/", "redaction_appeals", "redaction_id"),
    ("/issues/", "issues", "id"),
    ("/observations/", "returned_tables", "id"),
    ("/exports/", "jobs", "id"),
    ("/people/", "accounts", "id"),
    ("/organisations/", "organisations", "id"),
];

/// Pages that nobody is shown here: what leads on at once, what is made of files, and what there is none of in the scene. They
/// are asked for all the same.
const UNSEEN: &[&str] = &[
    "/static/{name:.*}",
    "/sign-in/code",
    "/.well-known/change-password",
    "/account/second-factor/removal",
    "/account/passkeys/{id}/removal",
    "/my-comments/{reference}/redactions/{id}/appeal",
    "/submissions/paper/{id}/details",
    "/submissions/paper/{id}/check",
    "/secretariat/comments/{reference}/next",
    "/secretariat/batches/{id}",
    "/secretariat/campaigns/{id}",
    "/secretariat/campaigns/{id}/texts/{text}",
    "/secretariat/deliberation/codes/{id}",
    "/secretariat/deliberation/observations/{id}",
    "/secretariat/people/{id}/reinstatement",
];

/// Everybody who asks, and the secrets of links that were mailed.
struct Scene {
    people: Vec<(&'static str, Client)>,
    secrets: Vec<String>,
}

impl Scene {
    fn of(server: &Server) -> Self {
        let desk = Desk::of(server);
        let ada = at(server, "founder", "founder@mfa.example");
        found(&ada, "Ministry of Examples", true);
        let bo = at(server, "member", "member@mfa.example");
        join(&bo, "ministry of examples").expect(303);
        comments(&ada, &desk);
        drafts(&ada);
        deliberated(&ada, &desk);
        exports(server, &desk.sec);
        let secrets = links(server, &bo);
        let clients = [("nobody", server.anonymous()), ("a stakeholder", ada.client().clone())];
        let colleague = ("a colleague", bo.client().clone());
        let staff = [("a moderator", desk.mo.client().clone()), ("the Secretariat", desk.sec.client().clone())];
        Self { people: clients.into_iter().chain([colleague]).chain(staff).collect(), secrets }
    }
}

/// A comment in each state, with a file, a claim, words taken out, an appeal and a report.
fn comments(ada: &Person, desk: &Desk) {
    let published = send(&ada.whole_form(NORM, "Published as it is.").choose("attachment", "a.txt", "A text."));
    let redacted = ada.comment_on_whole(NORM, "Call Jane Roe about it.", "named");
    let declined = ada.comment_on_whole(NORM, "Declined as it is.", "named");
    let returned = ada.comment_on_whole(NORM, "Returned as it is.", "named");
    let claimed = ada.comment_on_whole(NORM, "Claimed as it is.", "named");
    desk.mo.publish(&published);
    desk.mo.publish(&redacted);
    desk.mo.decide(&declined, "decline", "off-topic", "It is about the weather.").expect(303);
    desk.mo.decide(&returned, "return", "", "Which clause?").expect(303);
    crate::redaction::take_out(&desk.mo, &redacted, "Jane Roe");
    let appeal = ada.get(&format!("/my-comments/{redacted}")).expect(200).link("a[href*='/redactions/']");
    ada.get(&appeal).expect(200).form("main form").set("text", "Put it back.").press().expect(303);
    let claim = desk.mo.get(&format!("/secretariat/comments/{claimed}")).expect(200);
    claim.form("main form[action$='/claim']").press().expect(303);
    let report = ada.get(&format!("/comments/{published}/report")).expect(200).form("main form");
    report.set("complaint", "insult").set("text", "The third word.").press().expect(200);
    let name = ada.get(&format!("/name-report?reference={published}")).expect(200).form("main form");
    name.set("text", "I never wrote that.").set("email", "jane@example.org").set("name", "Jane Roe").press();
}

/// A draft that colleagues may read, a table and a paper that wait.
fn drafts(ada: &Person) {
    let saved = ada.whole_form(NORM, "Begun.").go("save").expect(303).follow().expect(200);
    let id = saved.form(COMPOSER).value("form_id").to_owned();
    ada.get(&format!("/my-comments/drafts/{id}/sharing")).expect(200).form("main form").press().expect(303);
    ada.preview_of("table.xlsx", &iso(&[["", "", "3", "allow", "", "Why.", "permit", ""]]));
    let paper = ada.get("/submissions/paper").expect(200).form("main form").set("title", "A paper");
    paper.set("text", "# Norm 3\n\nA part.\n").go("next").expect(303);
}

/// An issue that is decided and published, one that is open, and a word of the Commission.
fn deliberated(ada: &Person, desk: &Desk) {
    let accepted = desk.accepted(ada, "must not tamper", "named");
    let decided = deliberation::begin(&desk.mo, "Whether it is a duty.");
    deliberation::put(&desk.mo, &decided, &[&accepted]);
    deliberation::decide(desk, &decided, "adopted", "It is one.");
    deliberation::begin(&desk.mo, "Whether that is all.");
    let form = desk.sec.get("/secretariat/announcements").expect(200).form("main form");
    form.set("title", "It is open.").set("text", "Everybody may comment.").press().expect(303);
}

/// A file for everyone and one for the Commission.
fn exports(server: &Server, sec: &Person) {
    // What was asked for in the moment in which words were taken out is not given out.
    server.pass(TimeDelta::seconds(1));
    for (edition, status) in [("public", "published"), ("commission", "pending")] {
        let form = sec.get("/secretariat/exports").expect(200).form("main form").set("edition", edition);
        form.set("format", "csv").set("status", status).press().expect(303);
    }
    server.clerk_round();
}

/// A link of each sort that mail brings.
fn links(server: &Server, bo: &Person) -> Vec<String> {
    let invitation = server.invitation("new@example.org", "New Synthetic", Role::Moderator);
    let (eve, form) = server.registration("eve");
    form.press().expect(200);
    let form = bo.get("/account").expect(200).form("form[action='/account/address']");
    form.set("email", "bo@mfa.example").press().expect(200);
    let form = server.anonymous().get("/password/reset").expect(200).form("main form");
    form.set("email", &bo.email).press().expect(200);
    let mut links = vec![invitation];
    links.extend(["bo@mfa.example", &eve.email, &bo.email].map(|to| server.link_in(&server.mail_to(to))));
    links.iter().filter_map(|link| link.rsplit('/').next()).map(str::to_owned).collect()
}

/// Every table with its columns.
fn tables(server: &Server) -> BTreeMap<String, Vec<String>> {
    let names = Rows::of(server.db()).names(match server.database_url() {
        None => {
            "SELECT m.name || '.' || p.name AS t FROM sqlite_master m, pragma_table_info(m.name) p
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY 1"
        }
        Some(_) => {
            "SELECT c.table_name || '.' || c.column_name AS t FROM information_schema.columns c
             JOIN information_schema.tables b ON b.table_schema = c.table_schema AND b.table_name = c.table_name
             WHERE c.table_schema = 'public' AND b.table_type = 'BASE TABLE' ORDER BY 1"
        }
    });
    let mut tables = BTreeMap::<String, Vec<String>>::new();
    for name in names {
        let (table, column) = name.split_once('.').unwrap();
        if !NOTED.contains(&(table, column)) {
            tables.entry(table.to_owned()).or_default().push(column.to_owned());
        }
    }
    tables
}

/// A digest of each table.
fn stock(server: &Server, tables: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, [u8; 32]> {
    let is_sqlite = server.database_url().is_none();
    let digest = |(table, columns): (&String, &Vec<String>)| {
        let written = columns.iter().map(|column| {
            if is_sqlite { format!("quote(\"{column}\")") } else { format!("coalesce(\"{column}\"::text, '~')") }
        });
        let row = written.collect::<Vec<_>>().join(" || ',' || ");
        let rows = Rows::of(server.db()).names(&format!("SELECT {row} AS t FROM \"{table}\" ORDER BY 1"));
        (table.clone(), ids::sha256(rows.join("\n").as_bytes()))
    };
    tables.iter().map(digest).collect()
}

/// What can stand at a place of an address.
fn values(server: &Server, path: &str, place: &str, secrets: &[String]) -> Vec<String> {
    let rows = Rows::of(server.db());
    let hex = |column: &str| match server.database_url() {
        None => format!("lower(hex({column}))"),
        Some(_) => format!("encode({column}, 'hex')"),
    };
    let some = |all: &[&str]| all.iter().map(|it| (*it).to_owned()).collect();
    match place {
        "{reference}" => rows.names("SELECT reference AS t FROM comments"),
        "{slug}" => some(&[NORM, "botnets"]),
        "{kind}" => some(&["wording", "lever", "general"]),
        "{secret}" => secrets.to_vec(),
        "{digest}" => rows.names(&format!("SELECT {} AS t FROM tokens", hex("hash"))),
        "{text}" => some(&["00000000000000000000000000000000"]),
        "{name:.*}" => some(&["none.css"]),
        "{id}" => {
            let holder = HOLDERS.iter().find(|(words, ..)| path.contains(words));
            let (table, column) = holder.map_or(("accounts", "id"), |(_, table, column)| (*table, *column));
            let found = rows.names(&format!("SELECT {} AS t FROM {table}", hex(column)));
            if found.is_empty() { some(&["018f0000000070008000000000000000"]) } else { found }
        }
        _ => some(&["1"]),
    }
}

/// Every address of a route that leads to something.
fn addresses(server: &Server, route: &Route, secrets: &[String]) -> Vec<String> {
    let mut all = vec![route.path.to_owned()];
    while let Some(start) = all[0].find('{') {
        let end = start + all[0][start..].find('}').unwrap() + 1;
        let place = all[0][start..end].to_owned();
        let values = values(server, route.path, &place, secrets);
        all = all.iter().flat_map(|path| values.iter().map(|value| path.replacen(&place, value, 1))).collect();
    }
    all
}

on_both! {
    fn asking_for_a_page_changes_nothing_but_what_is_named_here(server: Server) {
        let scene = Scene::of(&server);
        let tables = tables(&server);
        assert!(tables.len() > 60, "{tables:?}");
        let mut before = stock(&server, &tables);
        let (mut changed, mut shown) = (BTreeSet::new(), BTreeSet::new());
        for route in TABLE.iter().filter(|route| route.method == "GET") {
            // A claim is renewed a minute after it was made; a proof of who somebody is lasts ten.
            let is_of_claim = CHANGES.iter().any(|(path, tables, _)| *path == route.path && tables.contains(&"claims"));
            server.pass(TimeDelta::seconds(if is_of_claim { 61 } else { 1 }));
            for path in addresses(&server, route, &scene.secrets) {
                for (who, browser) in &scene.people {
                    let status = browser.get(&path).status;
                    assert!(status < 500, "{path} as {who}: {status}");
                    if status == 200 {
                        shown.insert(route.path);
                    }
                }
            }
            let after = stock(&server, &tables);
            let differ = after.iter().filter(|(table, digest)| before.get(*table) != Some(digest));
            changed.extend(differ.map(|(table, _)| (route.path, table.clone())));
            before = after;
        }
        let named: BTreeSet<(&str, String)> = CHANGES
            .iter()
            .flat_map(|(path, tables, _)| tables.iter().map(|table| (*path, (*table).to_owned())))
            .collect();
        assert_eq!(changed, named);
        let unseen: Vec<&str> =
            TABLE.iter().filter(|it| it.method == "GET" && !shown.contains(it.path)).map(|it| it.path).collect();
        assert_eq!(unseen, UNSEEN, "nobody was shown these");
    }
}
