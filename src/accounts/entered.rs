//! The account of an author whose comments come another way than through the portal. Nobody can sign in to it; with an
//! address, it becomes whose the address is as soon as they confirm it.

use super::model::{Account, Details, Email};
use super::store;
use crate::clock::Moment;
use crate::db::{AnyConnection, DbResult};
use crate::ids::AccountId;
use crate::web::{Role, language};

/// What stands in place of a password: no password has this digest.
const NO_PASSWORD: &str = "none";

/// The account that a comment of this author belongs to: the one with their address, if there is one, else a new one. An
/// account that is there stays as it is. Without an address, the account has one that is none and that no letter goes to.
pub fn author(conn: &mut AnyConnection, now: Moment, email: Option<&Email>, details: &Details) -> DbResult<Account> {
    if let Some(email) = email
        && let Some(known) = store::by_email(conn, email)?
    {
        return Ok(known);
    }
    let id = AccountId::new();
    let account = Account {
        id,
        email: email.map_or_else(|| format!("none:{id}"), |email| email.as_str().to_owned()),
        details: details.clone(),
        language: language::DEFAULT.to_owned(),
        password_hash: NO_PASSWORD.to_owned(),
        role: Role::Stakeholder,
        confirmed_at: None,
        version: 1,
    };
    store::insert(conn, now, &account)?;
    Ok(account)
}
