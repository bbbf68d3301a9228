//! The SQL of the site map.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::clock::Moment;
use crate::comments::store::is_public;
use crate::db::schema::{comments, published};
use crate::db::{AnyConnection, DbResult};
use crate::ids::CommentId;

/// Comments read at once.
const STEP: usize = 500;

/// A reference, and when its comment was published.
type Referred = (String, Option<Moment>);

/// Reference and time of publication of the public comments at the places `above` < place <= `up_to`, in their order.
/// Asked for in one query, SQLite would go through all published comments, however few stand at these places.
pub fn references(conn: &mut AnyConnection, above: i64, up_to: i64) -> DbResult<Vec<Referred>> {
    let ids: Vec<CommentId> = published::table
        .filter(published::seq.gt(above).and(published::seq.le(up_to)))
        .order(published::seq)
        .select(published::comment_id)
        .load(conn)?;
    let mut found = Vec::with_capacity(ids.len());
    for step in ids.chunks(STEP) {
        let rows: Vec<(CommentId, Referred)> = comments::table
            .filter(is_public())
            .filter(comments::id.eq_any(step.to_vec()))
            .select((comments::id, (comments::reference, comments::published_at)))
            .load(conn)?;
        let mut by_id: BTreeMap<CommentId, Referred> = rows.into_iter().collect();
        found.extend(step.iter().filter_map(|id| by_id.remove(id)));
    }
    Ok(found)
}
