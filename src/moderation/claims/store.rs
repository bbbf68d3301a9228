//! The SQL of claims.

use diesel::prelude::*;

use super::model::{Claim, LEASE};
use crate::clock::Moment;
use crate::db::schema::{accounts, claims};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, CommentId};

fn claim((comment_id, holder, until, name): (CommentId, AccountId, Moment, String)) -> Claim {
    Claim { comment_id, holder, name, until }
}

/// Who works on a comment at `now`.
pub fn of(conn: &mut AnyConnection, now: Moment, comment: CommentId) -> DbResult<Option<Claim>> {
    Ok(of_many(conn, now, &[comment])?.pop())
}

/// Who works on which of these comments at `now`.
pub fn of_many(conn: &mut AnyConnection, now: Moment, comments: &[CommentId]) -> DbResult<Vec<Claim>> {
    let rows: Vec<(CommentId, AccountId, Moment, String)> = claims::table
        .inner_join(accounts::table)
        .filter(claims::comment_id.eq_any(comments.to_vec()).and(claims::until.gt(now)))
        .select((claims::comment_id, claims::account_id, claims::until, accounts::name))
        .load(conn)?;
    Ok(rows.into_iter().map(claim).collect())
}

/// Gives a comment to `account` for [`LEASE`], if nobody else holds it. `false`: somebody does. Whoever loses a race for
/// one that nobody held fails with [`crate::db::DbError::Taken`].
pub(super) fn take(conn: &mut AnyConnection, now: Moment, comment: CommentId, account: AccountId) -> DbResult<bool> {
    let row = claims::table.filter(claims::comment_id.eq(comment));
    let changed = diesel::update(row.filter(claims::until.le(now).or(claims::account_id.eq(account))))
        .set((claims::account_id.eq(account), claims::taken_at.eq(now), claims::until.eq(now + LEASE)))
        .execute(conn)?;
    if changed == 1 {
        return Ok(true);
    }
    let is_held: bool = diesel::select(diesel::dsl::exists(row)).get_result(conn)?;
    if is_held {
        return Ok(false);
    }
    diesel::insert_into(claims::table)
        .values((
            claims::comment_id.eq(comment),
            claims::account_id.eq(account),
            claims::taken_at.eq(now),
            claims::until.eq(now + LEASE),
        ))
        .execute(conn)?;
    Ok(true)
}

/// Makes the lease of `account` whole again. `false`: they do not hold the comment any more.
pub(super) fn renew(conn: &mut AnyConnection, now: Moment, comment: CommentId, account: AccountId) -> DbResult<bool> {
    let own = claims::comment_id.eq(comment).and(claims::account_id.eq(account));
    let live = claims::table.filter(own.and(claims::until.gt(now)));
    Ok(diesel::update(live).set(claims::until.eq(now + LEASE)).execute(conn)? == 1)
}

/// Gives a comment from one to another. `false`: the one does not hold it any more.
pub(super) fn take_over(
    conn: &mut AnyConnection,
    now: Moment,
    comment: CommentId,
    from: AccountId,
    to: AccountId,
) -> DbResult<bool> {
    let theirs = claims::comment_id.eq(comment).and(claims::account_id.eq(from));
    let live = claims::table.filter(theirs.and(claims::until.gt(now)));
    let changed = diesel::update(live)
        .set((claims::account_id.eq(to), claims::taken_at.eq(now), claims::until.eq(now + LEASE)))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Frees a comment that `account` holds. `false`: they do not.
pub(super) fn release(conn: &mut AnyConnection, comment: CommentId, account: AccountId) -> DbResult<bool> {
    let own = claims::table.filter(claims::comment_id.eq(comment).and(claims::account_id.eq(account)));
    Ok(diesel::delete(own).execute(conn)? == 1)
}

/// Frees a comment that was decided, whoever held it.
pub(in crate::moderation) fn end(conn: &mut AnyConnection, comment: CommentId) -> DbResult<()> {
    diesel::delete(claims::table.filter(claims::comment_id.eq(comment))).execute(conn)?;
    Ok(())
}

/// Frees every comment that `account` holds; how many those were. For whoever leaves the desk.
pub fn release_all(conn: &mut AnyConnection, account: AccountId) -> DbResult<usize> {
    Ok(diesel::delete(claims::table.filter(claims::account_id.eq(account))).execute(conn)?)
}

/// Gives every comment that `from` holds at `now` to another, each with a whole lease; how many those were.
pub fn hand_over(conn: &mut AnyConnection, now: Moment, from: AccountId, to: AccountId) -> DbResult<usize> {
    let live = claims::table.filter(claims::account_id.eq(from).and(claims::until.gt(now)));
    Ok(diesel::update(live)
        .set((claims::account_id.eq(to), claims::taken_at.eq(now), claims::until.eq(now + LEASE)))
        .execute(conn)?)
}

/// Throws away leases that have run out; how many those were.
pub fn sweep(conn: &mut AnyConnection, now: Moment) -> DbResult<usize> {
    Ok(diesel::delete(claims::table.filter(claims::until.le(now))).execute(conn)?)
}
