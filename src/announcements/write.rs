//! Writing, correcting and withdrawing an announcement: each one transaction with its audit entry, after which every
//! public page is shown anew.

use serde_json::json;

use super::model::Words;
use super::store;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbResult};
use crate::epochs::{self, Scope};
use crate::ids::{AccountId, AnnouncementId};

/// Shows a new announcement. The same form sent again changes nothing.
pub fn announce(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    id: AnnouncementId,
    words: &Words,
) -> DbResult<()> {
    if store::by_id(conn, id)?.is_some() {
        return Ok(());
    }
    store::insert(conn, now, by, id, words)?;
    written(conn, now, by, id, "announcement.published", 1)
}

/// Puts other words in place of those of `version`. `false`: somebody was quicker, or it was taken back.
pub fn correct(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    (id, version): (AnnouncementId, i64),
    words: &Words,
) -> DbResult<bool> {
    if !store::change(conn, now, (id, version), words)? {
        return Ok(false);
    }
    written(conn, now, by, id, "announcement.corrected", version + 1)?;
    Ok(true)
}

/// Takes it back. `false`: somebody was quicker.
pub fn withdraw(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    (id, version): (AnnouncementId, i64),
) -> DbResult<bool> {
    if !store::withdraw(conn, now, (id, version))? {
        return Ok(false);
    }
    written(conn, now, by, id, "announcement.withdrawn", version + 1)?;
    Ok(true)
}

fn written(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    id: AnnouncementId,
    action: &'static str,
    version: i64,
) -> DbResult<()> {
    epochs::raise(conn, Scope::Site)?;
    let act = Act { action, subject: format!("announcement:{id}"), detail: json!({ "version": version }) };
    audit::append(conn, now, Actor::Account(by), act)
}
