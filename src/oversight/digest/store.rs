//! The SQL of digests and alerts.

use diesel::prelude::*;

use crate::clock::Moment;
use crate::db::schema::alerts;
use crate::db::{AnyConnection, DbResult};
use crate::moderation::alert::Threshold;

/// Since when a threshold is known to be crossed.
pub(super) fn crossed_at(conn: &mut AnyConnection, threshold: Threshold) -> DbResult<Option<Moment>> {
    Ok(alerts::table.find(threshold.as_str()).select(alerts::crossed_at).first(conn).optional()?)
}

/// Notes that a threshold is crossed. Fails with [`crate::db::DbError::Taken`] if it was noted before.
pub(super) fn note(conn: &mut AnyConnection, now: Moment, threshold: Threshold) -> DbResult<()> {
    diesel::insert_into(alerts::table)
        .values((alerts::threshold.eq(threshold.as_str()), alerts::crossed_at.eq(now)))
        .execute(conn)?;
    Ok(())
}

/// Forgets that a threshold was crossed.
pub(super) fn forget(conn: &mut AnyConnection, threshold: Threshold) -> DbResult<()> {
    diesel::delete(alerts::table.find(threshold.as_str())).execute(conn)?;
    Ok(())
}
