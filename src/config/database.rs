//! `[database]`: which one.

use std::path::Path;

use serde::Deserialize;

use super::Secret;
use crate::db::Target;

/// The section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `sqlite://...` or `postgres://...`; may hold a password. `None`: a file in the data folder.
    pub url: Option<Secret>,
}

impl Database {
    pub(super) fn check(&self) -> Result<(), String> {
        self.target(Path::new("")).map(drop)
    }

    /// The database that is meant.
    pub fn target(&self, data_dir: &Path) -> Result<Target, String> {
        match &self.url {
            None => Ok(Target::Sqlite(data_dir.join("norm-portal.db"))),
            Some(url) => Target::parse(url.reveal()).map_err(|error| error.to_string()),
        }
    }
}
