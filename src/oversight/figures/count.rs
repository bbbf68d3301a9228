//! Counts each day once, when it is over. Several servers may do so at once: the first one's figures are kept.

use chrono::{Days, NaiveDate, TimeDelta};

use super::model::Counts;
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

/// How often a server begins anew because another one kept some of the days meanwhile.
const TRIES: usize = 5;

/// Every text.
pub fn every_norm(conn: &mut AnyConnection) -> DbResult<Vec<NormId>> {
    Ok(norms::norms(conn)?.into_iter().map(|norm| norm.id).collect())
}

/// Counts the days that are over and not counted yet; how many that were. They are kept together: whoever reads meanwhile
/// has every page made anew once, not once for each day.
pub fn days(db: &Db, now: Moment) -> DbResult<usize> {
    for _ in 0..TRIES {
        let mut counted = Vec::new();
        let mut next = db.read_blocking(first_uncounted)?;
        while let Some(day) = next.filter(|day| *day < (now - SETTLES).date() && counted.len() < MOST_DAYS) {
            let counts = db.read_blocking(|conn| {
                let norms = every_norm(conn)?;
                store::of_day(conn, &norms, day)
            })?;
            counted.push((day, counts));
            next = day.checked_add_days(Days::new(1));
        }
        let many = counted.len();
        match keep(db, now, counted) {
            // Another server was quicker with some of them.
            Err(DbError::Taken(_)) => {}
            kept => return kept.map(|()| many),
        }
    }
    Ok(0)
}

fn keep(db: &Db, now: Moment, counted: Vec<(NaiveDate, Counts)>) -> DbResult<()> {
    if counted.is_empty() {
        return Ok(());
    }
    db.write_blocking(move |conn| {
        for (day, counts) in &counted {
            store::keep(conn, now, *day, counts)?;
        }
        epochs::raise(conn, Scope::Site).map(drop)
    })
}

/// The first day that is not counted; it may not be over.
fn first_uncounted(conn: &mut AnyConnection) -> DbResult<Option<NaiveDate>> {
    match store::last_counted(conn)? {
        Some(last) => Ok(last.checked_add_days(Days::new(1))),
        None => store::first_day(conn),
    }
}
