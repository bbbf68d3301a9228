//! The Secretariat confirms the name of an organisation: one transaction.

use serde_json::json;

use super::members::MemberError;
use super::store;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::AnyConnection;
use crate::epochs::{self, Scope};
use crate::ids::{AccountId, OrganisationId};

/// Confirms the name, unless the organisation changed since `expected`.
pub fn confirm(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    organisation: OrganisationId,
    expected: i64,
) -> Result<(), MemberError> {
    store::by_id(conn, organisation)?.ok_or(MemberError::NotFound)?;
    if !store::confirm(conn, now, organisation, expected)? {
        return Err(MemberError::Changed);
    }
    // Its comments say so from now on.
    epochs::raise(conn, Scope::Site)?;
    let act = Act {
        action: "organisation.confirmed",
        subject: format!("organisation:{organisation}"),
        detail: json!({ "version": expected + 1 }),
    };
    Ok(audit::append(conn, now, Actor::Account(by), act)?)
}
