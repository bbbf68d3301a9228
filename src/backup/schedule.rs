//! Backups that the portal makes by itself, and how many of them it keeps.

use std::fs::{self, DirBuilder};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;

use super::make::{STAGE, make};
use super::model::{BackupError, Made};
use super::{Portal, store};
use crate::clock::{self, Moment};
use crate::config::Config;
use crate::db::{Db, DbError, DbResult};
use crate::ids::BackupId;

/// What the names of these backups begin with.
const BEGIN: &str = "norm-portal-";

/// What a copy of a database that was given up is left to lie.
const STALE: std::time::Duration = std::time::Duration::from_secs(24 * 60 * 60);

/// Makes a backup if one is due and removes what are too many of them; how many were removed. One that fails is
/// remembered and told in the log: nothing else has to wait for it.
pub fn round(db: &Db, config: &Config, now: Moment) -> DbResult<usize> {
    let Some(every) = config.backup.every() else { return Ok(0) };
    let folder = config.backup.folder(&config.data_dir);
    let ending = if config.backup.recipient.is_some() { ".age" } else { "" };
    let out = folder.join(format!("{BEGIN}{}.tar{ending}", now.format("%Y%m%dT%H%M%SZ")));
    let name = out.display().to_string();
    let Some(id) = db.write_blocking(move |conn| store::begin_if_due(conn, now, every, &name))? else { return Ok(0) };
    let made = attempt(config, now, &folder, &out);
    match made {
        Ok(made) => {
            tracing::info!(file = %out.display(), size = made.size, "a backup was made");
            for lost in &made.manifest.attachments.lost {
                tracing::error!(file = lost, "a file of a comment is missing or damaged: the backup is without it");
            }
            note(db, now, id, Ok(made))?;
            thin(&folder, config.backup.keep)
        }
        Err(error) => {
            tracing::error!(%error, "no backup could be made");
            note(db, now, id, Err(error.to_string()))?;
            Ok(0)
        }
    }
}

fn attempt(config: &Config, now: Moment, folder: &Path, out: &Path) -> Result<Made, BackupError> {
    let target = config.database.target(&config.data_dir).map_err(BackupError::Key)?;
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(BackupError::file(folder))?;
    forget_stages(&config.data_dir, now);
    make(&Portal::of(config, &target), now, config.backup.recipient.as_deref(), out)
}

/// Notes how a backup ended.
pub fn note(db: &Db, now: Moment, id: BackupId, made: Result<Made, String>) -> DbResult<()> {
    db.write_blocking(move |conn| store::end(conn, now, id, made.as_ref().map_err(String::as_str)))
}

/// Removes all but the newest `keep` of the files in the folder that are called as ours, and what was begun before those
/// and given up; how many files that were. By their names, which hold the time: a database that was restored does not
/// remember the latest of them.
fn thin(folder: &Path, keep: usize) -> DbResult<usize> {
    let unreadable = |error: std::io::Error| DbError::Unavailable(format!("the folder for backups: {error}"));
    let (mut whole, mut half) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let Some(rest) = name.strip_prefix(BEGIN).filter(|rest| begins_with_time(rest)) else { continue };
        match rest.split('.').skip(1).collect::<Vec<_>>().as_slice() {
            ["tar"] | ["tar", "age"] => whole.push(path),
            ["tar", .., "part"] => half.push(path),
            _ => {}
        }
    }
    whole.sort();
    let kept = whole.split_off(whole.len().saturating_sub(keep));
    let (mut gone, oldest) = (whole, kept.first());
    gone.extend(half.into_iter().filter(|path| oldest.is_some_and(|oldest| path < oldest)));
    for path in &gone {
        fs::remove_file(path).map_err(unreadable)?;
    }
    Ok(gone.len())
}

/// Whether what follows our name is the time of a backup (`20261129T103000Z`): other files in the folder are not ours.
fn begins_with_time(rest: &str) -> bool {
    let time = rest.split('.').next().unwrap_or_default();
    chrono::NaiveDateTime::parse_from_str(time, "%Y%m%dT%H%M%SZ").is_ok()
}

/// Removes copies of databases that a killed server left: they are in nobody's way, but large.
fn forget_stages(data_dir: &Path, now: Moment) {
    let Ok(entries) = fs::read_dir(data_dir) else { return };
    for entry in entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(STAGE)) {
        let written = entry.metadata().and_then(|data| data.modified()).ok();
        let age = written
            .and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok())
            .and_then(|since| u64::try_from(clock::micros(now) / 1_000_000).ok()?.checked_sub(since.as_secs()));
        if age.is_some_and(|seconds| seconds > STALE.as_secs()) {
            let _tried = fs::remove_dir_all(entry.path());
        }
    }
}
