//! `[moderation]`: how long a decision can be undone unseen.

use chrono::TimeDelta;
use serde::Deserialize;

/// The section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moderation {
    /// Seconds that the letter about a decision waits, so that the decision can be undone before its author hears of it.
    pub hold_seconds: i64,
}

impl Moderation {
    pub(super) fn check(&self) -> Result<(), String> {
        if !(0..=3_600).contains(&self.hold_seconds) {
            return Err("moderation.hold_seconds must be between 0 and 3600".into());
        }
        Ok(())
    }

    /// How long a letter about a decision waits.
    pub fn hold(&self) -> TimeDelta {
        TimeDelta::try_seconds(self.hold_seconds).unwrap_or_default()
    }
}
