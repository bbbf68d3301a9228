//! `[exports]`: files that the Secretariat asks for.

use chrono::TimeDelta;
use serde::Deserialize;

/// The section.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exports {
    /// Days for which a finished file can be downloaded.
    pub keep_days: i64,
}

impl Exports {
    pub(super) fn check(self) -> Result<(), String> {
        if (1..=365).contains(&self.keep_days) {
            return Ok(());
        }
        Err("exports.keep_days must be between 1 and 365".into())
    }

    /// How long a finished file is kept.
    pub fn kept(&self) -> TimeDelta {
        TimeDelta::try_days(self.keep_days).unwrap_or_default()
    }
}
