//! `[files]`: what may be sent along with comments, and where it is kept.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::files;

/// The section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// The largest file, in mebibytes.
    pub most_mebibytes: u64,
    /// How many files one comment or submission may have.
    pub most_files: usize,
    /// The program that reads documents; `None`: this one.
    pub reader: Option<PathBuf>,
}

impl Files {
    /// Refuses limits that can't be right.
    pub fn check(&self) -> Result<(), String> {
        if (1..=100).contains(&self.most_mebibytes) && (1..=50).contains(&self.most_files) {
            Ok(())
        } else {
            Err("files.most_mebibytes has to be from 1 to 100, files.most_files from 1 to 50".into())
        }
    }

    /// The largest file, in bytes.
    pub fn most_bytes(&self) -> u64 {
        self.most_mebibytes << 20
    }

    /// Opens the store that the settings name.
    pub fn open(&self, data_dir: &Path) -> Result<files::Files, files::FileError> {
        files::Files::in_folder(&data_dir.join("attachments"))
    }
}
