//! Writing the report: one transaction with its audit entry, which keeps a digest of the texts.

use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::model::Words;
use super::store;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, ConsultationId};

/// Puts texts in place of those of `version`. `false`: somebody was quicker.
pub fn write(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    (id, version): (ConsultationId, i64),
    words: &Words,
) -> DbResult<bool> {
    let current = store::of(conn, id)?;
    if current.version != version {
        return Ok(false);
    }
    if current.words == *words {
        return Ok(true);
    }
    if !store::put(conn, now, by, (id, version), words)? {
        return Ok(false);
    }
    let digest = |text: &str| hex::encode(Sha256::digest(text));
    let detail = json!({
        "version": version + 1, "overview_sha256": digest(&words.overview), "summary_sha256": digest(&words.summary),
    });
    audit::append(
        conn,
        now,
        Actor::Account(by),
        Act { action: "report.written", subject: format!("report:{id}"), detail },
    )?;
    Ok(true)
}
