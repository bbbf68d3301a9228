//! Reads how the portal stands.

use std::path::Path;

use chrono::NaiveDate;

use super::model::{Disk, FAILED_LATELY, JOB_PATIENCE, Standing};
use crate::audit::{self, heads};
use crate::backup;
use crate::clock::Moment;
use crate::config::Config;
use crate::db::{AnyConnection, DbResult};
use crate::{gate, jobs, mail};

/// What the database knows of how the portal stands.
pub fn rows(conn: &mut AnyConnection, now: Moment) -> DbResult<Standing> {
    let (backup, failed_backup) = backup::store::newest(conn, now)?;
    Ok(Standing {
        post: mail::store::post(conn, now)?,
        jobs: jobs::store::backlog(conn, now - JOB_PATIENCE, now - FAILED_LATELY)?,
        backup,
        failed_backup,
        gate: gate::store::standing(conn)?,
        began: audit::store::began(conn)?,
        ..Standing::default()
    })
}

/// The rest: settings and the data folder.
pub fn surroundings(standing: &mut Standing, config: &Config) {
    standing.every = config.backup.every();
    standing.disk = disk(&config.data_dir);
    standing.head = last_head(&config.data_dir);
}

/// The disk of a folder; `None` if the system says nothing.
pub fn disk(folder: &Path) -> Option<Disk> {
    let told = rustix::fs::statvfs(folder).ok()?;
    Some(Disk { free: told.f_bavail.saturating_mul(told.f_frsize), size: told.f_blocks.saturating_mul(told.f_frsize) })
}

fn last_head(data_dir: &Path) -> Option<NaiveDate> {
    let files = heads::files(data_dir).ok()?;
    files.last()?.file_stem()?.to_str()?.parse().ok()
}
