//! A piece of long work, and when a failed one is tried again. Pure.

use chrono::TimeDelta;

use crate::clock::Moment;
use crate::db::words;
use crate::ids::{AccountId, JobId};

words! {
    /// Where a job stands.
    JobState {
        /// Waits for its turn, or for its next try.
        Queued = "queued",
        /// Under way on some server.
        Running = "running",
        /// Finished; its result is kept.
        Done = "done",
        /// Given up; its result says why.
        Failed = "failed",
    }
}

impl JobState {
    /// Whether it can still change.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Queued | Self::Running)
    }
}

/// A piece of long work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Which.
    pub id: JobId,
    /// What sort of work: the word its room knows it by.
    pub kind: String,
    /// What is to be done, as JSON that its room reads.
    pub payload: String,
    /// Where it stands.
    pub state: JobState,
    /// How much is done.
    pub done: i64,
    /// Of how much; 0 while unknown.
    pub total: i64,
    /// How often it was begun.
    pub attempts: i32,
    /// Who asked for it.
    pub requested_by: AccountId,
    /// What came of it: the room's JSON when done, the last error when tried in vain.
    pub result: String,
    /// When it was asked for.
    pub created_at: Moment,
    /// When it ended.
    pub finished_at: Option<Moment>,
}

/// Tries until a job counts as failed.
pub const MOST_ATTEMPTS: i32 = 3;

/// How long a server may be silent before another takes its job up again.
pub const LEASE: TimeDelta = TimeDelta::minutes(2);

/// The wait after failed try number `attempts` (from 1): half a minute more each time.
pub fn back_off(attempts: i32) -> TimeDelta {
    TimeDelta::seconds(30 * i64::from(attempts.clamp(1, MOST_ATTEMPTS)))
}
