//! The worker that empties the outbox: claim, send, note what came of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use chrono::TimeDelta;
use lettre::message::Mailbox;

use super::store;
use super::transport::{Transport, Undelivered};
use crate::clock::Clock;
use crate::db::{Db, DbResult};
use crate::ids::MailId;
use crate::worker::{self, Behind};

/// Everything a worker needs.
#[derive(Clone)]
pub struct Postman {
    /// Where the outbox is.
    pub db: Db,
    /// When a letter is due.
    pub clock: Clock,
    /// How letters leave.
    pub transport: Transport,
    /// Who they are from.
    pub from: Mailbox,
}

/// How many letters are claimed at once.
const AT_ONCE: u8 = 50;

/// A letter is noted as sent this long after it was taken, or sooner: so many are sent again if the worker is killed.
const NOTED_WITHIN: TimeDelta = TimeDelta::milliseconds(100);

/// No letter is begun when this much of its lease has passed: by its end another worker may take it.
const BEGUN_WITHIN: TimeDelta = TimeDelta::minutes(2);

/// A letter that was claimed, and what came of it; `None`: it was not tried.
type Tried = (MailId, i32, Option<Result<(), Undelivered>>);

impl Postman {
    /// Sends what is due now, fifty letters at the most; returns how many were tried.
    ///
    /// A letter counts as sent after its transport took it. A worker killed in between sends it again after the lease,
    /// with the same Message-ID.
    pub fn round(&self) -> DbResult<usize> {
        self.round_until(&AtomicBool::new(false))
    }

    /// The same, but begins no letter any more after `stop`.
    pub(super) fn round_until(&self, stop: &AtomicBool) -> DbResult<usize> {
        let now = self.clock.now();
        let due = self.db.read_blocking(|conn| store::due(conn, now, i64::from(AT_ONCE)))?;
        if due.is_empty() {
            return Ok(0);
        }
        let claimed = self.clock.now();
        let letters = self.db.write_blocking(move |conn| store::claim(conn, claimed, &due))?;
        let (mut tried, mut outcomes, mut noted) = (0, Vec::new(), claimed);
        for letter in letters {
            let now = self.clock.now();
            let is_too_late = stop.load(Ordering::Relaxed) || now - claimed > BEGUN_WITHIN;
            let outcome = (!is_too_late).then(|| self.transport.deliver(&letter, &self.from, now));
            tried += usize::from(outcome.is_some());
            outcomes.push((letter.id, letter.attempts, outcome));
            if self.clock.now() - noted >= NOTED_WITHIN {
                self.note(std::mem::take(&mut outcomes))?;
                noted = self.clock.now();
            }
        }
        self.note(outcomes)?;
        Ok(tried)
    }

    /// Notes what came of letters, in one transaction.
    fn note(&self, outcomes: Vec<Tried>) -> DbResult<()> {
        if outcomes.is_empty() {
            return Ok(());
        }
        let now = self.clock.now();
        self.db.write_blocking(move |conn| {
            for (id, attempts, outcome) in outcomes {
                match outcome {
                    None => store::give_back(conn, now, id, attempts)?,
                    Some(Ok(())) => store::sent(conn, now, id, attempts)?,
                    Some(Err(Undelivered { reason, permanent })) => {
                        tracing::warn!(mail = %id, attempts, permanent, "a letter was not taken: why is on the page Mail");
                        store::failed(conn, now, id, attempts, &reason, permanent)?;
                    }
                }
            }
            Ok(())
        })
    }

    /// Works until `stop`; a letter in hand is finished first. After a round that was not full it rests, so that letters
    /// gather: a hundred cost little more to claim and to note than one. Those who send go before.
    pub fn work(self, stop: Arc<AtomicBool>) -> std::io::Result<JoinHandle<()>> {
        let (stopped, behind) = (stop.clone(), Behind::those_who_write(self.db.clone()));
        let is_full = move || Ok(behind.has_turn() && self.round_until(&stopped)? >= usize::from(AT_ONCE));
        worker::until_stopped("postman", stop, is_full)
    }
}
