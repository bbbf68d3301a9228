//! What a backup says of itself, how a row about one reads, and what can go wrong.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::clock::Moment;
use crate::db::DbError;

/// How a manifest names what it belongs to.
pub const FORMAT: &str = "norm-portal-backup-1";

/// The last entry of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: String,
    /// The version of the portal that made it.
    pub portal: String,
    /// When, in RFC 3339.
    pub made_at: String,
    /// `sqlite` or `postgresql`: a backup of one is not restored into the other.
    pub database: String,
    /// The migrations that made the tables.
    pub schema: Vec<String>,
    /// Rows of each table.
    pub rows: BTreeMap<String, i64>,
    /// The head of the audit log, `SEQ:HASH`.
    pub audit_head: String,
    /// The files of comments.
    pub attachments: Attachments,
    /// Every other entry, in order.
    pub parts: Vec<Part>,
}

/// How the files of comments are in a backup.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachments {
    /// The bucket they stay in; `None`: they are in the backup.
    pub bucket: Option<String>,
    /// How many are in the backup.
    pub files: usize,
    /// Ids of those that the database names and nobody could read, or whose content is not what was stored.
    pub lost: Vec<String>,
    /// How many the portal threw away while the backup was made.
    pub gone: usize,
}

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
}

/// A backup that was made.
#[derive(Debug)]
pub struct Made {
    /// The size of the file.
    pub size: u64,
    /// The SHA-256 of the file.
    pub sha256: String,
    /// What it holds.
    pub manifest: Manifest,
}

/// A backup as the portal remembers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// The name of its file.
    pub name: String,
    /// When it was begun.
    pub begun_at: Moment,
    /// When it was whole, or failed; `None`: somebody is at it, or was killed.
    pub ended_at: Option<Moment>,
    /// Why it failed; empty if it did not.
    pub error: String,
}

/// Why there is no backup, or nothing was restored. For the operator.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
    /// A file can't be read or written.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// There is a file of this name.
    #[error("{0} is there already; a backup never goes over another one")]
    Exists(PathBuf),
    /// The recipient or the identity can't be used.
    #[error("{0}")]
    Key(String),
    /// The file is not what was written.
    #[error("the backup can't be used, and nothing was changed: {0}")]
    Broken(String),
    /// It is whole, but not for here and now.
    #[error("nothing was changed: {0}")]
    Refused(String),
}

impl BackupError {
    /// For `map_err`: what happened to which file.
    pub fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |error| Self::File(path, error)
    }
}
