//! Asks for an export: a job in the queue and its entry in the audit log, in one transaction.

use serde_json::json;

use super::job::KIND;
use super::model::{Refused, Request};
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbError};
use crate::ids::{AccountId, JobId};
use crate::{jobs, norms};

/// Why nothing was asked for.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// What was asked for is not given.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// No norm has this slug.
    #[error("there is no such norm")]
    NoSuchNorm,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Queues `request` for the Secretariat's `by`; returns its job.
pub fn request(conn: &mut AnyConnection, now: Moment, by: AccountId, request: &Request) -> Result<JobId, RequestError> {
    request.check()?;
    if let Some(slug) = &request.norm
        && norms::store::norm_by_slug(conn, slug)?.is_none()
    {
        return Err(RequestError::NoSuchNorm);
    }
    let id = jobs::enqueue(conn, now, KIND, request.to_json(), by)?;
    let detail = json!({
        "edition": request.edition.as_str(),
        "format": request.format.as_str(),
        "norm": request.norm,
        "status": request.effective_status().as_str(),
    });
    audit::append(conn, now, Actor::Account(by), Act { action: "export.requested", subject: subject(id), detail })?;
    Ok(id)
}

/// Notes that `by` downloads the file of job `id` with this digest.
pub fn note_download(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    id: JobId,
    sha256: &str,
) -> Result<(), DbError> {
    let act = Act { action: "export.downloaded", subject: subject(id), detail: json!({ "sha256": sha256 }) };
    audit::append(conn, now, Actor::Account(by), act)
}

/// What the audit log calls an export job.
fn subject(id: JobId) -> String {
    format!("job:{id}")
}
