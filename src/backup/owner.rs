//! Who restores is often root, who serves is not: what was restored belongs to whom its folder belongs to.

use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt as _, lchown};
use std::path::Path;

use super::Portal;
use crate::db::Target;

/// Gives what is in the data folder, and the database beside which other files may lie, to whom their folders belong. A folder
/// of root stays root's: the service that is given it takes all of it (`docs/operations.md`).
pub(super) fn give(portal: &Portal) -> io::Result<()> {
    if let Target::Sqlite(database) = portal.target
        && let (Some(folder), Some(name)) = (database.parent(), database.file_name())
        && folder != portal.data_dir
    {
        let name = name.as_encoded_bytes();
        let (owner, group) = of(folder)?;
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_name().as_encoded_bytes().starts_with(name) {
                give_one(&entry.path(), owner, group)?;
            }
        }
    }
    let (owner, group) = of(portal.data_dir)?;
    give_all(portal.data_dir, owner, group)
}

fn of(folder: &Path) -> io::Result<(u32, u32)> {
    let known = fs::metadata(folder)?;
    Ok((known.uid(), known.gid()))
}

fn give_all(folder: &Path, owner: u32, group: u32) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        give_one(&path, owner, group)?;
        if fs::symlink_metadata(&path)?.is_dir() {
            give_all(&path, owner, group)?;
        }
    }
    Ok(())
}

fn give_one(path: &Path, owner: u32, group: u32) -> io::Result<()> {
    if fs::symlink_metadata(path)?.uid() == owner { Ok(()) } else { lchown(path, Some(owner), Some(group)) }
}
