//! The SQL of tables that came back.

use diesel::prelude::*;

use super::model::{Kept, Returned};
use crate::clock::Moment;
use crate::db::schema::returned_tables;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::{AccountId, BatchId, ReturnedTableId};
use crate::tables::columns::Layout;

type Columns = (ReturnedTableId, Layout, String, String, AccountId, Moment, Option<Moment>, i64);

fn returned((id, layout, name, sha256, by, at, applied, changes): Columns) -> Returned {
    Returned { id, layout, name, sha256, rows: Vec::new(), by, at, applied, changes }
}

macro_rules! columns {
    () => {
        (
            returned_tables::id,
            returned_tables::layout,
            returned_tables::name,
            returned_tables::sha256,
            returned_tables::uploaded_by,
            returned_tables::uploaded_at,
            returned_tables::applied_at,
            returned_tables::changes,
        )
    };
}

/// Keeps a table. The same id again fails with [`DbError::Taken`].
pub fn keep(conn: &mut AnyConnection, it: &Returned) -> DbResult<()> {
    let content = serde_json::to_string(&Kept(it.rows.clone())).map_err(|error| DbError::Fault(error.to_string()))?;
    diesel::insert_into(returned_tables::table)
        .values((
            returned_tables::id.eq(it.id),
            returned_tables::layout.eq(it.layout),
            returned_tables::name.eq(&it.name),
            returned_tables::sha256.eq(&it.sha256),
            returned_tables::content.eq(content),
            returned_tables::uploaded_by.eq(it.by),
            returned_tables::uploaded_at.eq(it.at),
            returned_tables::changes.eq(0_i64),
        ))
        .execute(conn)?;
    Ok(())
}

/// The table with this id, with its rows.
pub fn by_id(conn: &mut AnyConnection, id: ReturnedTableId) -> DbResult<Option<Returned>> {
    let row: Option<(Columns, String)> =
        returned_tables::table.find(id).select((columns!(), returned_tables::content)).first(conn).optional()?;
    let Some((columns, content)) = row else { return Ok(None) };
    let Kept(rows) = serde_json::from_str(&content).map_err(|error| DbError::Fault(error.to_string()))?;
    Ok(Some(Returned { rows, ..returned(columns) }))
}

/// The tables that came back last, without their rows, at most `most`.
pub fn newest(conn: &mut AnyConnection, most: i64) -> DbResult<Vec<Returned>> {
    let rows: Vec<Columns> = returned_tables::table
        .order((returned_tables::uploaded_at.desc(), returned_tables::id.desc()))
        .limit(most)
        .select(columns!())
        .load(conn)?;
    Ok(rows.into_iter().map(returned).collect())
}

/// Makes everybody else who would apply the table wait for this transaction. `false`: it was applied before.
pub fn hold(conn: &mut AnyConnection, id: ReturnedTableId) -> DbResult<bool> {
    let open = returned_tables::table.filter(returned_tables::id.eq(id).and(returned_tables::applied_at.is_null()));
    Ok(diesel::update(open).set(returned_tables::changes.eq(returned_tables::changes)).execute(conn)? == 1)
}

/// Notes that a table was applied. `false`: it was before.
pub fn applied(
    conn: &mut AnyConnection,
    now: Moment,
    id: ReturnedTableId,
    batch: BatchId,
    changes: usize,
) -> DbResult<bool> {
    let open = returned_tables::table.filter(returned_tables::id.eq(id).and(returned_tables::applied_at.is_null()));
    let rows = diesel::update(open)
        .set((
            returned_tables::applied_at.eq(Some(now)),
            returned_tables::batch_id.eq(Some(batch)),
            returned_tables::changes.eq(i64::try_from(changes).unwrap_or(i64::MAX)),
        ))
        .execute(conn)?;
    Ok(rows == 1)
}
