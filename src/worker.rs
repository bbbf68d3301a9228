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

/// So long after a crowd of people who write, workers still let them pass.
const LATELY: Duration = Duration::from_millis(250);
/// However many write, a worker has its turn after this time.
const TURN: Duration = Duration::from_secs(5);

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

    /// Whether many people write now: then a turn is to be a short one.
    pub fn is_crowded(&self) -> bool {
        self.db.is_crowded(LATELY)
    }

    /// Whether a piece of work is to be done now.
    pub fn has_turn(&self) -> bool {
        let has_turn = !self.is_crowded() || self.last.get().is_none_or(|last| last.elapsed() >= TURN);
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
    use std::pin::Pin;
    use std::sync::mpsc;

    use futures_util::FutureExt as _;
    use futures_util::future::join_all;

    use super::*;
    use crate::db::Target;

    type Answer<'a> = Pin<Box<dyn Future<Output = DbResult<()>> + 'a>>;

    /// Puts a write in the lane, behind those that were put there before; its answer is still to come.
    fn sent(db: &Db, unit: impl FnOnce() + Send + 'static) -> Answer<'_> {
        let unit = move |_: &mut _| {
            unit();
            Ok(())
        };
        let mut answer: Answer<'_> = Box::pin(db.write(unit));
        assert!(answer.as_mut().now_or_never().is_none());
        answer
    }

    /// A write that tells when it is begun and waits to be told to go on.
    fn held(db: &Db) -> (Answer<'_>, mpsc::Receiver<()>, mpsc::Sender<()>) {
        let ((tell, begun), (go, wait)) = (mpsc::channel(), mpsc::channel());
        let unit = move || {
            tell.send(()).unwrap();
            wait.recv().unwrap();
        };
        (sent(db, unit), begun, go)
    }

    #[test]
    fn under_a_flood_of_writes_a_worker_has_one_turn_and_then_waits() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&Target::Sqlite(folder.path().join("portal.db"))).unwrap();
        let behind = Behind::those_who_write(db.clone());
        assert!(behind.has_turn() && behind.has_turn(), "nobody writes");

        // All share one commit, and none is answered before it: while the last is made, nothing waits to be begun.
        let (first, is_first_begun, end_first) = held(&db);
        is_first_begun.recv().unwrap();
        let mut answers: Vec<_> = (0..20).map(|_| sent(&db, || {})).collect();
        let (last, is_last_begun, end_last) = held(&db);
        answers.extend([first, last]);
        end_first.send(()).unwrap();
        is_last_begun.recv().unwrap();
        let fresh = Behind::those_who_write(db.clone());
        assert!(fresh.has_turn() && !fresh.has_turn(), "many are in hand");
        end_last.send(()).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        assert!(runtime.block_on(join_all(answers)).iter().all(Result::is_ok));
        assert!(!db.is_crowded(Duration::ZERO), "all are answered");
    }
}
