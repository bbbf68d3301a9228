//! The SQL of marks and their keys.

use diesel::dsl::{count, exists};
use diesel::prelude::*;

use super::model::{KEPT, Mark};
use crate::clock::Moment;
use crate::db::schema::{sender_keys, sender_marks};
use crate::db::{AnyConnection, DbResult};
use crate::ids::AccountId;

/// The key of a day, if it is there.
pub(super) fn key(conn: &mut AnyConnection, day: &str) -> DbResult<Option<Vec<u8>>> {
    Ok(sender_keys::table.find(day).select(sender_keys::secret).first(conn).optional()?)
}

/// Adds the key of a day. Fails with [`crate::db::DbError::Taken`] if it is there.
pub(super) fn put_key(conn: &mut AnyConnection, now: Moment, day: &str, key: &[u8]) -> DbResult<()> {
    diesel::insert_into(sender_keys::table)
        .values((sender_keys::day.eq(day), sender_keys::secret.eq(key), sender_keys::made_at.eq(now)))
        .execute(conn)?;
    Ok(())
}

/// Notes that `account` sent something from the address behind `mark`.
pub(super) fn note(conn: &mut AnyConnection, now: Moment, mark: &Mark, account: AccountId) -> DbResult<()> {
    let row = sender_marks::table.find((mark.as_bytes(), account));
    if diesel::select(exists(row)).get_result(conn)? {
        return Ok(());
    }
    diesel::insert_into(sender_marks::table)
        .values((
            sender_marks::mark.eq(mark.as_bytes()),
            sender_marks::account_id.eq(account),
            sender_marks::made_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// How many accounts at the most sent from one of the addresses that `account` sent from: itself among them; 0 if it is
/// not known from where.
pub fn accounts_beside(conn: &mut AnyConnection, account: AccountId) -> DbResult<i64> {
    let own = sender_marks::table.filter(sender_marks::account_id.eq(account)).select(sender_marks::mark);
    let own: Vec<Vec<u8>> = own.load(conn)?;
    let counted: Vec<i64> = sender_marks::table
        .filter(sender_marks::mark.eq_any(own))
        .group_by(sender_marks::mark)
        .select(count(sender_marks::account_id))
        .load(conn)?;
    Ok(counted.into_iter().max().unwrap_or_default())
}

/// Throws away marks and keys that are past their time; how many there were.
pub fn discard_old(conn: &mut AnyConnection, now: Moment) -> DbResult<usize> {
    let marks = diesel::delete(sender_marks::table.filter(sender_marks::made_at.le(now - KEPT))).execute(conn)?;
    let keys = diesel::delete(sender_keys::table.filter(sender_keys::made_at.le(now - KEPT))).execute(conn)?;
    Ok(marks + keys)
}
