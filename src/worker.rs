//! A thread that does one thing after the other until it is told to stop. Knows db.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::db::{DbError, DbResult};

/// Calls `work` until `stop`: again at once after it did something (`true`), after a short rest when there was nothing to
/// do, after a longer one when the database failed. Work under way is finished first.
pub fn until_stopped(
    name: &'static str,
    stop: Arc<AtomicBool>,
    work: impl Fn() -> DbResult<bool> + Send + 'static,
) -> std::io::Result<JoinHandle<()>> {
    std::thread::Builder::new().name(name.into()).spawn(move || {
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
