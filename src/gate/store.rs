//! The SQL of the gate.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::model::{Standing, Way};
use crate::clock::Moment;
use crate::db::schema::{gate, gate_passes};
use crate::db::{AnyConnection, DbResult};
use crate::epochs::{self, Scope};

/// How long is remembered who came through: longer than any challenge can be answered.
pub const REMEMBERED: TimeDelta = TimeDelta::hours(1);

/// How the gate stands.
pub fn standing(conn: &mut AnyConnection) -> DbResult<Standing> {
    let columns = (gate::version, gate::since, gate::until, gate::grounds, gate::key);
    let (version, since, until, grounds, key) = gate::table.select(columns).first(conn)?;
    Ok(Standing { version, since, until, grounds, key })
}

/// How the gate stands, and the number that counts its changes for servers.
pub(super) fn numbered(conn: &mut AnyConnection) -> DbResult<(i64, Standing)> {
    Ok((epochs::store::number(conn, Scope::Gate)?, standing(conn)?))
}

/// Puts `next` in place of the version before it. `false`: it was changed meanwhile.
pub(super) fn replace(conn: &mut AnyConnection, next: &Standing) -> DbResult<bool> {
    let before = gate::table.filter(gate::version.eq(next.version - 1));
    let changed = diesel::update(before)
        .set((
            gate::version.eq(next.version),
            gate::since.eq(next.since),
            gate::until.eq(next.until),
            gate::grounds.eq(&next.grounds),
            gate::key.eq(&next.key),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Notes that the challenge with this digest was used. Fails with [`crate::db::DbError::Taken`] if it was before.
pub fn use_up(conn: &mut AnyConnection, now: Moment, digest: &[u8], way: Way) -> DbResult<()> {
    diesel::insert_into(gate_passes::table)
        .values((gate_passes::digest.eq(digest), gate_passes::way.eq(way), gate_passes::passed_at.eq(now)))
        .execute(conn)?;
    Ok(())
}

/// How many came through by `way` within the last hour.
pub fn passed(conn: &mut AnyConnection, now: Moment, way: Way) -> DbResult<i64> {
    let lately = gate_passes::table.filter(gate_passes::way.eq(way).and(gate_passes::passed_at.gt(now - REMEMBERED)));
    Ok(lately.count().get_result(conn)?)
}

/// Forgets who came through before that; how many there were.
pub fn discard_old(conn: &mut AnyConnection, now: Moment) -> DbResult<usize> {
    let old = gate_passes::table.filter(gate_passes::passed_at.le(now - REMEMBERED));
    Ok(diesel::delete(old).execute(conn)?)
}
