//! Comments that speak for an organisation: whose name they carry, who else may read their receipts.

pub mod pages;
pub mod store;

use super::model::Author;
use crate::accounts::model::{Account, OnBehalfOf};
use crate::accounts::organisations::store as organisations;
use crate::db::{AnyConnection, DbResult};
use crate::ids::OrganisationId;

/// The author that a comment of `account` has now, and the organisation that it speaks for. A member's organisation is
/// the one they are a member of, whatever they once typed.
pub fn speaker(conn: &mut AnyConnection, account: &Account) -> DbResult<(Author, Option<OrganisationId>)> {
    let mut author = Author::of(account.id, account.details.clone());
    let Some(organisation) = organisations::of_member(conn, account.id)? else { return Ok((author, None)) };
    author.organisation = Some(organisation.name);
    let speaks_for_it = author.on_behalf_of == OnBehalfOf::Organisation;
    Ok((author, speaks_for_it.then_some(organisation.id)))
}
