//! Ending sessions from their owner's list.

use serde_json::json;

use super::store;
use crate::accounts::store as accounts;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbResult};
use crate::ids::AccountId;

/// Ends one session. `false`: it had ended.
pub fn one(conn: &mut AnyConnection, now: Moment, account: AccountId, hash: &[u8]) -> DbResult<bool> {
    let was_there = store::end_one(conn, account, hash)?;
    if was_there {
        note(conn, now, account, "one")?;
    }
    Ok(was_there)
}

/// Ends every session but this one, and every sign-in that waits for its code.
pub fn others(conn: &mut AnyConnection, now: Moment, account: AccountId, this: &[u8]) -> DbResult<()> {
    accounts::end_sessions(conn, account, this)?;
    note(conn, now, account, "others")
}

fn note(conn: &mut AnyConnection, now: Moment, account: AccountId, which: &str) -> DbResult<()> {
    let (subject, detail) = (format!("account:{account}"), json!({ "which": which }));
    audit::append(conn, now, Actor::Account(account), Act { action: "account.sessions_ended", subject, detail })
}
