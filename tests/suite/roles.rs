//! Who may ask for what: every route of the table, by everybody.

use norm_portal::routes::{Route, TABLE, Who};

use crate::harness::{Backend, Client, Server};

const TABLES: &[&str] = &[
    "accounts",
    "sessions",
    "half_sessions",
    "second_factors",
    "recovery_codes",
    "passkeys",
    "passkey_challenges",
    "tokens",
    "comments",
    "comment_revisions",
    "decisions",
    "claims",
    "saved_filters",
    "batches",
    "batch_items",
    "desk_settings",
    "appeals",
    "withdrawals",
    "originals",
    "redactions",
    "redaction_appeals",
    "statements",
    "name_reports",
    "report_cases",
    "comment_reports",
    "received_comments",
    "audit_log",
    "outbox",
    "jobs",
    "norms",
    "text_versions",
    "attachments",
    "drafts",
    "submissions",
    "submission_parts",
    "organisations",
    "memberships",
    "organisation_comments",
    "cosignatures",
    "announcements",
    "staff_grounds",
    "issues",
    "issue_comments",
    "issue_decisions",
    "answers",
    "satisfactions",
    "codes",
    "codings",
    "returned_tables",
];

/// How much there is of everything.
fn stock(server: &Server) -> Vec<i64> {
    let mut counts: Vec<i64> = TABLES.iter().map(|table| server.count(table)).collect();
    for sum in ["comments", "accounts", "consultations", "announcements"] {
        counts.push(server.number(&format!("SELECT CAST(coalesce(sum(version), 0) AS BIGINT) AS n FROM {sum}")));
    }
    counts.push(server.count("tokens WHERE spent_at IS NOT NULL"));
    counts
}

fn address(route: &Route, reference: &str) -> String {
    route
        .path
        .replace("{reference}", reference)
        .replace("{slug}", "avoid-tampering")
        .replace("{kind}", "general")
        .replace("{label}", "1")
        .replace("{secret}", "unknown")
        .replace("{digest}", "00")
        .replace("{number}", "1")
        .replace("{id}", "018f0000-0000-7000-8000-000000000000")
        .replace("{label}", "1")
        .replace("{page}", "1")
        .replace("{text}", "00000000000000000000000000000000")
        .replace("{name:.*}", "none.css")
}

/// What this browser's forms carry.
fn token(browser: &Client) -> String {
    browser.get("/sign-out").expect(200).form("main form").value("csrf").to_owned()
}

fn rank(who: Who) -> usize {
    match who {
        Who::Anyone => 0,
        Who::SignedIn => 1,
        Who::Staff => 2,
        Who::Secretariat => 3,
    }
}

fn everybody(server: &Server) -> (String, Vec<(usize, Client)>) {
    let (eve, mo, sec) = (server.stakeholder("eve"), server.moderator("mo"), server.secretariat("sec"));
    let reference = server.stakeholder("ada").comment_on_whole("botnets", "Whose is it?", "named");
    let people = [eve, mo, sec].map(|person| person.client().clone());
    let ranked = std::iter::once(server.anonymous()).chain(people).enumerate().collect();
    (reference, ranked)
}

#[test]
fn every_page_is_open_to_those_it_is_for_and_to_nobody_else() {
    let server = Server::start(Backend::Sqlite);
    let (reference, people) = everybody(&server);
    for route in TABLE.iter().filter(|route| route.method == "GET") {
        let path = address(route, &reference);
        for (rank_of_person, browser) in &people {
            let answer = browser.get(&path);
            let to_sign_in = answer.status == 303 && answer.location().starts_with("/sign-in?next=");
            match (*rank_of_person >= rank(route.who), *rank_of_person) {
                (true, _) => {
                    assert!(answer.status != 403 && !to_sign_in, "{path} as {rank_of_person}: {}", answer.status);
                }
                (false, 0) => assert!(to_sign_in, "{path} as nobody: {}", answer.status),
                (false, _) => assert_eq!(answer.status, 403, "{path} as {rank_of_person}"),
            }
            assert!(answer.status < 500, "{path} as {rank_of_person}: {}", answer.status);
        }
    }
}

#[test]
fn nothing_is_changed_without_the_forms_token() {
    let server = Server::start(Backend::Sqlite);
    let (reference, people) = everybody(&server);
    let before = stock(&server);
    for route in TABLE.iter().filter(|route| route.method == "POST") {
        let path = address(route, &reference);
        for (who, browser) in &people {
            let foreign = token(&server.anonymous());
            for fields in [&[][..], &[("csrf", "")], &[("csrf", "AAAA")], &[("csrf", foreign.as_str())]] {
                let form_id = "018f0000-0000-7000-8000-0000000000aa";
                let answer = browser.post(
                    &path,
                    &[
                        fields,
                        &[
                            ("go", "send"),
                            ("form_id", form_id),
                            ("version", "1"),
                            ("rationale", "x"),
                            ("publication", "named"),
                        ],
                    ]
                    .concat(),
                );
                let ok = matches!(answer.status, 400..=499)
                    || (answer.status == 303 && answer.location().starts_with("/sign-in"))
                    // A composer shows its form again, with everything that was typed.
                    || (answer.status == 200 && path.contains("/comments/new/"));
                assert!(ok, "{path} as {who}: {}", answer.status);
            }
        }
    }
    assert_eq!(stock(&server), before);
}

#[test]
fn a_token_does_not_open_what_is_for_others() {
    let server = Server::start(Backend::Sqlite);
    let (reference, people) = everybody(&server);
    let before = stock(&server);
    for route in TABLE.iter().filter(|route| route.method == "POST" && route.who != Who::Anyone) {
        let path = address(route, &reference);
        for (who, browser) in people.iter().filter(|(who, _)| *who < rank(route.who)) {
            let csrf = token(browser);
            let fields = [
                ("csrf", csrf.as_str()),
                ("go", "send"),
                ("outcome", "publish"),
                ("revision", "1"),
                ("version", "1"),
                ("role", "secretariat"),
                ("email", "new@example.org"),
                ("name", "New"),
                ("edition", "commission"),
                ("format", "csv"),
                ("opens_at", "2026-01-01T00:00"),
            ];
            let answer = browser.post(&path, &fields);
            let allowed = if *who == 0 { [303, 401] } else { [403, 403] };
            assert!(allowed.contains(&answer.status), "{path} as {who}: {}", answer.status);
        }
    }
    assert_eq!(stock(&server), before);
}

#[test]
fn a_form_on_another_site_changes_nothing() {
    let server = Server::start(Backend::Sqlite);
    let (reference, people) = everybody(&server);
    let (_, sec) = people.last().unwrap();
    let csrf = token(sec);
    let before = stock(&server);
    let kind = ("content-type", "application/x-www-form-urlencoded");
    let body = format!("csrf={csrf}&go=send");
    for route in TABLE.iter().filter(|route| route.method == "POST") {
        let path = address(route, &reference);
        for header in [
            ("origin", "https://evil.example"),
            ("origin", "null"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            sec.post_with(&path, &[kind, header], body.as_bytes()).expect(403);
        }
    }
    assert_eq!(stock(&server), before);
    let origin = server.origin.clone();
    sec.post_with("/sign-out", &[kind, ("origin", &origin), ("sec-fetch-site", "same-origin")], body.as_bytes())
        .expect(303);
}

#[test]
fn a_role_taken_away_is_gone_at_once() {
    let server = Server::start(Backend::Sqlite);
    let sec = server.secretariat("sec");
    sec.get("/secretariat/people").expect(200);
    server.execute("UPDATE accounts SET role = 'stakeholder' WHERE email = 'sec@example.org'");
    sec.get("/secretariat/people").expect(403);
    sec.get("/secretariat").expect(403);
}

#[test]
fn only_our_own_host_is_answered_for() {
    let server = Server::start(Backend::Sqlite);
    let client = server.anonymous();
    for host in ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example", "a@127.0.0.1"] {
        client.get_with("/", &[("host", host)]).expect(400);
    }
    let ada = server.stakeholder("ada");
    let form = ada.get("/password/reset").form("main form").set("email", &ada.email);
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form.values()).finish();
    let kind = ("content-type", "application/x-www-form-urlencoded");
    let forged = [
        kind,
        ("x-forwarded-host", "evil.example"),
        ("forwarded", "host=evil.example"),
        ("x-forwarded-proto", "https"),
    ];
    ada.post_with("/password/reset", &forged, body.as_bytes()).expect(200);
    let mail = server.mail_to(&ada.email);
    assert!(
        mail.body.contains(&format!("{}/password/reset/", server.origin)) && !mail.body.contains("evil"),
        "{mail:?}"
    );
}
