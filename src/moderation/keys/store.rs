//! The SQL of how each person likes the desk.

use diesel::prelude::*;

use super::Keys;
use crate::db::schema::desk_settings;
use crate::db::{AnyConnection, DbResult};
use crate::ids::AccountId;

/// How this person likes the desk; keys are on for whoever never said anything.
pub fn of(conn: &mut AnyConnection, account: AccountId) -> DbResult<Keys> {
    let said: Option<bool> =
        desk_settings::table.find(account).select(desk_settings::shortcuts).first(conn).optional()?;
    Ok(Keys { are_on: said.unwrap_or(true) })
}

/// Notes how this person likes the desk.
pub(super) fn set(conn: &mut AnyConnection, account: AccountId, keys: Keys) -> DbResult<()> {
    diesel::delete(desk_settings::table.find(account)).execute(conn)?;
    diesel::insert_into(desk_settings::table)
        .values((desk_settings::account_id.eq(account), desk_settings::shortcuts.eq(keys.are_on)))
        .execute(conn)?;
    Ok(())
}
