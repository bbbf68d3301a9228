//! `[moderation]`: deciding, undoing and appealing.

use chrono::TimeDelta;
use serde::Deserialize;

/// The section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moderation {
    /// Seconds that the letter about a decision waits, so that the decision can be undone before its author hears of it.
    pub hold_seconds: i64,
    /// Days after a decision in which its author may appeal; the last one counts to its end, UTC.
    pub appeal_days: i64,
}

impl Moderation {
    pub(super) fn check(&self) -> Result<(), String> {
        if !(0..=3_600).contains(&self.hold_seconds) {
            return Err("moderation.hold_seconds must be from 0 to 3600".into());
        }
        if (1..=3_650).contains(&self.appeal_days) {
            return Ok(());
        }
        Err("moderation.appeal_days must be from 1 to 3650".into())
    }

    /// How long a letter about a decision waits.
    pub fn hold(&self) -> TimeDelta {
        TimeDelta::try_seconds(self.hold_seconds).unwrap_or_default()
    }
}
