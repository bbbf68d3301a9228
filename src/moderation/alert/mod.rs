//! Whether so much waits, or for so long, that the Secretariat should know.

mod store;

use chrono::TimeDelta;

use crate::clock::Moment;
use crate::config::Desk;
use crate::db::{AnyConnection, DbResult, words};
use crate::web::Language;

words! {
    /// What was crossed.
    Threshold {
        /// More comments wait than should.
        Waiting = "waiting",
        /// A comment waits longer than it should.
        Age = "age",
    }
}

/// A threshold that is crossed, with the number that the settings give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crossed {
    /// Which.
    pub threshold: Threshold,
    /// So many comments, or hours.
    pub limit: u32,
}

impl Crossed {
    /// What is wrong, in words.
    pub fn words(self, lang: &Language) -> String {
        let limit = self.limit.to_string();
        match self.threshold {
            Threshold::Waiting => lang.plain("alert-waiting", &[("limit", &limit)]),
            Threshold::Age => lang.plain("alert-age", &[("limit", &limit)]),
        }
    }
}

/// The thresholds that are crossed now. Never counts further than the threshold.
pub fn crossed(conn: &mut AnyConnection, now: Moment, desk: Desk) -> DbResult<Vec<Crossed>> {
    let mut found = Vec::new();
    let (waiting, hours) = (desk.alert_waiting, desk.alert_age_hours);
    if waiting > 0 && store::are_waiting(conn, i64::from(waiting))? {
        found.push(Crossed { threshold: Threshold::Waiting, limit: waiting });
    }
    let oldest = if hours > 0 { store::oldest(conn)? } else { None };
    if oldest.is_some_and(|at| now - at >= TimeDelta::hours(i64::from(hours))) {
        found.push(Crossed { threshold: Threshold::Age, limit: hours });
    }
    Ok(found)
}
