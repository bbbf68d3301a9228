//! The worker that does the jobs: claim, run, keep the lease alive, note what came of it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use chrono::TimeDelta;

use super::model::Job;
use super::store;
use crate::clock::Clock;
use crate::db::{Db, DbResult};
use crate::worker;

/// Does one job: takes it and a place to report (done, total); returns its result, or why it failed in words for staff.
pub type Runner = Arc<dyn Fn(&Job, &mut dyn FnMut(i64, i64)) -> Result<String, String> + Send + Sync>;

/// Progress is written at most this often.
const BETWEEN_REPORTS: TimeDelta = TimeDelta::seconds(1);

/// The lease is renewed this often, whatever the job is doing.
const BETWEEN_RENEWALS: Duration = Duration::from_secs(30);

/// A round ends after so many jobs, even if more are due.
const MOST_IN_A_ROUND: usize = 20;

/// Everything a worker needs.
#[derive(Clone)]
pub struct Clerk {
    /// Where the jobs are.
    pub db: Db,
    /// When one is due.
    pub clock: Clock,
    /// How they are done.
    pub runner: Runner,
}

impl Clerk {
    /// Does what is due now, one job after the other; returns how many were begun.
    ///
    /// A job whose server is killed is taken up again from its beginning after its lease, three times at most.
    pub fn round(&self) -> DbResult<usize> {
        let mut begun = 0;
        while begun < MOST_IN_A_ROUND && self.step()? {
            begun += 1;
        }
        Ok(begun)
    }

    /// Does the job that has waited longest; `false` if there is none to begin.
    fn step(&self) -> DbResult<bool> {
        let now = self.clock.now();
        for id in self.db.read_blocking(|conn| store::due(conn, now, 5))? {
            let now = self.clock.now();
            if let Some(job) = self.db.write_blocking(move |conn| store::claim(conn, now, id))? {
                self.run(&job)?;
                return Ok(true);
            }
        }
        self.give_up_silent()?;
        Ok(false)
    }

    fn give_up_silent(&self) -> DbResult<()> {
        let now = self.clock.now();
        if !self.db.read_blocking(|conn| store::any_silent(conn, now))? {
            return Ok(());
        }
        let given_up = self
            .db
            .write_blocking(move |conn| store::give_up_silent(conn, now, "The server stopped during each attempt."))?;
        tracing::error!(given_up, "jobs failed: their server stopped during each attempt");
        Ok(())
    }

    fn run(&self, job: &Job) -> DbResult<()> {
        let (id, attempt) = (job.id, job.attempts);
        let outcome = self.while_renewing(job, || {
            let mut reported = None;
            let mut report = |done, total| {
                let now = self.clock.now();
                if reported.is_some_and(|at| now - at < BETWEEN_REPORTS) {
                    return;
                }
                reported = Some(now);
                let noted = self.db.write_blocking(move |conn| store::progress(conn, now, id, attempt, done, total));
                note(job, "progress", noted);
            };
            catch_unwind(AssertUnwindSafe(|| (self.runner)(job, &mut report)))
                .unwrap_or_else(|_| Err("A fault of the portal stopped it.".into()))
        });
        let now = self.clock.now();
        let kept = self.db.write_blocking(move |conn| match outcome {
            Ok(result) => store::finish(conn, now, id, attempt, &result),
            Err(error) => {
                tracing::warn!(job = %id, attempt, error, "a job failed");
                store::fail(conn, now, id, attempt, &error)
            }
        })?;
        if !kept {
            tracing::warn!(job = %id, attempt, "a job had gone to another worker");
        }
        Ok(())
    }

    /// Runs `work` while a second thread keeps the job's lease alive.
    fn while_renewing<T>(&self, job: &Job, work: impl FnOnce() -> T) -> T {
        std::thread::scope(|scope| {
            let (over, wait) = channel::<()>();
            scope.spawn(move || {
                while wait.recv_timeout(BETWEEN_RENEWALS) == Err(RecvTimeoutError::Timeout) {
                    let (now, id, attempt) = (self.clock.now(), job.id, job.attempts);
                    let renewed = self.db.write_blocking(move |conn| store::renew(conn, now, id, attempt));
                    note(job, "lease", renewed);
                }
            });
            let done = work();
            drop(over);
            done
        })
    }

    /// Works until `stop`; a job under way is finished first.
    pub fn work(self, stop: Arc<AtomicBool>) -> std::io::Result<JoinHandle<()>> {
        worker::until_stopped("clerk", stop, move || self.step())
    }
}

/// Logs a report that was not kept. The work goes on: only its last write decides whose job it is.
fn note(job: &Job, what: &str, kept: DbResult<bool>) {
    match kept {
        Ok(true) => {}
        Ok(false) => tracing::warn!(job = %job.id, what, "a job had gone to another worker"),
        Err(error) => tracing::warn!(job = %job.id, what, %error, "a report of a job was not kept"),
    }
}
