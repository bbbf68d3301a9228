//! Writes the entries of a backup.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::model::{Attachments, BackupError, Manifest, Part};
use super::seal::{Measured, Sealing};
use super::{ATTACHMENTS, DATABASE, HEADS, MANIFEST};
use crate::audit::Head;
use crate::db::DbResult;

/// A backup that is being filled.
pub(super) struct Packing {
    tar: tar::Builder<Sealing>,
    /// What is in it so far.
    pub(super) parts: Vec<Part>,
    seconds: u64,
}

impl Packing {
    /// `seconds` since 1970 is when every entry says it was made.
    pub(super) fn begin(out: Sealing, seconds: u64) -> Self {
        Self { tar: tar::Builder::new(out), parts: Vec::new(), seconds }
    }

    fn append(&mut self, name: String, size: u64, from: impl Read) -> io::Result<&Part> {
        let mut header = tar::Header::new_gnu();
        header.set_size(size);
        header.set_mode(0o600);
        header.set_mtime(self.seconds);
        let mut measured = Measured::new(from.take(size));
        self.tar.append_data(&mut header, &name, &mut measured)?;
        if measured.size != size {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it grew shorter while it was read"));
        }
        let (_, sha256) = measured.end();
        self.parts.push(Part { name, size, sha256 });
        self.parts.last().ok_or_else(|| io::Error::other("nothing was written"))
    }

    fn append_file(&mut self, name: String, path: &Path) -> Result<&Part, BackupError> {
        let file = File::open(path).map_err(BackupError::file(path))?;
        let size = file.metadata().map_err(BackupError::file(path))?.len();
        self.append(name, size, file).map_err(BackupError::file(path))
    }

    /// The files of a copied database.
    pub(super) fn database(&mut self, folder: &Path) -> Result<(), BackupError> {
        for path in sorted(folder)?.into_iter().filter(|path| path.is_file()) {
            self.append_file(format!("{DATABASE}/{}", name(&path)), &path)?;
        }
        Ok(())
    }

    /// Heads of the audit log.
    pub(super) fn heads(&mut self, data_dir: &Path, last: i64) -> Result<(), BackupError> {
        let is_head = |path: &PathBuf| {
            path.extension().is_some_and(|ending| ending == "txt")
                && Head::read(path).is_ok_and(|head| head.seq <= last)
        };
        for path in sorted(&data_dir.join(HEADS))?.into_iter().filter(is_head) {
            self.append_file(format!("{HEADS}/{}", name(&path)), &path)?;
        }
        Ok(())
    }

    /// The files of comments that the copied database knows, by id and SHA-256; `is_still` says whether the portal knows
    /// one now.
    pub(super) fn attachments(
        &mut self,
        data_dir: &Path,
        known: &[(String, String)],
        is_still: impl Fn(&str) -> DbResult<bool>,
    ) -> Result<Attachments, BackupError> {
        let mut told = Attachments::default();
        for (id, sha256) in known {
            let place = place(id);
            match self.append_file(format!("{ATTACHMENTS}/{place}"), &data_dir.join(ATTACHMENTS).join(&place)) {
                Ok(part) => {
                    told.files += 1;
                    if part.sha256 != *sha256 {
                        told.lost.push(id.clone());
                    }
                }
                Err(BackupError::File(_, error)) if error.kind() == io::ErrorKind::NotFound => {
                    if is_still(id)? {
                        told.lost.push(id.clone());
                    } else {
                        told.gone += 1;
                    }
                }
                Err(error) => return Err(error),
            }
        }
        Ok(told)
    }

    /// Ends it with its manifest; the size and the SHA-256 of the file.
    pub(super) fn end(mut self, manifest: &Manifest) -> io::Result<(u64, String)> {
        let text = serde_json::to_vec_pretty(manifest)?;
        self.append(MANIFEST.to_owned(), text.len() as u64, text.as_slice())?;
        self.tar.into_inner()?.end()
    }
}

/// Where the bytes of a file lie in their folder: below the last two characters of its id.
fn place(id: &str) -> String {
    let folder: String = id.chars().rev().take(2).collect();
    format!("{folder}/{id}")
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// What is in a folder, by name; nothing if it is not there.
fn sorted(folder: &Path) -> Result<Vec<PathBuf>, BackupError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(BackupError::file(folder))?,
    };
    let mut found = Vec::new();
    for entry in entries {
        found.push(entry.map_err(BackupError::file(folder))?.path());
    }
    found.sort();
    Ok(found)
}
