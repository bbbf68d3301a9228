//! A letter on its way, and when a failed one is tried again.

use chrono::TimeDelta;

use crate::db::words;
use crate::ids::MailId;

words! {
    /// Where a letter stands.
    MailState {
        /// Waits for its turn, or for its next try.
        Queued = "queued",
        /// Taken by the receiving server.
        Sent = "sent",
        /// Given up; the Secretariat sees it and can send it again.
        Dead = "dead",
    }
}

/// How long the address and the subject of a letter are kept after it left, and a letter that was given up.
pub const ADDRESSES_KEPT: TimeDelta = TimeDelta::days(90);

/// How the key of a letter begins whose address is kept no longer than its text: until it is sent.
pub const FAREWELL: &str = "farewell:";

/// A letter as a room writes it.
#[derive(Debug, Clone)]
pub struct Letter {
    /// What makes it the only one of its kind: a second letter with the same key is never queued.
    pub once_key: String,
    /// One address.
    pub to: String,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub body: String,
}

/// A letter that is due.
#[derive(Debug, Clone)]
pub struct Due {
    /// Also its Message-ID, the same on every try.
    pub id: MailId,
    /// The address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub body: String,
    /// How often it was tried before.
    pub attempts: i32,
}

/// Tries until a letter counts as dead: the waits add up to about sixteen hours.
pub const MOST_ATTEMPTS: i32 = 12;

/// How long a worker may hold a letter before another may take it.
pub const LEASE: TimeDelta = TimeDelta::minutes(5);

/// The wait after failure number `attempts` (from 1): half a minute, doubled each time, eight hours at the most.
pub fn back_off(attempts: i32) -> TimeDelta {
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(10);
    TimeDelta::seconds(30 * (1 << doublings)).min(TimeDelta::hours(8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_stay_bounded() {
        assert_eq!(back_off(1), TimeDelta::seconds(30));
        assert_eq!(back_off(2), TimeDelta::seconds(60));
        assert_eq!(back_off(MOST_ATTEMPTS), TimeDelta::hours(8));
        assert_eq!(back_off(i32::MAX), TimeDelta::hours(8));
    }
}
