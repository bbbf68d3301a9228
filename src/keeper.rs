//! House-keeping: a worker that once an hour throws away what is past its time and does what is due once a day. Knows db
//! and clock; what there is to do it is told.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::thread::JoinHandle;

use chrono::TimeDelta;

use crate::clock::{self, Clock, Moment};
use crate::db::{Db, DbResult};
use crate::worker;

/// Throws away what is past its time at a moment; how many things that were. Several servers may do it at once.
pub type Sweep = Arc<dyn Fn(&Db, Moment) -> DbResult<usize> + Send + Sync>;

/// One thing to be kept tidy.
#[derive(Clone)]
pub struct Step {
    /// For the log.
    pub name: &'static str,
    /// Does it.
    pub run: Sweep,
}

/// Everything the worker needs.
#[derive(Clone)]
pub struct Keeper {
    /// Where things lie.
    pub db: Db,
    /// When they are past their time.
    pub clock: Clock,
    /// What is to be kept tidy, in this order.
    pub steps: Vec<Step>,
}

/// How long a round is good for.
const BETWEEN_ROUNDS: TimeDelta = TimeDelta::hours(1);

impl Keeper {
    /// Takes every step once; how many things were thrown away.
    pub fn round(&self) -> DbResult<usize> {
        let now = self.clock.now();
        let (mut all, mut failed) = (0, None);
        for step in &self.steps {
            // One that fails keeps none of the others from being taken: backups are the last.
            let gone = match (step.run)(&self.db, now) {
                Ok(gone) => gone,
                Err(error) => {
                    tracing::error!(step = step.name, %error, "a step of the keeper failed");
                    failed = failed.or(Some(error));
                    continue;
                }
            };
            if gone > 0 {
                tracing::info!(step = step.name, gone, "thrown away");
            }
            all += gone;
        }
        failed.map_or(Ok(all), Err)
    }

    /// Takes a round now and every hour until `stop`; a round under way is finished first.
    pub fn work(self, stop: Arc<AtomicBool>) -> std::io::Result<JoinHandle<()>> {
        let next = AtomicI64::new(i64::MIN);
        worker::until_stopped("keeper", stop, move || {
            let now = self.clock.now();
            if clock::micros(now) >= next.load(Ordering::Relaxed) {
                self.round()?;
                next.store(clock::micros(now + BETWEEN_ROUNDS), Ordering::Relaxed);
            }
            Ok(false)
        })
    }
}
