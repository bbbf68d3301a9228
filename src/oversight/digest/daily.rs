//! The digest: one letter a day to each person at the desk who wants it.

use std::path::Path;

use chrono::{Days, NaiveDate};

use super::mail::{self, Digest};
use crate::accounts::staff::model::Person;
use crate::accounts::staff::store as staff;
use crate::audit;
use crate::audit::{Head, heads};
use crate::clock::Moment;
use crate::comments::model::State;
use crate::db::{AnyConnection, Db, DbError, DbResult};
use crate::mail as post;
use crate::moderation::model::Outcome;
use crate::moderation::reports;
use crate::norms::store as norms;
use crate::oversight::figures::model::{Measure, Summary};
use crate::oversight::figures::{count, store as figures};

/// Keeps the first head of the audit log of the day in the data folder, and sends today's digest to everybody who has
/// not had it. Several servers may do so at once: each person gets one letter a day.
pub fn send(db: &Db, now: Moment, data_dir: &Path, origin: &str) -> Result<(), DbError> {
    let today = now.date();
    let head = keep_head(db, data_dir, today)?;
    let wanting: Vec<Person> = db.read_blocking(|conn| wanting(conn, today))?;
    if wanting.is_empty() {
        return Ok(());
    }
    let digest = db.snapshot_blocking(|conn| digest(conn, now, head))?;
    for person in wanting {
        let letter = mail::digest(&person, key(today, &person), &digest, now, origin);
        match db.write_blocking(move |conn| post::queue(conn, now, letter)) {
            // Another server was quicker.
            Ok(()) | Err(DbError::Taken(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// What makes the letter the only one of the day to that person.
fn key(day: NaiveDate, person: &Person) -> String {
    format!("digest:{day}:{}", person.account.id)
}

/// Today's head as it was kept first; if the folder can't be written, the head as it is.
fn keep_head(db: &Db, data_dir: &Path, today: NaiveDate) -> Result<Head, DbError> {
    let head = db.read_blocking(audit::store::head)?;
    if let Err(error) = heads::keep(data_dir, today, &head) {
        tracing::error!(%error, "the head of the audit log could not be kept");
    }
    Ok(Head::read(&heads::file(data_dir, today)).unwrap_or(head))
}

/// Who is to get today's digest: staff who may sign in, want it and have not had it.
fn wanting(conn: &mut AnyConnection, today: NaiveDate) -> DbResult<Vec<Person>> {
    let mut wanting = Vec::new();
    for person in staff::staff(conn)? {
        if person.is_staff() && person.digest && !post::store::is_queued(conn, &key(today, &person))? {
            wanting.push(person);
        }
    }
    Ok(wanting)
}

fn digest(conn: &mut AnyConnection, now: Moment, head: Head) -> DbResult<Digest> {
    let yesterday = now.date().checked_sub_days(Days::new(1)).unwrap_or_default();
    let ids = count::every_norm(conn)?;
    let mut day = Summary::default();
    day.add_counts(&figures::of_day(conn, &ids, yesterday)?, None);
    let waiting = figures::waiting_everywhere(conn, State::Pending)?;
    let mut by_norm = Vec::new();
    for norm in norms::norms(conn)? {
        let it = figures::waiting(conn, State::Pending, norm.id)?;
        if it.count > 0 {
            by_norm.push((norm.title, it));
        }
    }
    let decided = |outcome: &Outcome| {
        let word = outcome.as_str();
        (*outcome, day.one(Measure::Decided, word) + day.one(Measure::Answered, word))
    };
    Ok(Digest {
        waiting,
        by_norm,
        appeals: figures::waiting_everywhere(conn, State::Appealed)?.count,
        reports: reports::staff_pages::open(conn)?,
        yesterday,
        received: day.all(Measure::Received),
        decided: Outcome::ALL.iter().map(decided).collect(),
        head: head.to_string(),
    })
}
