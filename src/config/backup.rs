//! `[backup]`: which backups the portal makes by itself, and for whom they are encrypted.

use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use chrono::TimeDelta;
use serde::Deserialize;

/// The section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Backup {
    /// Hours between two backups; 0: none by itself.
    pub every_hours: i64,
    /// How many of them are kept.
    pub keep: usize,
    /// Where they go; `None`: `backups` in the data folder.
    pub folder: Option<PathBuf>,
    /// Whom every backup is encrypted for: a recipient of age. `None`: not encrypted.
    pub recipient: Option<String>,
}

impl Backup {
    pub(super) fn check(&self) -> Result<(), String> {
        if !(0..=8_760).contains(&self.every_hours) || !(1..=1_000).contains(&self.keep) {
            return Err("backup.every_hours has to be from 0 to 8760, backup.keep from 1 to 1000".into());
        }
        match &self.recipient {
            Some(recipient) => age::x25519::Recipient::from_str(recipient)
                .map(drop)
                .map_err(|error| format!("backup.recipient {recipient:?} is no recipient of age: {error}")),
            None => Ok(()),
        }
    }

    /// The time between two backups, if the portal makes any by itself.
    pub fn every(&self) -> Option<TimeDelta> {
        TimeDelta::try_hours(self.every_hours).filter(|every| *every > TimeDelta::zero())
    }

    /// Where they go.
    pub fn folder(&self, data_dir: &Path) -> PathBuf {
        self.folder.clone().unwrap_or_else(|| data_dir.join("backups"))
    }
}
