//! `[log]`: what is written to standard error, and how.

use serde::Deserialize;

/// The section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// For people or for machines.
    pub format: LogFormat,
    /// `error`, `warn`, `info`, `debug`, or a filter such as `info,norm_portal::mail=debug`.
    pub level: String,
}

const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

impl Log {
    /// Refuses a word that is no level: a filter would take it for the name of a room, and nothing would be logged.
    pub(super) fn check(&self) -> Result<(), String> {
        let is_level = |word: &str| LEVELS.iter().any(|level| word.trim().eq_ignore_ascii_case(level));
        // A comma between brackets stands between the fields of one span.
        let mut open = 0_i32;
        let mut parts = self.level.split(|letter| {
            open += i32::from(letter == '[') - i32::from(letter == ']');
            letter == ',' && open <= 0
        });
        match parts.find(|part| !part.contains(['=', '[']) && !is_level(part)) {
            Some(part) => Err(format!(
                "log.level: {part:?} is none of {}; of one room alone it is written room=level",
                LEVELS.join(", ")
            )),
            None => Ok(()),
        }
    }
}

/// How a line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// A line to read.
    Text,
    /// A JSON object.
    Json,
}
