//! Alerts the Secretariat once for each crossing of a threshold.

use super::{mail, store};
use crate::accounts::staff::store as staff;
use crate::clock::{self, Moment};
use crate::config::Desk;
use crate::db::{Db, DbError};
use crate::mail as post;
use crate::moderation::alert::{Crossed, Threshold, crossed};

/// Looks at the thresholds and writes to everybody of the Secretariat where one was crossed since the last look. Of
/// several servers one writes.
pub fn alert(db: &Db, now: Moment, desk: Desk, origin: &str) -> Result<(), DbError> {
    let found = db.read_blocking(|conn| crossed(conn, now, desk))?;
    for threshold in Threshold::ALL {
        let known = db.read_blocking(|conn| store::crossed_at(conn, *threshold))?;
        match (known, found.iter().find(|it| it.threshold == *threshold)) {
            (None, Some(it)) => write(db, now, *it, origin)?,
            (Some(_), None) => db.write_blocking(|conn| store::forget(conn, *threshold))?,
            _ => {}
        }
    }
    Ok(())
}

fn write(db: &Db, now: Moment, it: Crossed, origin: &str) -> Result<(), DbError> {
    let origin = origin.to_owned();
    let written: Result<(), DbError> = db.write_blocking(move |conn| {
        store::note(conn, now, it.threshold)?;
        for person in staff::staff(conn)?.iter().filter(|person| person.is_secretariat()) {
            let key = format!("alert:{}:{}:{}", it.threshold, clock::micros(now), person.account.id);
            post::queue(conn, now, mail::alert(person, key, it, &origin))?;
        }
        Ok(())
    });
    match written {
        // Another server was quicker.
        Err(DbError::Taken(_)) => Ok(()),
        written => written,
    }
}
