//! The export as a job: what the clerk runs, and where the finished file lies.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::make::{MakeError, make_with};
use super::model::{Request, RequestedBy};
use crate::accounts;
use crate::clock::Clock;
use crate::db::{Db, DbError};
use crate::files::Files;
use crate::jobs::{Job, Runner};

/// What sort of job an export is.
pub const KIND: &str = "export";

/// The file that the current try of `job` writes; of a finished one, the file it left. A try that lost its lease writes to
/// a file of its own. Servers beside each other need one `data_dir/exports` to give each other's files out.
pub fn path(data_dir: &Path, job: &Job, request: &Request) -> PathBuf {
    let ending = request.container().ending();
    folder(data_dir).join(format!("{}-{}.{ending}", job.id, job.attempts))
}

/// Where finished files lie.
pub(super) fn folder(data_dir: &Path) -> PathBuf {
    data_dir.join("exports")
}

/// Runs export jobs; the result is the manifest as JSON, the error what the Secretariat reads. `origin` begins every
/// permalink.
pub fn runner((db, files): (Db, Files), clock: Clock, origin: String, data_dir: PathBuf) -> Runner {
    Arc::new(move |job, progress| run((&db, &files), &clock, &origin, &data_dir, job, progress))
}

fn run(
    (db, files): (&Db, &Files),
    clock: &Clock,
    origin: &str,
    data_dir: &Path,
    job: &Job,
    progress: &mut dyn FnMut(i64, i64),
) -> Result<String, String> {
    let request = Request::from_json(&job.payload)
        .filter(|_| job.kind == KIND)
        .ok_or("This is not an export that this version of the portal knows.")?;
    let id = job.requested_by;
    let name = db
        .read_blocking(|conn| Ok::<_, DbError>(accounts::store::by_id(conn, id)?.details.name))
        .map_err(|error| in_words(&error.into()))?;
    let out = path(data_dir, job, &request);
    std::fs::create_dir_all(folder(data_dir)).map_err(|error| format!("the folder for exports: {error}"))?;
    let by = RequestedBy::Person { id, name };
    let made = make_with((db, Some(files)), origin, clock.now(), &request, &by, &out, progress);
    Ok(made.map_err(|error| in_words(&error))?.to_json())
}

/// What the Secretariat reads of a failure; the log has the rest of what only the operator can mend.
fn in_words(error: &MakeError) -> String {
    match error {
        MakeError::Database(error) => {
            tracing::error!(%error, "an export could not read the database");
            "The database could not be read. The portal's log says why.".into()
        }
        MakeError::Miscounted { .. } => {
            tracing::error!(%error, "an export does not hold what was counted");
            "The file did not hold what was counted, and was thrown away. The portal's log says more.".into()
        }
        other => other.to_string(),
    }
}
