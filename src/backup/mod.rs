//! Backups: the database, attachments and audit heads in one file, whole or not there, and the way back. Serves every room
//! and knows none; decision 35 says what is in a backup and why.

pub mod make;
pub mod model;
mod owner;
mod pack;
pub mod restore;
pub mod schedule;
mod seal;
pub mod store;
mod unpack;

use std::path::Path;

use crate::config::Config;
use crate::config::FileStore;
use crate::db::Target;

/// What a backup is made of, and whose place a restored one takes.
#[derive(Clone, Copy)]
pub struct Portal<'a> {
    /// The database.
    pub target: &'a Target,
    /// The data folder.
    pub data_dir: &'a Path,
    /// Where attachments are, if they are not in the data folder: a bucket is backed up by whoever keeps it.
    pub bucket: Option<&'a str>,
}

impl<'a> Portal<'a> {
    /// The portal of the settings.
    pub fn of(config: &'a Config, target: &'a Target) -> Self {
        let bucket = match config.files.store {
            FileStore::Folder => None,
            FileStore::S3 => Some(config.files.s3_bucket.as_deref().unwrap_or_default()),
        };
        Self { target, data_dir: &config.data_dir, bucket }
    }
}

/// The part of the data folder with the files of comments.
const ATTACHMENTS: &str = "attachments";

/// The part of the data folder with heads of the audit log.
const HEADS: &str = "audit-heads";

/// The part of a backup with the database.
const DATABASE: &str = "database";

/// The last entry of a backup: it knows all others.
const MANIFEST: &str = "manifest.json";
