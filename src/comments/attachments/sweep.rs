//! Throwing away what was attached to forms that were never sent.

use serde_json::json;

use super::model::KEPT_UNSENT;
use super::store;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, Db, DbError, DbResult};
use crate::files::Files;
use crate::ids::AttachmentId;

/// How many files one step takes.
const MOST: i64 = 100;

/// Throws away files that were attached thirty days ago or earlier and belong to no comment, submission or draft: first
/// their rows, then their bytes. How many there were; more than none means that there may be others. For threads that
/// are not async.
pub fn sweep(db: &Db, files: &Files, now: Moment) -> DbResult<usize> {
    let gone = db.write_blocking(move |conn| forget(conn, now))?;
    if gone.is_empty() {
        return Ok(0);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| DbError::Unavailable(error.to_string()))?;
    runtime.block_on(async {
        for id in &gone {
            delete_bytes(files, *id).await;
        }
    });
    Ok(gone.len())
}

fn forget(conn: &mut AnyConnection, now: Moment) -> DbResult<Vec<AttachmentId>> {
    let found = store::of_nothing(conn, now, now - KEPT_UNSENT, MOST)?;
    let mut gone = Vec::with_capacity(found.len());
    for id in found {
        // Another server may sweep at the same time.
        if store::remove(conn, id)? {
            gone.push(id);
        }
    }
    if !gone.is_empty() {
        let act = Act {
            action: "attachments.swept",
            subject: "attachments".to_owned(),
            detail: json!({ "files": gone.len() }),
        };
        audit::append(conn, now, Actor::Operator, act)?;
    }
    Ok(gone)
}

/// Deletes bytes that no row leads to any more; they do no harm where that fails.
pub async fn delete_bytes(files: &Files, id: AttachmentId) {
    if let Err(error) = files.delete(id).await {
        tracing::warn!(%error, %id, "the bytes of a file could not be deleted");
    }
}
