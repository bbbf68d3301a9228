//! The SQL of thresholds.

use diesel::prelude::*;

use crate::clock::Moment;
use crate::comments::model::State;
use crate::db::schema::comments;
use crate::db::{AnyConnection, DbResult};

/// Whether at least `many` comments wait for their first decision.
pub(super) fn are_waiting(conn: &mut AnyConnection, many: i64) -> DbResult<bool> {
    let waiting = comments::table.filter(comments::state.eq(State::Pending));
    let query = waiting.order(comments::submitted_at).offset(many - 1).limit(1).select(comments::submitted_at);
    let last: Option<Moment> = query.first(conn).optional()?;
    Ok(last.is_some())
}

/// When the comment arrived that waits longest.
pub(super) fn oldest(conn: &mut AnyConnection) -> DbResult<Option<Moment>> {
    let waiting = comments::table.filter(comments::state.eq(State::Pending));
    let first = waiting.order(comments::submitted_at).select(comments::submitted_at);
    Ok(first.first(conn).optional()?)
}
