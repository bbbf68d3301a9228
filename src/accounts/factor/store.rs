//! The SQL of second factors.

use diesel::prelude::*;

use super::model::{Factor, PAUSE, RecoveryCode, Secret, TRIES_OF_ACCOUNT};
use crate::clock::Moment;
use crate::db::schema::{half_sessions, recovery_codes, second_factors};
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::AccountId;

/// The second factor of an account, if it has one.
pub fn of(conn: &mut AnyConnection, account: AccountId) -> DbResult<Option<Factor>> {
    let found: Option<(Vec<u8>, Moment)> = second_factors::table
        .find(account)
        .select((second_factors::secret, second_factors::set_at))
        .first(conn)
        .optional()?;
    let Some((secret, set_at)) = found else { return Ok(None) };
    let secret = Secret::of(&secret).ok_or_else(|| DbError::Fault("a secret of the wrong length".into()))?;
    let left = recovery_codes::table
        .filter(recovery_codes::account_id.eq(account).and(recovery_codes::spent_at.is_null()))
        .count()
        .get_result(conn)?;
    Ok(Some(Factor { secret, set_at, left }))
}

/// Whether an account has a second factor.
pub fn is_set(conn: &mut AnyConnection, account: AccountId) -> DbResult<bool> {
    Ok(diesel::select(diesel::dsl::exists(second_factors::table.find(account))).get_result(conn)?)
}

/// Gives an account a second factor in place of the one it had, if any; `step` was used to show that the app has it.
/// Fails with [`DbError::Taken`] if another one was set at the same moment.
pub fn put(conn: &mut AnyConnection, now: Moment, account: AccountId, secret: &Secret, step: i64) -> DbResult<bool> {
    let had_one = remove(conn, account)?;
    diesel::insert_into(second_factors::table)
        .values((
            second_factors::account_id.eq(account),
            second_factors::secret.eq(secret.as_bytes()),
            second_factors::last_step.eq(step),
            second_factors::set_at.eq(now),
            second_factors::tries.eq(0),
            second_factors::tries_since.eq(now),
        ))
        .execute(conn)?;
    Ok(had_one)
}

/// Takes the second factor and every recovery code away. `false`: there was none.
pub fn remove(conn: &mut AnyConnection, account: AccountId) -> DbResult<bool> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::account_id.eq(account))).execute(conn)?;
    diesel::delete(half_sessions::table.filter(half_sessions::account_id.eq(account))).execute(conn)?;
    Ok(diesel::delete(second_factors::table.find(account)).execute(conn)? == 1)
}

/// Uses up a step and forgets the tries. `false`: it, or a later one, was used already.
pub fn use_step(conn: &mut AnyConnection, account: AccountId, step: i64) -> DbResult<bool> {
    let unused = second_factors::table.find(account).filter(second_factors::last_step.lt(step));
    let used =
        diesel::update(unused).set((second_factors::last_step.eq(step), second_factors::tries.eq(0))).execute(conn)?;
    Ok(used == 1)
}

/// Takes one of the account's tries, before its code is looked at: of many at once no more get through than there are.
/// The number of this one; `None`: there is none left for now.
pub fn take_try(conn: &mut AnyConnection, now: Moment, account: AccountId) -> DbResult<Option<i64>> {
    let rested = second_factors::table.find(account).filter(second_factors::tries_since.le(now - PAUSE));
    let anew = diesel::update(rested).set((second_factors::tries.eq(1), second_factors::tries_since.eq(now)));
    if anew.execute(conn)? == 1 {
        return Ok(Some(1));
    }
    let free = second_factors::table.find(account).filter(second_factors::tries.lt(TRIES_OF_ACCOUNT));
    let taken = diesel::update(free).set(second_factors::tries.eq(second_factors::tries + 1));
    Ok(taken.returning(second_factors::tries).get_result(conn).optional()?)
}

/// Replaces the recovery codes.
pub fn put_codes(conn: &mut AnyConnection, now: Moment, account: AccountId, codes: &[RecoveryCode]) -> DbResult<()> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::account_id.eq(account))).execute(conn)?;
    for code in codes {
        diesel::insert_into(recovery_codes::table)
            .values((
                recovery_codes::hash.eq(code.hash(account).as_slice()),
                recovery_codes::account_id.eq(account),
                recovery_codes::made_at.eq(now),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Whether this is a recovery code of the account that was not used yet.
pub fn has_code(conn: &mut AnyConnection, account: AccountId, code: &RecoveryCode) -> DbResult<bool> {
    let hash = code.hash(account);
    let unspent = recovery_codes::table.find(hash.as_slice()).filter(recovery_codes::spent_at.is_null());
    Ok(diesel::select(diesel::dsl::exists(unspent)).get_result(conn)?)
}

/// Spends a recovery code. `false`: it is none, or was spent already.
pub fn spend_code(conn: &mut AnyConnection, now: Moment, account: AccountId, code: &RecoveryCode) -> DbResult<bool> {
    let hash = code.hash(account);
    let unspent = recovery_codes::table.find(hash.as_slice()).filter(recovery_codes::spent_at.is_null());
    Ok(diesel::update(unspent).set(recovery_codes::spent_at.eq(Some(now))).execute(conn)? == 1)
}
