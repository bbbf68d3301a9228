//! Adding a passkey: with a letter to the owner and an audit entry. Every other session ends, and this one has a new secret.

use serde_json::json;

use super::ceremony::{Creation, Party};
use super::model::{MOST, PasskeyName, Purpose};
use super::{mail, store};
use crate::accounts::factor::set::{self, SetError, Turn};
use crate::accounts::store as accounts;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::AccountId;
use crate::mail as post;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// The account has it.
    Done,
    /// Its challenge was none of this browser's, or answered before, or too long ago.
    Over,
    /// The answer is not one of an authenticator to this portal.
    Refused,
    /// Some account has it already.
    Known,
    /// The account has as many as it may have.
    Full,
    /// The session ended at the same moment.
    Changed,
}

/// Where the answer was given: the portal, and the digest of the browser that was asked.
pub struct Place<'a> {
    /// The portal.
    pub party: &'a Party,
    /// The browser.
    pub browser: &'a [u8],
}

/// Gives the account the passkey of an authenticator's answer. Nothing but the challenge is used up where it does not.
pub fn add(
    conn: &mut AnyConnection,
    now: Moment,
    account: AccountId,
    (creation, place): (&Creation, &Place),
    name: &PasskeyName,
    session: &Turn,
) -> DbResult<Added> {
    if !store::spend_challenge(conn, now, &creation.challenge(), place.browser, Purpose::Add)? {
        return Ok(Added::Over);
    }
    let created = match creation.judge(place.party) {
        Ok(created) => created,
        Err(fault) => {
            tracing::info!(%fault, "a new passkey was refused");
            return Ok(Added::Refused);
        }
    };
    if store::by_credential(conn, &created.credential)?.is_some() {
        return Ok(Added::Known);
    }
    if store::count(conn, account)? >= MOST {
        return Ok(Added::Full);
    }
    match set::turn(conn, account, session) {
        Err(SetError::Database(error)) => return Err(error),
        Err(SetError::Changed | SetError::Needed) => return Ok(Added::Changed),
        Ok(()) => {}
    }
    let id = store::insert(conn, now, account, name, &created)?;
    let owner = accounts::by_id(conn, account)?;
    post::queue(conn, now, mail::added(&owner, id, name, &place.party.origin))?;
    note(conn, now, account, "account.passkey_added", id.to_string())?;
    Ok(Added::Done)
}

/// Writes the audit entry, which names the passkey by the portal's own id. Call it last.
pub(super) fn note(
    conn: &mut AnyConnection,
    now: Moment,
    account: AccountId,
    action: &'static str,
    passkey: String,
) -> DbResult<()> {
    let (subject, detail) = (format!("account:{account}"), json!({ "passkey": passkey }));
    audit::append(conn, now, Actor::Account(account), Act { action, subject, detail })
}

/// [`Added::Known`] for the one of two that were slower.
pub fn overtaken(outcome: DbResult<Added>) -> DbResult<Added> {
    match outcome {
        Err(DbError::Taken(_)) => Ok(Added::Known),
        outcome => outcome,
    }
}
