//! Fills a fresh portal with the planned comments, through the verbs that people's comments go through: some hundred
//! steps in one transaction. No letter of the demo ever leaves.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{TimeDelta, Timelike as _};
use indicatif::{ProgressBar, ProgressStyle};
use norm_portal::accounts::factor::{self, model::Secret};
use norm_portal::accounts::model::Account;
use norm_portal::accounts::{self, password};
use norm_portal::audit::{self, Act, Actor};
use norm_portal::clock::Moment;
use norm_portal::comments::body::Body;
use norm_portal::comments::form::Answers;
use norm_portal::comments::submit::{Incoming, Stationery, SubmitError, store_once};
use norm_portal::comments::{appeal::appeal, correct::correct, withdraw::withdraw};
use norm_portal::db::{AnyConnection, Db, DbError, DbResult, dialect};
use norm_portal::epochs::{self, Scope};
use norm_portal::ids::{AccountId, CommentId};
use norm_portal::mail;
use norm_portal::moderation::decide::decide;
use norm_portal::moderation::mail::Letterhead;
use norm_portal::moderation::model::{Expected, Outcome, Reason, Verdict};
use norm_portal::norms::model::{Norm, TextVersion};
use norm_portal::norms::vocabulary::Vocabulary;
use norm_portal::norms::{self, window};
use norm_portal::web::Role;
use serde_json::json;

use super::plan::{self, Event, Outline, Step};
use super::words::{APPEALS, NOTES, REQUESTS};
use super::{people, texts};

/// Steps in one transaction.
const CHUNK: usize = 250;

/// How long its authors have to appeal.
const APPEAL_DAYS: i64 = 30;

/// Why the demo could not be filled.
#[derive(Debug, thiserror::Error)]
pub enum FillError {
    /// Somebody is there already.
    #[error(
        "the database already has accounts: the demo fills a fresh one only. Name another folder in NORM_PORTAL_DATA_DIR"
    )]
    NotFresh,
    /// A verb refused a step: the plan and the portal's rules disagree.
    #[error("a demo step was refused: {0}")]
    Refused(String),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// What to make.
pub struct Order {
    /// How many comments.
    pub comments: usize,
    /// The same seed makes the same comments.
    pub seed: u64,
    /// The password of every demo account.
    pub password: String,
    /// The second factor of the demo's staff.
    pub secret: Secret,
    /// When it is made: the end of the thirty days.
    pub now: Moment,
    /// Scheme, host and port of links in letters.
    pub origin: String,
}

/// A comment that is there, as the next step expects it.
#[derive(Clone)]
struct Known {
    id: CommentId,
    reference: String,
    revision: i32,
    version: i64,
}

/// All that a chunk needs to know.
struct Stage {
    seed: u64,
    outlines: Vec<Outline>,
    authors: Vec<AccountId>,
    desk: [AccountId; 2],
    texts: Vec<(Norm, TextVersion)>,
    vocabulary: Arc<Vocabulary>,
    origin: String,
}

/// Fills the database; refuses one that has accounts. Shows its progress on standard error where that is a terminal.
pub fn fill(db: &Db, vocabulary: Vocabulary, order: &Order) -> Result<(), FillError> {
    if db.read_blocking(accounts::store::has_any)? {
        return Err(FillError::NotFresh);
    }
    let stage = Arc::new(set(db, vocabulary, order)?);
    let events = plan::events(order.seed, &stage.outlines, order.now);
    let progress = ProgressBar::new(u64::try_from(events.len()).unwrap_or_default());
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos} of {len} steps, {eta} left") {
        progress.set_style(style);
    }
    db.write_blocking(|conn| dialect::write_much(conn, true))?;
    let mut known = BTreeMap::new();
    for chunk in events.chunks(CHUNK) {
        run(db, &stage, chunk, &mut known)?;
        progress.inc(u64::try_from(chunk.len()).unwrap_or_default());
    }
    db.write_blocking(|conn| {
        dialect::write_much(conn, false)?;
        // A commit that writes something is what tidies up the log of all the others.
        epochs::raise(conn, Scope::Site)
    })?;
    progress.finish_and_clear();
    Ok(())
}

/// Adds the people, and opens the consultation from before the first comment until thirty days from now.
fn set(db: &Db, vocabulary: Vocabulary, order: &Order) -> Result<Stage, FillError> {
    let since = order.now - TimeDelta::days(plan::DAYS + 1);
    let closes = order.now + TimeDelta::days(plan::DAYS);
    let closes =
        closes.with_hour(23).and_then(|at| at.with_minute(59)?.with_second(0)?.with_nanosecond(0)).unwrap_or(closes);
    let hash = password::hash(&order.password);
    let staff = [
        people::staff("secretariat", Role::Secretariat, &hash, since),
        people::staff("moderator", Role::Moderator, &hash, since),
    ];
    let author = |number| people::author(order.seed, number, &vocabulary, &hash, since);
    let authors: Vec<Account> = (0..people::how_many(order.comments)).map(author).collect();
    let ids = authors.iter().map(|account| account.id).collect();
    let desk = [staff[0].id, staff[1].id];
    let secret = order.secret.clone();
    let (now, by, detail) = (order.now, desk[0], json!({ "comments": order.comments, "seed": order.seed }));
    db.write_blocking(move |conn| {
        // Asked again where nobody can come in between.
        if accounts::store::has_any(conn)? {
            return Err(FillError::NotFresh);
        }
        for account in staff.iter().chain(&authors) {
            accounts::store::insert(conn, since, account)?;
        }
        for person in desk {
            factor::store::put(conn, since, person, &secret, 0)?;
        }
        let consultation =
            norms::store::consultation(conn)?.ok_or_else(|| FillError::Refused("no consultation".into()))?;
        window::set(conn, since, by, consultation.version, since, Some(closes)).map_err(refused)?;
        let act = Act { action: "demo.filled", subject: format!("consultation:{}", consultation.code), detail };
        Ok(audit::append(conn, now, Actor::Operator, act)?)
    })?;
    let texts = db.read_blocking(with_current_versions)?;
    let outlines = (0..order.comments)
        .map(|number| plan::outline(order.seed, number, people::how_many(order.comments), texts.len()));
    Ok(Stage {
        seed: order.seed,
        outlines: outlines.collect(),
        authors: ids,
        desk,
        texts,
        vocabulary: Arc::new(vocabulary),
        origin: order.origin.clone(),
    })
}

fn with_current_versions(conn: &mut AnyConnection) -> DbResult<Vec<(Norm, TextVersion)>> {
    let norms = norms::store::norms(conn)?;
    norms.into_iter().map(|norm| norms::store::current_version(conn, norm.id).map(|version| (norm, version))).collect()
}

/// One transaction. A reference that is taken by chance makes it begin again.
fn run(db: &Db, stage: &Arc<Stage>, chunk: &[Event], known: &mut BTreeMap<usize, Known>) -> Result<(), FillError> {
    let mut tries = 0;
    loop {
        let (stage, chunk) = (stage.clone(), chunk.to_vec());
        let mut touched: BTreeMap<usize, Known> =
            chunk.iter().filter_map(|event| Some((event.comment, known.get(&event.comment)?.clone()))).collect();
        let outcome = db.write_blocking(move |conn| {
            for event in &chunk {
                stage.step(conn, event, &mut touched)?;
            }
            if let Some(last) = chunk.last() {
                mail::store::discard_queued(conn, last.at)?;
            }
            Ok(touched)
        });
        match outcome {
            Err(FillError::Database(DbError::Taken(_))) if tries < 5 => tries += 1,
            Err(error) => return Err(error),
            Ok(touched) => {
                known.extend(touched);
                return Ok(());
            }
        }
    }
}

fn refused(error: impl std::fmt::Display) -> FillError {
    FillError::Refused(error.to_string())
}

impl Stage {
    fn step(
        &self,
        conn: &mut AnyConnection,
        event: &Event,
        known: &mut BTreeMap<usize, Known>,
    ) -> Result<(), FillError> {
        let lost = || FillError::Refused(format!("comment {} of the plan is not there", event.comment));
        let outline = self.outlines.get(event.comment).ok_or_else(lost)?;
        if event.step == Step::Submit {
            known.insert(event.comment, self.submit(conn, event, outline)?);
            return Ok(());
        }
        let it = known.get_mut(&event.comment).ok_or_else(lost)?;
        let author = self.author(outline)?;
        match event.step {
            Step::Submit => {}
            Step::Decide(outcome) => self.decide(conn, event, it, outcome)?,
            Step::Correct => {
                let body = texts::corrected(self.seed, event.comment, outline, self.body(event.comment, outline)?);
                let answers = Answers::of(body, outline.publication);
                correct(conn, event.at, author, &it.reference, it.version, &answers, &self.stationery())
                    .map_err(refused)?;
                it.revision += 1;
            }
            Step::Appeal => {
                let text = plan::dice(self.seed, event.comment, 5).word(APPEALS).to_owned();
                appeal(conn, event.at, author, &it.reference, it.version, text).map_err(refused)?;
            }
            Step::Withdraw => {
                withdraw(conn, event.at, author, &it.reference, it.version, String::new()).map_err(refused)?;
            }
        }
        it.version += 1;
        Ok(())
    }

    fn submit(&self, conn: &mut AnyConnection, event: &Event, outline: &Outline) -> Result<Known, FillError> {
        let (norm, version) = self.texts.get(outline.norm).ok_or_else(|| refused("no such text"))?;
        let answers = Answers::of(self.body(event.comment, outline)?, outline.publication);
        let id = CommentId::new();
        let submission = Incoming {
            id,
            account: self.author(outline)?,
            norm: norm.id,
            text_version: version.id,
            class: None,
            answers,
            known: None,
        };
        let reference = store_once(conn, event.at, submission, &self.stationery()).map_err(|error| match error {
            SubmitError::Database(error) => FillError::Database(error),
            other => refused(other),
        })?;
        Ok(Known { id, reference, revision: 1, version: 1 })
    }

    fn decide(&self, conn: &mut AnyConnection, event: &Event, it: &Known, outcome: Outcome) -> Result<(), FillError> {
        let mut dice = plan::dice(self.seed, event.comment, 4);
        let item = if outcome == Outcome::Decline { dice.pick(self.vocabulary.reasons.items()) } else { None };
        let statement = match outcome {
            Outcome::Publish => String::new(),
            Outcome::Return => dice.word(REQUESTS).to_owned(),
            Outcome::Decline => item.and_then(|item| item.statement.clone()).unwrap_or_default(),
        };
        let reason = item.map(|item| Reason {
            code: item.code.clone(),
            label: item.label.clone(),
            rule: item.rule.clone().unwrap_or_default(),
        });
        let answer_by = (outcome == Outcome::Return).then(|| event.at + TimeDelta::days(14));
        let verdict = Verdict { outcome, reason, statement, note: dice.word(NOTES).to_owned(), answer_by };
        let by = dice.pick(&self.desk).copied().ok_or_else(|| refused("nobody at the desk"))?;
        let expected = Expected { revision: it.revision, version: it.version, round: 0 };
        let (origin, vocabulary) = (self.origin.clone(), self.vocabulary.clone());
        let letters = Letterhead { origin, appeal_days: APPEAL_DAYS, hold: TimeDelta::zero(), vocabulary, batch: None };
        decide(conn, event.at, by, it.id, expected, &verdict, &letters).map(drop).map_err(refused)
    }

    fn author(&self, outline: &Outline) -> Result<AccountId, FillError> {
        self.authors.get(outline.author).copied().ok_or_else(|| refused("no such author"))
    }

    fn body(&self, number: usize, outline: &Outline) -> Result<Body, FillError> {
        let (_, version) = self.texts.get(outline.norm).ok_or_else(|| refused("no such text"))?;
        Ok(texts::body(self.seed, number, outline, version, &self.vocabulary))
    }

    fn stationery(&self) -> Stationery {
        Stationery { origin: self.origin.clone(), vocabulary: self.vocabulary.clone() }
    }
}
