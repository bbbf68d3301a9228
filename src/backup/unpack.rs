//! Reads a backup into a folder, and believes nothing of it that was not checked.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Component, Path};

use super::model::{BackupError, FORMAT, Manifest, Part};
use super::seal::{Measured, Sealed};
use super::{ATTACHMENTS, DATABASE, HEADS, MANIFEST};

/// No manifest is longer: some two million files.
const LONGEST_MANIFEST: u64 = 512 << 20;

/// Unpacks the backup at `path` into `folder`; its manifest, once the seal, every size and every digest was found to hold.
pub(super) fn unpack(path: &Path, identity: Option<&Path>, folder: &Path) -> Result<Manifest, BackupError> {
    let mut tar = tar::Archive::new(Sealed::open(path, identity)?);
    let (mut parts, mut manifest) = (Vec::new(), None);
    for entry in tar.entries().map_err(|error| unreadable(&error))? {
        let mut entry = entry.map_err(|error| unreadable(&error))?;
        let name = entry.path().map_err(|error| unreadable(&error))?.to_string_lossy().into_owned();
        if manifest.is_some() || !entry.header().entry_type().is_file() || !is_ours(&name) {
            return Err(broken(&format!("{name:?} is not part of a backup")));
        }
        if name == MANIFEST {
            let mut text = Vec::new();
            entry.by_ref().take(LONGEST_MANIFEST).read_to_end(&mut text).map_err(|error| unreadable(&error))?;
            manifest = Some(serde_json::from_slice::<Manifest>(&text).map_err(|error| broken(&error))?);
        } else {
            parts.push(keep(name, &mut entry, folder)?);
        }
    }
    if !tar.into_inner().end().map_err(|error| unreadable(&error))? {
        return Err(broken(&"it was changed or cut off: its digest is another"));
    }
    let manifest = manifest.ok_or_else(|| broken(&"it has no manifest"))?;
    if manifest.format != FORMAT {
        return Err(broken(&format!("its format is {:?}; this version knows {FORMAT:?}", manifest.format)));
    }
    if manifest.parts != parts {
        return Err(broken(&"its parts are not those of its manifest"));
    }
    Ok(manifest)
}

fn broken(why: &dyn std::fmt::Display) -> BackupError {
    BackupError::Broken(why.to_string())
}

/// What a reader of archives says of bytes that are none is no help, and may be their content.
fn unreadable(error: &io::Error) -> BackupError {
    match error.raw_os_error() {
        Some(_) => broken(error),
        None => broken(&"it is no backup of a portal, or it was changed or cut off"),
    }
}

/// Whether an entry may be called so: nothing that leads anywhere else.
fn is_ours(name: &str) -> bool {
    let mut steps = Vec::new();
    for step in Path::new(name).components() {
        let Component::Normal(step) = step else { return false };
        steps.push(step.to_string_lossy());
    }
    match steps.as_slice() {
        [one] => one == MANIFEST,
        [folder, _] => folder == DATABASE || folder == HEADS,
        [folder, _, _] => folder == ATTACHMENTS,
        _ => false,
    }
}

fn keep(name: String, from: &mut impl io::Read, folder: &Path) -> Result<Part, BackupError> {
    let path = folder.join(&name);
    let failed = |error| BackupError::File(path.clone(), error);
    if let Some(above) = path.parent() {
        fs::create_dir_all(above).map_err(failed)?;
    }
    let mut file = File::options().write(true).create_new(true).open(&path).map_err(failed)?;
    let mut measured = Measured::new(from);
    copy(&mut measured, &mut file, &path)?;
    file.sync_all().map_err(failed)?;
    let size = measured.size;
    let (_, sha256) = measured.end();
    Ok(Part { name, size, sha256 })
}

/// What can't be read is the backup's fault, what can't be written is the disk's.
fn copy(from: &mut impl io::Read, to: &mut impl io::Write, path: &Path) -> Result<(), BackupError> {
    let mut piece = vec![0; 1 << 16];
    loop {
        let read = from.read(&mut piece).map_err(|error| unreadable(&error))?;
        let Some(bytes) = piece.get(..read).filter(|bytes| !bytes.is_empty()) else { return Ok(()) };
        to.write_all(bytes).map_err(BackupError::file(path))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_stay_in_their_folder() {
        for ours in ["manifest.json", "database/comments.jsonl", "audit-heads/2026-11-23.txt", "attachments/ab/018f"] {
            assert!(is_ours(ours), "{ours}");
        }
        for foreign in ["/etc/passwd", "../x", "database/../../x", "database", "attachments/../x", "other/x", ""] {
            assert!(!is_ours(foreign), "{foreign}");
        }
    }
}
