//! `[received]`: comments that staff enter for their authors.

use chrono::TimeDelta;
use serde::Deserialize;

/// The section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Received {
    /// Days after the end of the consultation in which comments may be entered that came before it.
    pub days_after_closing: i64,
}

impl Received {
    pub(super) fn check(&self) -> Result<(), String> {
        if (0..=365).contains(&self.days_after_closing) {
            return Ok(());
        }
        Err("received.days_after_closing must be between 0 and 365".into())
    }

    /// How long after the end of the consultation comments may be entered.
    pub fn grace(&self) -> TimeDelta {
        TimeDelta::try_days(self.days_after_closing).unwrap_or_default()
    }
}
