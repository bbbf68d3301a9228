//! How the portal stands: what the Secretariat reads when something is wrong, and the numbers for who watches servers.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;

use crate::harness::{Answer, Backend, Program, Server, on_both};
use crate::journeys::visitor::Visitor;

const PAGE: &str = "/secretariat/state";
const WELL: &str = "All is well";

/// A metric: its name, its labels, its value.
type Sample = (String, BTreeMap<String, String>, f64);

/// The value of a label in quotation marks, and what stands behind it.
fn quoted(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut signs = text.strip_prefix('"').expect("a quotation mark").char_indices();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '"' => return (value, &text[at + 2..]),
            '\\' => match signs.next().expect("a sign behind the backslash").1 {
                'n' => value.push('\n'),
                other => value.push(other),
            },
            other => value.push(other),
        }
    }
    panic!("no end: {text}");
}

fn is_name(name: &str) -> bool {
    !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b':')
}

fn sample(line: &str) -> Sample {
    let end = line.find(['{', ' ']).unwrap_or_else(|| panic!("no value: {line}"));
    let (name, mut rest) = line.split_at(end);
    assert!(is_name(name), "{line}");
    let mut labels = BTreeMap::new();
    if let Some(inner) = rest.strip_prefix('{') {
        rest = inner;
        while !rest.starts_with('}') {
            let (label, behind) = rest.split_once('=').expect("a label");
            assert!(is_name(label), "{line}");
            let (value, behind) = quoted(behind);
            assert!(labels.insert(label.to_owned(), value).is_none(), "twice in one: {line}");
            rest = behind.strip_prefix(',').unwrap_or(behind);
        }
        rest = &rest[1..];
    }
    let value = rest.strip_prefix(' ').expect("one space").parse().unwrap_or_else(|_| panic!("no number: {line}"));
    (name.to_owned(), labels, value)
}

/// Reads `OpenMetrics` as strictly as its specification allows: every sample is of a family that was declared before, with
/// the endings of its type, none comes twice, buckets add up, and the end is the end.
fn read(text: &str) -> Vec<Sample> {
    let body = text.strip_suffix("# EOF\n").expect("it ends with its end");
    let (mut types, mut seen, mut all) = (BTreeMap::<String, String>::new(), BTreeSet::new(), Vec::new());
    for line in body.lines() {
        if let Some(said) = line.strip_prefix("# ") {
            let mut words = said.splitn(3, ' ');
            let (what, name) = (words.next().unwrap(), words.next().expect("a family"));
            assert!(matches!(what, "HELP" | "TYPE" | "UNIT") && is_name(name), "{line}");
            if what == "TYPE" {
                let kind = words.next().expect("a type").to_owned();
                assert!(types.insert(name.to_owned(), kind).is_none(), "declared twice: {name}");
            }
            continue;
        }
        let (name, labels, value) = sample(line);
        let endings = |kind: &str| match kind {
            "counter" => &["_total"][..],
            "histogram" => &["_bucket", "_sum", "_count"],
            "gauge" => &[""],
            other => panic!("a type of its own: {other}"),
        };
        let is_declared =
            types.iter().any(|(family, kind)| endings(kind).iter().any(|ending| name == format!("{family}{ending}")));
        assert!(is_declared, "of no family: {line}");
        assert!(seen.insert((name.clone(), labels.clone())), "twice: {line}");
        all.push((name, labels, value));
    }
    for (name, labels, count) in all.iter().filter(|(name, ..)| name.ends_with("_count")) {
        let family = name.strip_suffix("_count").unwrap();
        let of_this = |other: &&Sample| {
            let mut rest = other.1.clone();
            rest.remove("le");
            other.0 == format!("{family}_bucket") && rest == *labels
        };
        let buckets: Vec<&Sample> = all.iter().filter(of_this).collect();
        assert!(buckets.windows(2).all(|pair| pair[0].2 <= pair[1].2), "{family}: buckets add up");
        let last = buckets.last().expect("buckets");
        assert!(last.1["le"] == "+Inf" && (last.2 - count).abs() < f64::EPSILON, "{family}: the last bucket holds all");
    }
    all
}

/// The sum of all samples of a name whose labels hold these.
fn value(samples: &[Sample], name: &str, labels: &[(&str, &str)]) -> f64 {
    let fits = |it: &&Sample| {
        it.0 == name && labels.iter().all(|(label, value)| it.1.get(*label).is_some_and(|it| it == value))
    };
    let found: Vec<f64> = samples.iter().filter(fits).map(|it| it.2).collect();
    assert!(!found.is_empty(), "no {name} with {labels:?}");
    found.iter().sum()
}

#[track_caller]
fn is(samples: &[Sample], name: &str, labels: &[(&str, &str)], expected: f64) {
    let found = value(samples, name, labels);
    assert!((found - expected).abs() < f64::EPSILON, "{name} {labels:?}: {found}, not {expected}");
}

fn told(page: &Answer) -> Vec<String> {
    page.all("main .notice-title")
}

on_both! {
    fn the_secretariat_reads_what_is_wrong_in_words(server: Server) {
        let sec = server.secretariat("sec");
        server.keeper_round();
        server.deliver();
        sec.get(PAGE).expect(200).reads(WELL);
        sec.get("/secretariat").expect(200).one("nav a[href='/secretariat/state']");
        // A letter that nobody sends.
        server.registration("ada").1.press().expect(200);
        server.pass(TimeDelta::minutes(14));
        sec.get(PAGE).reads(WELL);
        server.pass(TimeDelta::minutes(2));
        let page = sec.get(PAGE);
        page.lacks(WELL).reads("One letter should have left.").reads("was to leave 16 minutes ago");
        assert_eq!(told(&page), ["Letters do not leave"]);
        server.deliver();
        sec.get(PAGE).reads(WELL);
        server.execute("UPDATE outbox SET state = 'dead'");
        assert_eq!(told(&sec.get(PAGE)), ["Letters were given up"]);
        server.execute("UPDATE outbox SET state = 'sent'");
        // An export that nobody takes up.
        let form = sec.get("/secretariat/exports").form("main form");
        form.set("edition", "public").set("format", "csv").press().expect(303);
        server.pass(TimeDelta::minutes(11));
        assert_eq!(told(&sec.get(PAGE)), ["Exports are stuck"]);
        assert_eq!(server.clerk_round(), 1);
        sec.get(PAGE).reads(WELL);
        // Two days without the keeper: no head was exported; and there never was a backup.
        server.pass(TimeDelta::hours(11));
        sec.get(PAGE);
        server.pass(TimeDelta::hours(38));
        sec.sign_in();
        assert_eq!(told(&sec.get(PAGE)), ["There is no backup", "The audit log is not exported"]);
        server.keeper_round();
        assert_eq!(told(&sec.get(PAGE)), ["There is no backup"]);
        let folder = tempfile::tempdir().unwrap();
        Program::beside(&server).done(&["backup", "--out", &folder.path().join("b.tar").display().to_string()]);
        server.deliver();
        server.execute("UPDATE backups SET begun_at = (SELECT MAX(at) FROM audit_log WHERE action <> 'backup.made')");
        sec.get(PAGE).reads(WELL);
        let mo = server.moderator("mo");
        mo.get(PAGE).expect(403);
    }

    fn a_backup_that_fails_is_told_until_one_is_made(backend: Backend) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("no-folder");
        std::fs::write(&file, "a file where a folder should be").unwrap();
        let server = Server::start_with(backend, |config| {
            config.backup.every_hours = 24;
            config.backup.folder = Some(file.clone());
        });
        let sec = server.secretariat("sec");
        server.keeper_round();
        let page = sec.get(PAGE);
        assert_eq!(told(&page), ["The last backup failed"]);
        page.reads("no-folder");
        std::fs::remove_file(&file).unwrap();
        server.pass(TimeDelta::hours(1));
        server.keeper_round();
        server.deliver();
        sec.get(PAGE).reads(WELL);
    }

    fn the_numbers_are_those_of_what_happened(server: Server) {
        let ada = server.stakeholder("ada");
        let reference = ada.comment_on_whole("botnets", "A number.", "named");
        server.pass(TimeDelta::seconds(90));
        let anyone = server.anonymous();
        for _ in 0..5 {
            anyone.get("/norms/botnets").expect(200);
        }
        anyone.get("/no/such/page").expect(404);
        anyone.get(&format!("/receipts/{reference}")).expect(303);
        let answer = anyone.get("/metrics").expect(200);
        assert!(answer.header("content-type").is_some_and(|kind| kind.starts_with("application/openmetrics-text")));
        let text = answer.text();
        let samples = read(&text);
        is(&samples, "norm_portal_queue_comments", &[], 1.0);
        is(&samples, "norm_portal_queue_oldest_seconds", &[], 90.0);
        is(&samples, "norm_portal_outbox_letters", &[], 1.0);
        is(&samples, "norm_portal_jobs_open", &[], 0.0);
        is(&samples, "norm_portal_database_up", &[], 1.0);
        is(&samples, "norm_portal_password_hashes", &[], 0.0);
        is(&samples, "norm_portal_request_seconds_count", &[("route", "none"), ("status", "404")], 1.0);
        is(&samples, "norm_portal_request_seconds_count", &[("route", "/receipts/{reference}"), ("method", "GET")], 1.0);
        assert!(value(&samples, "norm_portal_cache_hits_total", &[]) >= 4.0);
        assert!(value(&samples, "norm_portal_commits_total", &[]) >= 3.0);
        assert!(value(&samples, "norm_portal_disk_free_bytes", &[]) > 0.0);
        let in_lane = value(&samples, "norm_portal_lane_batch_units_sum", &[]);
        assert_eq!(in_lane >= 3.0, server.database_url().is_none(), "SQLite has a lane, PostgreSQL needs none");
        is(&samples, "norm_portal_lane_wait_seconds_count", &[], in_lane);
        is(&samples, "norm_portal_lane_waiting", &[], 0.0);
        for personal in [&reference, "ada", "example.org", "127.0.0.1"] {
            assert!(!text.contains(personal), "{personal}");
        }
    }
}

#[test]
fn numbers_are_for_this_machine_and_not_for_what_comes_through_a_server_in_front() {
    let server = Server::start(Backend::Sqlite);
    let anyone = server.anonymous();
    anyone.get("/metrics").expect(200);
    for (name, value) in
        [("x-forwarded-for", "127.0.0.1"), ("forwarded", "for=127.0.0.1"), ("via", "1.1 proxy"), ("x-real-ip", "::1")]
    {
        anyone.get_with("/metrics", &[(name, value)]).expect(404);
    }
    // Whoever watches asks by the bare address, whatever the portal is called.
    let named = Server::start_with(Backend::Sqlite, |config| {
        config.server.public_url = Some("https://comments.example.org".to_owned());
    });
    named.anonymous().get("/metrics").expect(200);
    named.anonymous().get("/").expect(400);
}

#[test]
fn a_reader_of_metrics_that_is_no_good_would_be_seen() {
    let good = "# TYPE a counter\na_total{x=\"1\"} 2\n# EOF\n";
    assert_eq!(read(good).len(), 1);
    for bad in [
        "# TYPE a counter\na_total 2\n",
        "# TYPE a counter\na 2\n# EOF\n",
        "a_total 2\n# EOF\n",
        "# TYPE a gauge\na 2\na 2\n# EOF\n",
        "# TYPE a gauge\na two\n# EOF\n",
        "# TYPE a histogram\na_bucket{le=\"1\"} 2\na_bucket{le=\"+Inf\"} 1\na_count 1\na_sum 1\n# EOF\n",
    ] {
        assert!(std::panic::catch_unwind(|| read(bad)).is_err(), "{bad}");
    }
}

#[test]
fn the_secretariat_looks_at_the_state_in_a_browser() {
    let server = Server::start(Backend::Sqlite);
    let sec = server.secretariat("sec");
    server.registration("ada").1.press().expect(200);
    server.pass(TimeDelta::hours(50));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let visitor = Visitor::start(&server.origin, false, Some("state-")).await;
        visitor.open("/sign-in").await;
        visitor.fill("email", &sec.email).await;
        visitor.fill("password", &sec.password).await;
        visitor.press("Sign in").await;
        visitor.fill("code", &sec.code().expect("a code")).await;
        visitor.press("Sign in").await;
        visitor.open("/secretariat").await;
        visitor.follow("State of the portal").await;
        assert!(visitor.text().await.contains("Letters do not leave"));
        visitor.see_everywhere("01-wrong").await;
        visitor.open("/privacy").await;
        visitor.see("02-privacy").await;
    });
}
