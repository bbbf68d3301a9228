//! Closing a report: one winner, one note, one audit entry.

use serde_json::json;

use super::store;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, NameReportId};

/// Notes what was done about a report. `false`: there is none, or somebody was quicker.
pub fn handle(conn: &mut AnyConnection, now: Moment, by: AccountId, id: NameReportId, note: &str) -> DbResult<bool> {
    if !store::close(conn, now, by, id, note)? {
        return Ok(false);
    }
    let act = Act { action: "name_report.handled", subject: format!("name_report:{id}"), detail: json!({}) };
    audit::append(conn, now, Actor::Account(by), act)?;
    Ok(true)
}
