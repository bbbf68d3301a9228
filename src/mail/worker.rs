//! The worker that empties the outbox: claim, send, note what came of it.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread::JoinHandle;

use lettre::message::Mailbox;

use super::store;
use super::transport::Transport;
use crate::clock::Clock;
use crate::db::{Db, DbResult};
use crate::worker;

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

impl Postman {
    /// Sends what is due now, fifty letters at the most; returns how many were tried.
    ///
    /// A letter counts as sent after its transport took it. A worker killed in between sends it again after the lease,
    /// with the same Message-ID.
    pub fn round(&self) -> DbResult<usize> {
        let mut tried = 0;
        while tried < 50 && self.step()? {
            tried += 1;
        }
        Ok(tried)
    }

    /// Tries the letter that has waited longest; `false` if none is due.
    fn step(&self) -> DbResult<bool> {
        let now = self.clock.now();
        for id in self.db.read_blocking(|conn| store::due(conn, now, 5))? {
            let now = self.clock.now();
            let Some(letter) = self.db.write_blocking(move |conn| store::claim(conn, now, id))? else { continue };
            let attempts = letter.attempts;
            let outcome = self.transport.deliver(&letter, &self.from, now);
            self.db.write_blocking(move |conn| match outcome {
                Ok(()) => store::sent(conn, now, id, attempts),
                Err(undelivered) => {
                    tracing::warn!(mail = %id, attempts, permanent = undelivered.permanent, "a letter was not taken");
                    store::failed(conn, now, id, attempts, &undelivered.reason, undelivered.permanent)
                }
            })?;
            return Ok(true);
        }
        Ok(false)
    }

    /// Works until `stop`; a letter in hand is finished first.
    pub fn work(self, stop: Arc<AtomicBool>) -> std::io::Result<JoinHandle<()>> {
        worker::until_stopped("postman", stop, move || self.step())
    }
}
