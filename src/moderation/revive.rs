//! Sends a letter again that was given up.

use serde_json::json;

use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, MailId};
use crate::mail;

/// Puts a dead letter back in the outbox, due now. `false`: it is not dead, or there is none; nothing was changed.
pub fn revive(conn: &mut AnyConnection, now: Moment, by: AccountId, id: MailId) -> DbResult<bool> {
    let revived = mail::store::revive(conn, now, id)?;
    if revived {
        let act = Act { action: "mail.revived", subject: format!("mail:{id}"), detail: json!({}) };
        audit::append(conn, now, Actor::Account(by), act)?;
    }
    Ok(revived)
}
