//! How the gate stands, and the ways through it. Pure.

use crate::clock::Moment;
use crate::db::words;

words! {
    /// How somebody came through.
    Way {
        /// Their browser did the work that was asked for.
        Proof = "proof",
        /// They waited.
        Waiting = "waiting",
    }
}

/// How the gate stands.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// Counts its changes.
    pub version: i64,
    /// Since when it is closed; `None` if it never was, or was opened by hand.
    pub since: Option<Moment>,
    /// Until when: then it opens by itself.
    pub until: Option<Moment>,
    /// Why it was closed or opened last.
    pub grounds: String,
    /// What challenges and passes are signed with: another one each time that it is closed.
    pub key: Vec<u8>,
}

impl Standing {
    /// Whether it is closed at `now`.
    pub fn is_closed(&self, now: Moment) -> bool {
        self.until.is_some_and(|until| now < until)
    }
}

/// How many hours the gate may be closed for at once.
pub const HOURS: [i64; 4] = [1, 4, 12, 24];

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::clock::from_micros;

    #[test]
    fn it_opens_by_itself() {
        let now = from_micros(1_700_000_000_000_000);
        let standing = Standing { until: Some(now), ..Standing::default() };
        assert!(standing.is_closed(now - TimeDelta::microseconds(1)) && !standing.is_closed(now));
        assert!(!Standing::default().is_closed(now));
    }
}
