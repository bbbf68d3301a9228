//! The SQL of kept filters.

use diesel::prelude::*;

use crate::clock::Moment;
use crate::db::schema::saved_filters;
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, SavedFilterId};

/// How many filters one person keeps at the most.
pub const MOST: usize = 20;

/// A filter that somebody keeps.
#[derive(Queryable, Selectable)]
#[diesel(table_name = saved_filters)]
pub struct Saved {
    /// Which.
    pub id: SavedFilterId,
    /// What its owner calls it.
    pub name: String,
    /// What stands behind the question mark of the queue's address; read as strictly as any other.
    pub query: String,
}

/// What a person keeps, by name.
pub fn of(conn: &mut AnyConnection, account: AccountId) -> DbResult<Vec<Saved>> {
    Ok(saved_filters::table
        .filter(saved_filters::account_id.eq(account))
        .order((saved_filters::name, saved_filters::id))
        .limit(i64::try_from(MOST).unwrap_or(i64::MAX))
        .select(Saved::as_select())
        .load(conn)?)
}

/// Keeps `query` under `name`, in place of what was kept under it. `false`: there are [`MOST`] others already.
pub(super) fn keep(
    conn: &mut AnyConnection,
    now: Moment,
    account: AccountId,
    name: &str,
    query: &str,
) -> DbResult<bool> {
    let own = saved_filters::table.filter(saved_filters::account_id.eq(account));
    diesel::delete(own.filter(saved_filters::name.eq(name))).execute(conn)?;
    let others: i64 = own.count().get_result(conn)?;
    if usize::try_from(others).is_ok_and(|others| others >= MOST) {
        return Ok(false);
    }
    diesel::insert_into(saved_filters::table)
        .values((
            saved_filters::id.eq(SavedFilterId::new()),
            saved_filters::account_id.eq(account),
            saved_filters::name.eq(name),
            saved_filters::query.eq(query),
            saved_filters::saved_at.eq(now),
        ))
        .execute(conn)?;
    Ok(true)
}

/// Drops a filter of this person's. `false`: there is none.
pub(super) fn drop(conn: &mut AnyConnection, account: AccountId, id: SavedFilterId) -> DbResult<bool> {
    let own = saved_filters::table.filter(saved_filters::id.eq(id).and(saved_filters::account_id.eq(account)));
    Ok(diesel::delete(own).execute(conn)? == 1)
}
