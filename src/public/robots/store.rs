//! The SQL of the site map.

use diesel::prelude::*;

use crate::clock::Moment;
use crate::comments::store::is_public;
use crate::db::schema::{comments, published};
use crate::db::{AnyConnection, DbResult};

/// Reference and time of publication of the public comments at the places `above` < place <= `up_to`.
pub fn references(conn: &mut AnyConnection, above: i64, up_to: i64) -> DbResult<Vec<(String, Option<Moment>)>> {
    Ok(published::table
        .inner_join(comments::table)
        .filter(is_public())
        .filter(published::seq.gt(above).and(published::seq.le(up_to)))
        .order(published::seq)
        .select((comments::reference, comments::published_at))
        .load(conn)?)
}
