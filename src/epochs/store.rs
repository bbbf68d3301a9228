//! The SQL of epochs.

use diesel::prelude::*;

use super::Scope;
use crate::db::schema::epochs;
use crate::db::{AnyConnection, DbResult, straight};

/// Counts a change of what `scope` shows; the new number. Whoever raises the same scope waits for this transaction.
pub fn raise(conn: &mut AnyConnection, scope: Scope) -> DbResult<i64> {
    let word = scope.word();
    let raised = diesel::update(epochs::table.find(&word))
        .set(epochs::epoch.eq(epochs::epoch + 1))
        .returning(epochs::epoch)
        .get_result(conn)
        .optional()?;
    if let Some(epoch) = raised {
        return Ok(epoch);
    }
    diesel::insert_into(epochs::table).values((epochs::scope.eq(&word), epochs::epoch.eq(1))).execute(conn)?;
    Ok(1)
}

/// The number of `scope`; 0 if nothing of it ever changed.
pub fn number(conn: &mut AnyConnection, scope: Scope) -> DbResult<i64> {
    let number = straight!(conn, epochs::table.find(scope.word()).select(epochs::epoch).first(conn));
    Ok(number.optional()?.unwrap_or(0))
}

/// The words of all scopes and their numbers.
pub fn all(conn: &mut AnyConnection) -> DbResult<Vec<(String, i64)>> {
    Ok(epochs::table.select((epochs::scope, epochs::epoch)).load(conn)?)
}
