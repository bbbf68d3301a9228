//! Letters put together as they arrive: how many a second, in how much memory, how well; in a process of its own.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use chrono::TimeDelta;
use diesel::prelude::*;
use norm_portal::accounts::model::{Account, Details, OnBehalfOf};
use norm_portal::accounts::store as accounts;
use norm_portal::app;
use norm_portal::clock::Clock;
use norm_portal::comments::body::{Body, General};
use norm_portal::comments::model::{Author, Comment, Kind, Publication, State};
use norm_portal::comments::store as comments;
use norm_portal::db::schema::cluster_members;
use norm_portal::db::{Db, DbError, DbResult, Target as Database};
use norm_portal::ids::{AccountId, ClusterId, CommentId};
use norm_portal::moderation::arrivals::Porter;
use norm_portal::norms::model::{Norm, TextVersion};
use norm_portal::norms::store as norms;
use norm_portal::web::Role;
use serde::{Deserialize, Serialize};

use self::forms::FORMS;
use self::letters::{Dice, pairwise, sent};
use self::singles::single;
use super::machine;
use super::report::{Report, Target};

#[path = "../../tests/suite/campaigns/forms.rs"]
mod forms;
#[allow(dead_code, reason = "the tests make lists of them")]
#[path = "../../tests/suite/campaigns/letters.rs"]
mod letters;
#[allow(dead_code, reason = "the tests use the short ones")]
#[path = "../../tests/suite/campaigns/singles.rs"]
mod singles;

/// The hidden first argument of this mode.
pub const MODE: &str = "--as-clustering";

/// How many letters.
const LETTERS: usize = 100_000;
/// In how many parts they arrive.
const PARTS: usize = 10;
/// Of a hundred, how many are of no campaign.
const SINGLES: usize = 20;

#[derive(Serialize, Deserialize)]
struct Outcome {
    /// Letters a second, part by part.
    rates: Vec<f64>,
    /// The most memory of the process while it put letters together, in megabytes.
    most: f64,
    precision: f64,
    recall: f64,
    clusters: usize,
}

/// Letters that arrive, a hundred thousand of them.
pub fn letters(scratch: &Path, report: &mut Report) {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.arg(MODE).arg(scratch.join("clustering.db")).stdin(Stdio::null()).stdout(Stdio::piped());
    let output = command.spawn().expect("a process starts").wait_with_output().expect("it ends");
    let it: Outcome = serde_json::from_slice(&output.stdout).expect("a measurement");
    let all = it.rates.len() as f64 / it.rates.iter().map(|rate| 1.0 / rate).sum::<f64>();
    report.hold("Letters put together of 100,000, a second", all, "", Target::AtLeast(2000.0));
    report.add("The first 10,000 of them, a second", it.rates[0], "");
    report.add("The last 10,000 of them, a second", it.rates[it.rates.len() - 1], "");
    report.hold("Memory while they are put together", it.most, "MB", Target::AtMost(150.0));
    report.add("Clusters of them, single ones among them", it.clusters as f64, "");
    report.hold("Pairs put together that belong together", it.precision, "", Target::AtLeast(0.98));
    report.hold("Pairs that belong together put together", it.recall, "", Target::AtLeast(0.95));
    report.note("The letters are synthetic: form letters in seven languages, changed as people change them.");
}

/// The process.
pub fn serve(file: &str) {
    let db = Db::open(&Database::Sqlite(file.into())).expect("a database");
    let clock = Clock::System;
    app::import_norms(&db, &clock, None).expect("the norms");
    let (norm, version, author) = db.write_blocking(|conn| stage(conn, Clock::System.now())).expect("a stage");
    let porter = Porter::new(db.clone(), clock);
    let (mut rates, mut most, mut ids, mut labels) = (Vec::new(), 0.0_f64, Vec::new(), Vec::new());
    let mut dice = Dice(7);
    for _ in 0..PARTS {
        for _ in 0..LETTERS / PARTS / 500 {
            let made: Vec<(CommentId, usize, String)> = (0..500)
                .map(|_| {
                    let (text, label) = written(&version.body, labels.len(), &mut dice);
                    labels.push(label);
                    (CommentId::new(), label, text)
                })
                .collect();
            ids.extend(made.iter().map(|(id, ..)| *id));
            let (norm, version) = (norm.clone(), version.clone());
            let insert = move |conn: &mut _| {
                made.into_iter().try_for_each(|(id, _, text)| {
                    comments::insert(conn, &comment(id, text, &norm, &version, author), "en")
                })
            };
            db.write_blocking(insert).expect("letters");
        }
        // What it took to make them is not what it takes to put them together.
        std::fs::write("/proc/self/clear_refs", "5").ok();
        let begin = Instant::now();
        let taken = porter.round().expect("letters are put together");
        rates.push(taken as f64 / begin.elapsed().as_secs_f64());
        most = most.max(machine::memory(std::process::id(), "VmHWM").expect("a process"));
    }
    let clusters = db.read_blocking(|conn| clusters(conn, &ids)).expect("clusters");
    let (precision, recall) = pairwise(&labels, &clusters);
    let clusters = clusters.iter().max().map_or(0, |last| last + 1);
    let outcome = Outcome { rates, most, precision, recall, clusters };
    println!("{}", serde_json::to_string(&outcome).expect("an outcome"));
}

/// A letter and its label.
fn written(norm: &str, number: usize, dice: &mut Dice) -> (String, usize) {
    if dice.chance(SINGLES) {
        return (single(norm, dice), FORMS.len() + number);
    }
    let label = dice.below(FORMS.len());
    (sent(&FORMS[label], norm, dice), label)
}

fn stage(
    conn: &mut norm_portal::db::AnyConnection,
    now: norm_portal::clock::Moment,
) -> DbResult<(Norm, TextVersion, AccountId)> {
    let norm = norms::norm_by_slug(conn, "public-core")?.expect("a norm");
    let version = norms::current_version(conn, norm.id)?;
    let account = Account {
        id: AccountId::new(),
        email: "sender@example.org".to_owned(),
        details: details(),
        language: "en".to_owned(),
        password_hash: String::new(),
        role: Role::Stakeholder,
        confirmed_at: Some(now),
        version: 1,
    };
    accounts::insert(conn, now, &account)?;
    Ok((norm, version, account.id))
}

fn details() -> Details {
    Details {
        name: "Synthetic Sender".to_owned(),
        stakeholder_group: "individual".to_owned(),
        organisation: None,
        country: None,
        on_behalf_of: OnBehalfOf::Myself,
    }
}

fn comment(id: CommentId, rationale: String, norm: &Norm, version: &TextVersion, author: AccountId) -> Comment {
    let body = Body::General(General { rationale, evidence: String::new() });
    let now = Clock::System.now() - TimeDelta::seconds(1);
    Comment {
        id,
        reference: id.to_string(),
        norm_id: norm.id,
        text_version_id: version.id,
        author: Author::of(author, details()),
        kind: Kind::General,
        state: State::Pending,
        revision: 1,
        version: 1,
        publication: Publication::Named,
        class: None,
        channel: None,
        submitted_at: now,
        changed_at: now,
        published_at: None,
        digest: body.digest(),
        body,
        redactions: 0,
    }
}

/// The cluster of each letter, as a number.
fn clusters(conn: &mut norm_portal::db::AnyConnection, ids: &[CommentId]) -> Result<Vec<usize>, DbError> {
    let rows: Vec<(CommentId, ClusterId)> =
        cluster_members::table.select((cluster_members::comment_id, cluster_members::cluster_id)).load(conn)?;
    let of: BTreeMap<CommentId, ClusterId> = rows.into_iter().collect();
    let mut numbers = BTreeMap::new();
    Ok(ids
        .iter()
        .map(|id| {
            let next = numbers.len();
            *numbers.entry(of[id]).or_insert(next)
        })
        .collect())
}
