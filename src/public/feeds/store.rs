//! The SQL of feeds.

use diesel::prelude::*;

use crate::db::schema::published;
use crate::db::{AnyConnection, DbResult};
use crate::ids::NormId;

/// The newest `most` places of published comments below `below`, on one text or on all.
pub fn newest_places(
    conn: &mut AnyConnection,
    norm: Option<NormId>,
    below: Option<i64>,
    most: i64,
) -> DbResult<Vec<i64>> {
    let mut query = published::table.into_boxed();
    if let Some(norm) = norm {
        query = query.filter(published::norm_id.eq(norm));
    }
    if let Some(below) = below {
        query = query.filter(published::seq.lt(below));
    }
    Ok(query.order(published::seq.desc()).limit(most).select(published::seq).load(conn)?)
}
