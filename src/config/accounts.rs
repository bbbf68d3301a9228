//! `[accounts]`: passwords and sessions.

use chrono::TimeDelta;
use serde::Deserialize;

/// The section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accounts {
    /// Passwords hashed at the same time.
    pub parallel_hashes: usize,
    /// Passwords that may wait for their turn; past that, 503.
    pub waiting_hashes: usize,
    /// Minutes after which an unused session ends.
    pub session_idle_minutes: i64,
    /// Days after which every session ends.
    pub session_days: i64,
}

impl Accounts {
    pub(super) fn check(&self) -> Result<(), String> {
        if self.parallel_hashes == 0 {
            return Err("accounts.parallel_hashes must be at least 1".into());
        }
        if self.session_idle_minutes < 1 || self.session_days < 1 {
            return Err("accounts.session_idle_minutes and accounts.session_days must be at least 1".into());
        }
        Ok(())
    }

    /// How long a session may rest.
    pub fn idle(&self) -> TimeDelta {
        TimeDelta::try_minutes(self.session_idle_minutes).unwrap_or(TimeDelta::MAX)
    }

    /// How long a session may last.
    pub fn lifetime(&self) -> TimeDelta {
        TimeDelta::try_days(self.session_days).unwrap_or(TimeDelta::MAX)
    }
}
