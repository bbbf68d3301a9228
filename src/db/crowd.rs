//! How many writes are in hand, and whether many were lately: then those who can wait let people pass.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Writes in hand that are a crowd: each is one person's who waits for an answer.
const MANY: i64 = 16;

/// Counts the writes that somebody waits for. On SQLite those of one commit are answered together, and for a moment
/// nothing is in hand in the middle of a flood: so it remembers when there were many.
#[derive(Default)]
pub(super) struct Crowd {
    in_hand: AtomicI64,
    last: Mutex<Option<Instant>>,
}

/// One write, counted until it is answered.
pub(super) struct InHand<'a>(&'a Crowd);

impl Crowd {
    /// Counts one more.
    pub(super) fn enter(&self) -> InHand<'_> {
        if self.in_hand.fetch_add(1, Ordering::Relaxed) + 1 >= MANY {
            *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        }
        InHand(self)
    }

    /// Whether many are in hand, or were within `lately`.
    pub(super) fn is_there(&self, lately: Duration) -> bool {
        let last = *self.last.lock().unwrap_or_else(PoisonError::into_inner);
        self.in_hand.load(Ordering::Relaxed) >= MANY || last.is_some_and(|last| last.elapsed() < lately)
    }
}

impl Drop for InHand<'_> {
    fn drop(&mut self) {
        self.0.in_hand.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowd_is_remembered_when_all_are_answered_at_once() {
        let crowd = Crowd::default();
        let few: Vec<_> = (1..MANY).map(|_| crowd.enter()).collect();
        assert!(!crowd.is_there(Duration::MAX), "one less is none");
        let one_more = crowd.enter();
        assert!(crowd.is_there(Duration::ZERO));
        drop((few, one_more));
        assert!(!crowd.is_there(Duration::ZERO), "it is gone");
        assert!(crowd.is_there(Duration::MAX), "and was there");
        assert_eq!(crowd.in_hand.load(Ordering::Relaxed), 0);
    }
}
