//! The SQL of sessions on their owner's list, and of sign-ins that wait for a code.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::model::Session;
use crate::accounts::factor::model::TRIES;
use crate::clock::Moment;
use crate::db::schema::{half_sessions, sessions};
use crate::db::{AnyConnection, DbResult};
use crate::ids::AccountId;

/// How long a sign-in waits for its code.
pub const HALF_LASTS: TimeDelta = TimeDelta::minutes(10);

/// Every session of a person that still works, the one last seen first.
pub fn of(
    conn: &mut AnyConnection,
    account: AccountId,
    begun_after: Moment,
    seen_after: Moment,
) -> DbResult<Vec<Session>> {
    let rows: Vec<(Vec<u8>, Moment, Moment, String)> = sessions::table
        .filter(sessions::account_id.eq(account))
        .filter(sessions::created_at.ge(begun_after).and(sessions::seen_at.ge(seen_after)))
        .order((sessions::seen_at.desc(), sessions::created_at.desc(), sessions::hash))
        .limit(200)
        .select((sessions::hash, sessions::created_at, sessions::seen_at, sessions::device))
        .load(conn)?;
    let session = |(hash, created_at, seen_at, device): (_, _, _, String)| {
        let (browser, system) = device.split_once('/').unwrap_or_default();
        Session { hash, created_at, seen_at, browser: browser.to_owned(), system: system.to_owned() }
    };
    Ok(rows.into_iter().map(session).collect())
}

/// Gives a session another secret; whoever knows the old one has nothing any more. `false`: it has ended.
pub fn rotate(conn: &mut AnyConnection, from: &[u8], to: &[u8]) -> DbResult<bool> {
    Ok(diesel::update(sessions::table.find(from)).set(sessions::hash.eq(to)).execute(conn)? == 1)
}

/// Ends one session of a person. `false`: it is not theirs, or has ended.
pub fn end_one(conn: &mut AnyConnection, account: AccountId, hash: &[u8]) -> DbResult<bool> {
    let one = sessions::table.find(hash).filter(sessions::account_id.eq(account));
    Ok(diesel::delete(one).execute(conn)? == 1)
}

/// Notes that the person behind a session proved who they are. `false`: it has ended.
pub fn prove(conn: &mut AnyConnection, now: Moment, hash: &[u8]) -> DbResult<bool> {
    let proven = diesel::update(sessions::table.find(hash))
        .set((sessions::verified_at.eq(Some(now)), sessions::tries.eq(0)))
        .execute(conn)?;
    Ok(proven == 1)
}

/// Takes one of a session's tries at its person's password or code: the one way in which guessing in it is counted. `false`:
/// there was none left, and the session has ended.
pub fn take_try(conn: &mut AnyConnection, account: AccountId, hash: &[u8]) -> DbResult<bool> {
    let free = sessions::table.find(hash).filter(sessions::tries.lt(TRIES));
    let has_one = diesel::update(free).set(sessions::tries.eq(sessions::tries + 1)).execute(conn)? == 1;
    if !has_one {
        end_one(conn, account, hash)?;
    }
    Ok(has_one)
}

/// Whether there is a session with this hash.
pub fn is_there(conn: &mut AnyConnection, hash: &[u8]) -> DbResult<bool> {
    Ok(sessions::table.find(hash).count().get_result::<i64>(conn)? > 0)
}

/// Keeps a sign-in whose password was right until its code comes.
pub fn put_half(conn: &mut AnyConnection, now: Moment, hash: &[u8], account: AccountId) -> DbResult<()> {
    diesel::insert_into(half_sessions::table)
        .values((
            half_sessions::hash.eq(hash),
            half_sessions::account_id.eq(account),
            half_sessions::created_at.eq(now),
            half_sessions::tries.eq(0),
        ))
        .execute(conn)?;
    Ok(())
}

/// Whose sign-in waits for its code, if it still does.
pub fn half(conn: &mut AnyConnection, now: Moment, hash: &[u8]) -> DbResult<Option<AccountId>> {
    let waiting = half_sessions::table.find(hash).filter(half_sessions::created_at.ge(now - HALF_LASTS));
    Ok(waiting.select(half_sessions::account_id).first(conn).optional()?)
}

/// Takes one of its `most` tries. `false`: there is none left.
pub fn take_half_try(conn: &mut AnyConnection, hash: &[u8], most: i64) -> DbResult<bool> {
    let free = half_sessions::table.find(hash).filter(half_sessions::tries.lt(most));
    Ok(diesel::update(free).set(half_sessions::tries.eq(half_sessions::tries + 1)).execute(conn)? == 1)
}

/// Ends it. `false`: it has ended.
pub fn end_half(conn: &mut AnyConnection, hash: &[u8]) -> DbResult<bool> {
    Ok(diesel::delete(half_sessions::table.find(hash)).execute(conn)? == 1)
}

/// Throws away sessions that began or were last seen before these moments, and sign-ins whose code never came; how many
/// there were.
pub fn discard_old(conn: &mut AnyConnection, now: Moment, begun_after: Moment, seen_after: Moment) -> DbResult<usize> {
    let over = sessions::table.filter(sessions::created_at.lt(begun_after).or(sessions::seen_at.lt(seen_after)));
    let halves = half_sessions::table.filter(half_sessions::created_at.lt(now - HALF_LASTS));
    Ok(diesel::delete(over).execute(conn)? + diesel::delete(halves).execute(conn)?)
}
