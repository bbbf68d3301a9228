//! Throws finished files away when their time is over. Their jobs, manifests and entries in the audit log stay.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use chrono::TimeDelta;

use super::job::{KIND, folder};
use crate::clock::Moment;
use crate::db::{Db, DbError, DbResult};
use crate::ids::JobId;
use crate::jobs::{self, Job};

/// Whether the file of `job` is past its time: it was finished longer ago than `kept`.
pub fn is_past(job: &Job, now: Moment, kept: TimeDelta) -> bool {
    job.finished_at.is_some_and(|finished| finished + kept <= now)
}

/// Removes what jobs left in `data_dir` that ended longer ago than `kept`, what a try that was given up left half written
/// too; how many files that were.
pub fn sweep(db: &Db, data_dir: &Path, now: Moment, kept: TimeDelta) -> DbResult<usize> {
    let entries = match fs::read_dir(folder(data_dir)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(unreadable(&error)),
    };
    let mut gone = 0;
    for entry in entries {
        let path = entry.map_err(|error| unreadable(&error))?.path();
        let Some(id) = path.file_name().and_then(OsStr::to_str).and_then(job_of) else { continue };
        let job = db.read_blocking(|conn| jobs::store::by_id(conn, KIND, id))?;
        if job.is_some_and(|job| is_past(&job, now, kept)) {
            fs::remove_file(&path).map_err(|error| unreadable(&error))?;
            gone += 1;
        }
    }
    Ok(gone)
}

/// The job that a file is of: its name begins with the id, then a hyphen and the number of the try.
fn job_of(name: &str) -> Option<JobId> {
    let (id, _) = name.rsplit_once('-')?;
    JobId::parse(id)
}

fn unreadable(error: &std::io::Error) -> DbError {
    DbError::Unavailable(format!("the folder for exports: {error}"))
}
