//! A thread that does one thing after the other until it is told to stop. Knows db.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::db::{Db, DbError, DbResult};

/// Calls `work` until `stop`: again at once after it did something (`true`), after a short rest when there was nothing to
/// do, after a longer one when the database failed. Work under way is finished first.
pub fn until_stopped(
    name: &'static str,
    stop: Arc<AtomicBool>,
    work: impl Fn() -> DbResult<bool> + Send + 'static,
) -> std::io::Result<JoinHandle<()>> {
    std::thread::Builder::new().name(name.into()).spawn(move || {
        step_back();
        while !stop.load(Ordering::Relaxed) {
            let rest = match work() {
                Ok(true) => Duration::ZERO,
                Ok(false) => Duration::from_millis(500),
                Err(DbError::Unavailable(_)) => Duration::from_secs(2),
                Err(error) => {
                    tracing::error!(%error, worker = name, "a worker could not read its work");
                    Duration::from_secs(5)
                }
            };
            std::thread::park_timeout(rest);
        }
    })
}

/// Units that wait for the write lane before workers let them pass.
const MANY: i64 = 16;
/// However many wait, a worker has its turn after this time.
const TURN: Duration = Duration::from_secs(2);

/// Lets those who send pass: under a flood what can be done later is done a little at a time.
pub struct Behind {
    db: Db,
    last: Cell<Option<Instant>>,
}

impl Behind {
    /// Behind those who write to `db`.
    pub fn those_who_write(db: Db) -> Self {
        Self { db, last: Cell::new(None) }
    }

    /// Whether a piece of work is to be done now.
    pub fn has_turn(&self) -> bool {
        let has_turn = self.db.lane().waiting() < MANY || self.last.get().is_none_or(|last| last.elapsed() >= TURN);
        if has_turn {
            self.last.set(Some(Instant::now()));
        }
        has_turn
    }
}

/// How far behind those that answer people: of a core that both want, a worker gets a tenth.
#[cfg(target_os = "linux")]
const BEHIND: i32 = 10;

/// Whoever waits for a page comes before letters, exports and what is looked at later. The threads that this one begins
/// are as far behind; others of the process are not.
#[cfg(target_os = "linux")]
fn step_back() {
    // No process named: this thread, on Linux.
    if let Err(error) = rustix::process::setpriority_process(None, BEHIND) {
        tracing::warn!(%error, "a worker is as quick as those that answer");
    }
}

#[cfg(not(target_os = "linux"))]
fn step_back() {}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;
    use crate::db::Target;

    #[test]
    fn under_a_flood_of_writes_a_worker_has_one_turn_and_then_waits() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&Target::Sqlite(folder.path().join("portal.db"))).unwrap();
        let behind = Behind::those_who_write(db.clone());
        assert!(behind.has_turn() && behind.has_turn(), "nobody waits");

        let (go, wait) = mpsc::channel::<()>();
        let (begun, is_begun) = mpsc::channel::<()>();
        let held = db.clone();
        let until_told = move |_: &mut _| Ok::<_, DbError>(begun.send(()).is_ok() && wait.recv().is_ok());
        let first = std::thread::spawn(move || held.write_blocking(until_told));
        is_begun.recv().unwrap();
        let another = |db: Db| std::thread::spawn(move || db.write_blocking(|_| Ok::<_, DbError>(())));
        let others: Vec<_> = (0..=MANY).map(|_| another(db.clone())).collect();
        while db.lane().waiting() < MANY {
            std::thread::yield_now();
        }
        let fresh = Behind::those_who_write(db.clone());
        assert!(fresh.has_turn() && !fresh.has_turn(), "many wait");
        go.send(()).unwrap();
        assert!(first.join().unwrap().unwrap());
        for other in others {
            other.join().unwrap().unwrap();
        }
        assert!(fresh.has_turn(), "nobody waits any more");
    }
}
