//! Counts each day once, when it is over. Several servers may do so at once: the first one's figures are kept.

use chrono::{Days, NaiveDate, TimeDelta};

use super::store;
use crate::clock::Moment;
use crate::db::{AnyConnection, Db, DbError, DbResult};
use crate::epochs::{self, Scope};
use crate::ids::NormId;
use crate::norms::store as norms;

/// How long after its end a day is counted: what was sent before midnight is stored by then, and what was decided by
/// mistake is taken back.
const SETTLES: TimeDelta = TimeDelta::hours(1);

/// Days that are counted in one round.
const MOST_DAYS: usize = 400;

/// Every text.
pub fn every_norm(conn: &mut AnyConnection) -> DbResult<Vec<NormId>> {
    Ok(norms::norms(conn)?.into_iter().map(|norm| norm.id).collect())
}

/// Counts the days that are over and not counted yet; how many that were.
pub fn days(db: &Db, now: Moment) -> DbResult<usize> {
    let mut counted = 0;
    while counted < MOST_DAYS {
        let Some(day) = db.read_blocking(|conn| next(conn, now))? else { break };
        let counts = db.read_blocking(|conn| {
            let norms = every_norm(conn)?;
            store::of_day(conn, &norms, day)
        })?;
        let kept = db.write_blocking(move |conn| {
            store::keep(conn, now, day, &counts)?;
            epochs::raise(conn, Scope::Site).map(drop)
        });
        match kept {
            // Another server was quicker.
            Ok(()) | Err(DbError::Taken(_)) => counted += 1,
            Err(error) => return Err(error),
        }
    }
    Ok(counted)
}

/// The first day that is over and not counted.
fn next(conn: &mut AnyConnection, now: Moment) -> DbResult<Option<NaiveDate>> {
    let over = (now - SETTLES).date();
    let day = match store::last_counted(conn)? {
        Some(last) => last.checked_add_days(Days::new(1)),
        None => store::first_day(conn)?,
    };
    Ok(day.filter(|day| *day < over))
}
