//! The whole way of a file, on a database with a comment of every sort.

use std::collections::BTreeMap;
use std::path::Path;

use super::edition::admits;
use super::make::{MakeError, make};
use super::manifest::{Consultation, FORMAT_VERSION, Manifest};
use super::model::{Edition, Format, Refused, Request, RequestedBy};
use super::store::{self, Place};
use super::{csv, job};
use crate::accounts::model::{Account, Details, OnBehalfOf};
use crate::clock::{Clock, Moment, parse_rfc3339, rfc3339};
use crate::comments::anchor::Anchor;
use crate::comments::body::{Acceptable, Body, Change, General, Lever, Wording};
use crate::comments::model::{Author, Comment, Publication, State};
use crate::db::{AnyConnection, Db, DbError, Target};
use crate::ids::{AccountId, CommentId, sha256};
use crate::jobs::{Clerk, JobState};
use crate::norms::model::Norm;
use crate::norms::package::{Package, SHIPPED};
use crate::web::Role;
use crate::{accounts, comments, jobs, norms};

const EMAIL: &str = "author@example.org";
const NAME: &str = "A. Author";
const ORGANISATION: &str = "=Org";
const TEXTS: [&str; 5] = ["=1+1", "'-x", "a, \"b\"\r\nc", "\u{202e}abc", "plain"];

/// A manifest for tests of writers.
pub(super) fn manifest() -> Manifest {
    Manifest {
        format_version: FORMAT_VERSION.into(),
        consultation: Consultation { code: "C".into(), title: "T".into() },
        edition: "public".into(),
        format: "xlsx".into(),
        filters: vec!["norm: all".into()],
        text_versions: Vec::new(),
        requested_by: "operator".into(),
        made_at: "2018-12-01T00:00:00Z".into(),
        rows: 0,
        left_out: BTreeMap::new(),
        rows_sha256: "ab".into(),
        sha256: None,
        characters_dropped: 0,
        cells_continued: 0,
        characters_unknown: 0,
    }
}

/// A portal with the shipped norms and, on two of them, a comment of every state, publication and kind.
struct Portal {
    db: Db,
    folder: tempfile::TempDir,
    now: Moment,
    account: AccountId,
    comments: Vec<(String, Comment)>,
}

impl Portal {
    fn filled() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&Target::Sqlite(folder.path().join("portal.db"))).unwrap();
        let now = parse_rfc3339("2018-12-01T10:00:00Z").unwrap();
        let account = AccountId::new();
        let comments = db.write_blocking(move |conn| Ok::<_, DbError>(fill(conn, now, account))).unwrap();
        Self { db, folder, now, account, comments }
    }

    fn make(&self, request: &Request, name: &str) -> Result<(Manifest, Vec<u8>), MakeError> {
        let out = self.folder.path().join(name);
        let made =
            make(&self.db, "https://portal.example", self.now, request, &RequestedBy::Operator, &out, &mut |_, _| {});
        made.map(|manifest| (manifest, std::fs::read(out).unwrap()))
    }

    fn entries(&self, sha256: &str) -> i64 {
        let subject = format!("export:{sha256}");
        self.db.read_blocking(|conn| crate::audit::store::count(conn, &subject, "export.made")).unwrap()
    }
}

fn fill(conn: &mut AnyConnection, now: Moment, account: AccountId) -> Vec<(String, Comment)> {
    norms::import::import(conn, now, &Package::parse(SHIPPED).unwrap()).unwrap();
    let details = Details {
        name: NAME.into(),
        stakeholder_group: "individual".into(),
        organisation: Some(ORGANISATION.into()),
        country: Some("NL".into()),
        on_behalf_of: OnBehalfOf::Organisation,
    };
    let author = Author::of(account, details.clone());
    let account = Account {
        id: account,
        email: EMAIL.into(),
        details,
        language: "en".into(),
        password_hash: String::new(),
        role: Role::Secretariat,
        confirmed_at: Some(now),
        version: 1,
    };
    accounts::store::insert(conn, now, &account).unwrap();
    let mut all = Vec::new();
    for slug in ["botnets", "avoid-tampering"] {
        let norm = norms::store::norm_by_slug(conn, slug).unwrap().unwrap();
        for state in State::ALL {
            for publication in Publication::ALL {
                for (place, text) in [0, 5, 5, 0, 2].into_iter().zip(TEXTS) {
                    let comment = comment(conn, &norm, &author, now, (*state, *publication), (place, text), all.len());
                    comments::store::insert(conn, &comment, "en").unwrap();
                    all.push((slug.to_owned(), comment));
                }
            }
        }
    }
    all
}

/// Comment number `n`. Later ones were sent earlier, in threes at the same moment, so that no order is there by chance.
fn comment(
    conn: &mut AnyConnection,
    norm: &Norm,
    author: &Author,
    now: Moment,
    (state, publication): (State, Publication),
    (place, text): (usize, &str),
    n: usize,
) -> Comment {
    let version = norms::store::current_version(conn, norm.id).unwrap();
    let text = text.to_owned();
    let body = match (place, n % 2) {
        (0, 0) => Body::General(General { rationale: text, evidence: String::new() }),
        (0, _) => Body::Lever(Lever {
            actor: "executive".into(),
            instrument: "legislation".into(),
            action: text,
            by_when: String::new(),
            example: String::new(),
            obstacles: String::new(),
            cost: String::new(),
        }),
        _ => Body::Wording(Wording {
            anchor: Anchor::from_words(&version.body, place, place + 1).unwrap(),
            change: Change::Replace,
            proposed_wording: text,
            concern: String::new(),
            rationale: "why".into(),
            evidence: String::new(),
            acceptable: Acceptable::No,
        }),
    };
    let at = now - chrono::TimeDelta::minutes(i64::try_from(n / 3).unwrap());
    Comment {
        id: CommentId::new(),
        reference: format!("GCSC-N{}-{n:04}", norm.number),
        norm_id: norm.id,
        text_version_id: version.id,
        author: author.clone(),
        kind: body.kind(),
        state,
        revision: 1,
        version: 1,
        publication,
        class: None,
        channel: None,
        submitted_at: at,
        changed_at: at,
        published_at: (state == State::Published).then_some(now),
        digest: body.digest(),
        redactions: 0,
        body,
    }
}

fn request(edition: Edition, format: Format) -> Request {
    Request { edition, format, norm: None, status: None, bom: false }
}

type Row = BTreeMap<String, serde_json::Value>;

fn rows(bytes: &[u8]) -> Vec<Row> {
    std::str::from_utf8(bytes).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// For every request there can be: the file holds exactly what the pure rule admits, and the manifest counts the rest.
#[test]
fn the_file_holds_what_the_rule_admits_and_the_manifest_adds_up() {
    let portal = Portal::filled();
    let all = u64::try_from(portal.comments.len()).unwrap();
    for edition in Edition::ALL {
        for status in std::iter::once(None).chain(State::ALL.iter().copied().map(Some)) {
            for norm in [None, Some("botnets".to_owned())] {
                let asked = Request { status, norm: norm.clone(), ..request(*edition, Format::JsonLines) };
                if asked.check().is_err() {
                    assert!(matches!(portal.make(&asked, "x"), Err(MakeError::Refused(Refused::PublicIsPublished))));
                    assert!(!portal.folder.path().join("x").exists());
                    continue;
                }
                let (manifest, bytes) = portal.make(&asked, "a.jsonl").unwrap();
                let mut expected: Vec<&str> = portal
                    .comments
                    .iter()
                    .filter(|(slug, _)| norm.as_ref().is_none_or(|norm| norm == slug))
                    .filter(|(_, comment)| admits(*edition, status, comment.state, comment.publication))
                    .map(|(_, comment)| comment.reference.as_str())
                    .collect();
                let rows = rows(&bytes);
                let mut found: Vec<&str> = rows.iter().map(|row| row["reference"].as_str().unwrap()).collect();
                expected.sort_unstable();
                found.sort_unstable();
                assert_eq!(found, expected, "{asked:?}");
                assert_eq!(manifest.rows, u64::try_from(found.len()).unwrap());
                assert_eq!(manifest.rows + manifest.left_out.values().sum::<u64>(), all, "{asked:?}");
                assert_eq!(manifest.left_out.contains_key("other_norms"), norm.is_some());
                assert_eq!(manifest.left_out.contains_key("confidential"), *edition == Edition::Public);
            }
        }
    }
}

#[test]
fn the_public_edition_names_nobody_who_did_not_want_it() {
    let portal = Portal::filled();
    let (_, bytes) = portal.make(&request(Edition::Public, Format::JsonLines), "a.jsonl").unwrap();
    let public = rows(&bytes);
    assert!(public.iter().all(|row| row["confidential"] == "no" && row["status"] == "published"));
    for row in &public {
        assert_eq!(row["author_name"], if row["publication"] == "named" { NAME } else { "" });
        assert_eq!(row["organisation"], ORGANISATION);
    }
    let (_, bytes) = portal.make(&request(Edition::Commission, Format::JsonLines), "b.jsonl").unwrap();
    for row in rows(&bytes) {
        assert_eq!(row["author_name"], NAME);
        assert_eq!(row["confidential"] == "yes", row["publication"] == "commission");
        assert_eq!(row["permalink"], format!("https://portal.example/comments/{}", row["reference"].as_str().unwrap()));
    }
    assert!(!String::from_utf8(bytes).unwrap().contains(EMAIL));
}

#[test]
fn rows_stand_by_norm_then_place_then_time() {
    let portal = Portal::filled();
    let (_, bytes) = portal.make(&request(Edition::Commission, Format::JsonLines), "a.jsonl").unwrap();
    let keys: Vec<_> = rows(&bytes)
        .iter()
        .map(|row| {
            let place = row["first_word"].as_i64().unwrap_or(0);
            (row["norm_number"].as_i64().unwrap(), place, row["submitted_at"].as_str().unwrap().to_owned())
        })
        .collect();
    assert!(keys.is_sorted());
    assert!(keys.windows(2).any(|pair| pair[0] == pair[1]), "the test has comments of the same place and moment");
    for row in rows(&bytes).iter().filter(|row| row["kind"] == "wording") {
        assert_eq!(row["clause"].as_str().unwrap(), format!("{}(a)", row["norm_number"]));
        assert!(row["line"].as_i64().unwrap() >= 1);
    }
}

#[test]
fn batches_of_any_size_make_the_same_file() {
    let portal = Portal::filled();
    let read = |most: usize| {
        portal
            .db
            .snapshot_blocking(|conn| {
                let norm = norms::store::norm_by_slug(conn, "botnets")?.unwrap();
                let (mut ids, mut after) = (Vec::new(), None);
                loop {
                    let batch = store::batch(conn, norm.id, (Edition::Commission, None), after, most)?;
                    after = batch.last().map(Place::of);
                    ids.extend(batch.iter().map(|comment| comment.id));
                    if batch.len() < most || ids.len() > 100 {
                        return Ok::<_, DbError>(ids);
                    }
                }
            })
            .unwrap()
    };
    let whole = read(1000);
    assert_eq!(whole.len(), 15);
    for most in [1, 2, 3, 5, 14, 15, 16] {
        assert_eq!(read(most), whole, "{most}");
    }
}

#[test]
fn csv_gives_back_the_rows_of_json_lines() {
    let portal = Portal::filled();
    let (lines, json) = portal.make(&request(Edition::Commission, Format::JsonLines), "a.jsonl").unwrap();
    let asked = Request { bom: true, ..request(Edition::Commission, Format::Csv) };
    let (manifest, bytes) = portal.make(&asked, "a.csv").unwrap();
    assert_eq!(manifest.rows_sha256, lines.rows_sha256);
    assert_eq!(lines.sha256.as_ref(), Some(&lines.rows_sha256));
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap();
    let mut reader = ::csv::Reader::from_reader(text);
    let columns = reader.headers().unwrap().clone();
    let read: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(read.len(), rows(&json).len());
    for (cells, row) in read.iter().zip(rows(&json)) {
        for (column, cell) in columns.iter().zip(cells) {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']));
            let expected = match &row[column] {
                serde_json::Value::Null => String::new(),
                serde_json::Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            assert_eq!(csv::unprotect(cell), expected, "{column}");
        }
    }
}

#[test]
fn a_manifest_lies_beside_the_file_and_the_audit_log_knows_it() {
    let portal = Portal::filled();
    for format in Format::ALL.iter().filter(|format| format.is_of_comments()) {
        let name = format!("a.{format}");
        let (manifest, bytes) = portal.make(&request(Edition::Public, *format), &name).unwrap();
        let beside = std::fs::read_to_string(portal.folder.path().join(format!("{name}.manifest.json"))).unwrap();
        assert_eq!(Manifest::from_json(&beside), Some(manifest.clone()));
        let digest = hex::encode(sha256(&bytes));
        assert_eq!(manifest.sha256.as_ref(), Some(&digest));
        assert_eq!(manifest.text_versions.len(), portal.db.read_blocking(norms::store::norms).unwrap().len());
        assert_eq!(manifest.made_at, rfc3339(portal.now));
        assert_eq!(portal.entries(&digest), 1, "{format}");
        assert!(!manifest.audited().to_string().contains("operator"));
    }
    assert!(unfinished(portal.folder.path()).is_empty());
}

#[test]
fn what_fails_leaves_nothing_behind() {
    let portal = Portal::filled();
    let asked = Request { norm: Some("no-such-norm".into()), ..request(Edition::Public, Format::Csv) };
    assert!(matches!(portal.make(&asked, "a.csv"), Err(MakeError::NoSuchNorm(slug)) if slug == "no-such-norm"));
    assert!(portal.make(&request(Edition::Public, Format::Csv), "no/such/folder.csv").is_err());
    std::fs::create_dir(portal.folder.path().join("b.csv")).unwrap();
    assert!(portal.make(&request(Edition::Public, Format::Csv), "b.csv").is_err());
    assert!(!portal.folder.path().join("a.csv").exists());
    assert!(unfinished(portal.folder.path()).is_empty());
}

fn unfinished(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| Path::new(name).extension().is_some_and(|ending| ending == "part")).collect()
}

#[test]
fn a_job_makes_the_file_that_was_asked_for() {
    let portal = Portal::filled();
    let (by, now) = (portal.account, portal.now);
    let asked = Request { status: Some(State::Declined), ..request(Edition::Commission, Format::Csv) };
    let stored = asked.clone();
    let id = portal.db.write_blocking(move |conn| super::request::request(conn, now, by, &stored)).unwrap();
    let data_dir = portal.folder.path().to_owned();
    let clock = Clock::frozen(now);
    let files = crate::files::Files::in_folder(&data_dir.join("files")).unwrap();
    let runner =
        job::runner((portal.db.clone(), files), clock.clone(), "https://portal.example".into(), data_dir.clone());
    let clerk = Clerk { db: portal.db.clone(), clock, runner };
    assert_eq!(clerk.round().unwrap(), 1);
    assert_eq!(clerk.round().unwrap(), 0);
    let done = portal.db.read_blocking(|conn| jobs::store::by_id(conn, job::KIND, id)).unwrap().unwrap();
    assert_eq!(done.state, JobState::Done, "{}", done.result);
    let manifest = Manifest::from_json(&done.result).unwrap();
    assert_eq!((manifest.rows, manifest.requested_by.as_str()), (30, NAME));
    let file = std::fs::read(job::path(&data_dir, &done, &asked)).unwrap();
    assert_eq!(manifest.sha256, Some(hex::encode(sha256(&file))));
    let retried = jobs::Job { attempts: done.attempts + 1, ..done };
    assert!(!job::path(&data_dir, &retried, &asked).exists(), "another try writes to a file of its own");
}
