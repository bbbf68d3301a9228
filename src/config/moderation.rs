//! `[moderation]`: deciding and appealing.

use serde::Deserialize;

/// The section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moderation {
    /// Days after a decision in which its author may appeal; the last one counts to its end, UTC.
    pub appeal_days: i64,
}

impl Moderation {
    pub(super) fn check(&self) -> Result<(), String> {
        if (1..=3_650).contains(&self.appeal_days) {
            return Ok(());
        }
        Err("moderation.appeal_days must be from 1 to 3650".into())
    }
}
