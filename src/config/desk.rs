//! `[desk]`: when the Secretariat is alerted.

use serde::Deserialize;

/// The section.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Desk {
    /// Waiting comments from which on the Secretariat is alerted; 0: never.
    pub alert_waiting: u32,
    /// Hours that a comment may wait until the Secretariat is alerted; 0: any time.
    pub alert_age_hours: u32,
}
