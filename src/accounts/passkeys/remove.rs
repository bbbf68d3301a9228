//! Removing a passkey: with a letter to the owner and an audit entry. Every other session ends, and this one has a new
//! secret.

use super::model::Passkey;
use super::{add, mail, store};
use crate::accounts::factor::set::{self, SetError, Turn};
use crate::accounts::factor::store as factors;
use crate::accounts::model::Account;
use crate::accounts::store as accounts;
use crate::clock::Moment;
use crate::db::{AnyConnection, DbResult};
use crate::mail as post;

/// Whether the desk lets this person in by nothing else than their one passkey.
pub fn is_last_factor(conn: &mut AnyConnection, owner: &Account) -> DbResult<bool> {
    Ok(owner.role.is_staff() && !factors::is_set(conn, owner.id)? && store::count(conn, owner.id)? < 2)
}

/// Takes the passkey from its owner.
pub fn remove(
    conn: &mut AnyConnection,
    now: Moment,
    passkey: &Passkey,
    session: &Turn,
    origin: &str,
) -> Result<(), SetError> {
    let owner = accounts::by_id(conn, passkey.account)?;
    if is_last_factor(conn, &owner)? {
        return Err(SetError::Needed);
    }
    set::turn(conn, owner.id, session)?;
    if !store::remove(conn, owner.id, passkey.id)? {
        return Err(SetError::Changed);
    }
    post::queue(conn, now, mail::removed(&owner, passkey, origin))?;
    Ok(add::note(conn, now, owner.id, "account.passkey_removed", passkey.id.to_string())?)
}
