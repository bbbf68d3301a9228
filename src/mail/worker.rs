//! The worker that empties the outbox: claim, send, note what came of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use lettre::message::Mailbox;

use super::store;
use super::transport::Transport;
use crate::clock::Clock;
use crate::db::{Db, DbError, DbResult};

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
    /// Sends what is due now; returns how many letters were tried.
    ///
    /// A letter counts as sent after its transport took it. A worker killed in between sends it again after the lease,
    /// with the same Message-ID.
    pub fn round(&self) -> DbResult<usize> {
        let now = self.clock.now();
        let due = self.db.read_blocking(|conn| store::due(conn, now, 50))?;
        let mut tried = 0;
        for id in due {
            let now = self.clock.now();
            let Some(letter) = self.db.write_blocking(move |conn| store::claim(conn, now, id))? else { continue };
            tried += 1;
            let outcome = self.transport.deliver(&letter, &self.from, now);
            self.db.write_blocking(move |conn| match outcome {
                Ok(()) => store::sent(conn, now, id),
                Err(undelivered) => {
                    tracing::warn!(mail = %id, attempts = letter.attempts, permanent = undelivered.permanent, "a letter was not taken");
                    store::failed(conn, now, id, letter.attempts, &undelivered.reason, undelivered.permanent)
                }
            })?;
        }
        Ok(tried)
    }

    /// Works until `stop`: a round, then a short rest when there was nothing to do.
    pub fn work(self, stop: Arc<AtomicBool>) -> std::io::Result<JoinHandle<()>> {
        std::thread::Builder::new().name("postman".into()).spawn(move || {
            while !stop.load(Ordering::Relaxed) {
                let rest = match self.round() {
                    Ok(0) => Duration::from_millis(500),
                    Ok(_) => Duration::ZERO,
                    Err(DbError::Unavailable(_)) => Duration::from_secs(2),
                    Err(error) => {
                        tracing::error!(%error, "the outbox could not be read");
                        Duration::from_secs(5)
                    }
                };
                std::thread::park_timeout(rest);
            }
        })
    }
}
