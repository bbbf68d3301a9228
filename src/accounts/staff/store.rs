//! The SQL of people's places.

use diesel::prelude::*;

use super::model::{Ground, Grounds, Person};
use crate::accounts::model::Purpose;
use crate::accounts::store::{Row, Token};
use crate::clock::Moment;
use crate::db::schema::{accounts, staff_grounds, tokens};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, GroundsId};
use crate::web::Role;

type Read = (Row, Option<Moment>, bool);

fn person((row, suspended_at, digest): Read) -> Person {
    Person { account: row.into(), suspended_at, digest }
}

/// The person, unless they deleted their account.
pub fn person_by_id(conn: &mut AnyConnection, id: AccountId) -> DbResult<Option<Person>> {
    let row = accounts::table
        .find(id)
        .filter(accounts::deleted_at.is_null())
        .select((Row::as_select(), accounts::suspended_at, accounts::digest))
        .first::<Read>(conn)
        .optional()?;
    Ok(row.map(person))
}

/// Everybody at the Secretariat's desk by name, those who are suspended too.
pub fn staff(conn: &mut AnyConnection) -> DbResult<Vec<Person>> {
    let rows: Vec<Read> = accounts::table
        .filter(accounts::role.ne(Role::Stakeholder).and(accounts::deleted_at.is_null()))
        .order((accounts::name, accounts::id))
        .limit(200)
        .select((Row::as_select(), accounts::suspended_at, accounts::digest))
        .load(conn)?;
    Ok(rows.into_iter().map(person).collect())
}

/// Suspended people who are not staff, those suspended last first, at most a hundred.
pub fn suspended_others(conn: &mut AnyConnection) -> DbResult<Vec<Person>> {
    let rows: Vec<Read> = accounts::table
        .filter(accounts::suspended_at.is_not_null().and(accounts::deleted_at.is_null()))
        .filter(accounts::role.eq(Role::Stakeholder))
        .order((accounts::suspended_at.desc(), accounts::id))
        .limit(100)
        .select((Row::as_select(), accounts::suspended_at, accounts::digest))
        .load(conn)?;
    Ok(rows.into_iter().map(person).collect())
}

/// Whether the person can't sign in.
pub fn is_suspended(conn: &mut AnyConnection, id: AccountId) -> DbResult<bool> {
    let target = accounts::table.filter(accounts::id.eq(id).and(accounts::suspended_at.is_not_null()));
    Ok(diesel::select(diesel::dsl::exists(target)).get_result(conn)?)
}

/// Holds everybody of the Secretariat until the end of the transaction: of two who would each take the other's role, one
/// waits and then sees what the other did.
pub fn hold_secretariat(conn: &mut AnyConnection) -> DbResult<()> {
    let all = accounts::table.filter(accounts::role.eq(Role::Secretariat));
    diesel::update(all).set(accounts::version.eq(accounts::version)).execute(conn)?;
    Ok(())
}

/// How many people may act for the Secretariat now. Call [`hold_secretariat`] before.
pub fn count_secretariat(conn: &mut AnyConnection) -> DbResult<i64> {
    let active = accounts::table.filter(accounts::role.eq(Role::Secretariat).and(accounts::suspended_at.is_null()));
    Ok(active.filter(accounts::deleted_at.is_null()).count().get_result(conn)?)
}

/// Gives a role, unless the account was changed since `expected`. `false`: it was.
pub fn set_role(conn: &mut AnyConnection, id: AccountId, expected: i64, role: Role) -> DbResult<bool> {
    let target = accounts::table.filter(accounts::id.eq(id).and(accounts::version.eq(expected)));
    let changed = diesel::update(target)
        .set((accounts::role.eq(role), accounts::version.eq(accounts::version + 1)))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Suspends or reinstates, unless the account was changed since `expected`. `false`: it was.
pub fn set_suspended(
    conn: &mut AnyConnection,
    id: AccountId,
    expected: i64,
    suspended_at: Option<Moment>,
) -> DbResult<bool> {
    let target = accounts::table.filter(accounts::id.eq(id).and(accounts::version.eq(expected)));
    let changed = diesel::update(target)
        .set((accounts::suspended_at.eq(suspended_at), accounts::version.eq(accounts::version + 1)))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Counts a change of the account that is written elsewhere, unless it was changed since `expected`. `false`: it was.
pub fn count_change(conn: &mut AnyConnection, id: AccountId, expected: i64) -> DbResult<bool> {
    let target = accounts::table.filter(accounts::id.eq(id).and(accounts::version.eq(expected)));
    Ok(diesel::update(target).set(accounts::version.eq(accounts::version + 1)).execute(conn)? == 1)
}

/// Says whether a person wants the daily digest.
pub fn set_digest(conn: &mut AnyConnection, id: AccountId, wanted: bool) -> DbResult<()> {
    diesel::update(accounts::table.find(id)).set(accounts::digest.eq(wanted)).execute(conn)?;
    Ok(())
}

/// Invitations that may still be accepted, the newest first, at most a hundred.
pub fn open_invitations(conn: &mut AnyConnection, now: Moment) -> DbResult<Vec<Token>> {
    Ok(tokens::table
        .filter(tokens::purpose.eq(Purpose::Invite).and(tokens::spent_at.is_null()))
        .filter(tokens::expires_at.ge(now))
        .order((tokens::created_at.desc(), tokens::hash))
        .limit(100)
        .select(Token::as_select())
        .load(conn)?)
}

/// Writes down why something was done to `subject`.
pub fn put_grounds(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    subject: &str,
    action: &str,
    grounds: &Grounds,
) -> DbResult<()> {
    diesel::insert_into(staff_grounds::table)
        .values((
            staff_grounds::id.eq(GroundsId::new()),
            staff_grounds::subject.eq(subject),
            staff_grounds::action.eq(action),
            staff_grounds::text.eq(grounds.as_str()),
            staff_grounds::written_by.eq(by),
            staff_grounds::written_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Why what was done to `subject`, the newest first, at most a hundred.
pub fn grounds_of(conn: &mut AnyConnection, subject: &str) -> DbResult<Vec<Ground>> {
    let rows: Vec<(String, String, String, Moment)> = staff_grounds::table
        .inner_join(accounts::table)
        .filter(staff_grounds::subject.eq(subject))
        .order((staff_grounds::written_at.desc(), staff_grounds::id.desc()))
        .limit(100)
        .select((staff_grounds::action, staff_grounds::text, accounts::name, staff_grounds::written_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(action, text, by, at)| Ground { action, text, by, at }).collect())
}

/// Forgets why what was done to `subject`.
pub fn forget_grounds(conn: &mut AnyConnection, subject: &str) -> DbResult<()> {
    diesel::delete(staff_grounds::table.filter(staff_grounds::subject.eq(subject))).execute(conn)?;
    Ok(())
}

/// The names of these accounts; a deleted one has none.
pub fn names(conn: &mut AnyConnection, ids: &[AccountId]) -> DbResult<Vec<(AccountId, String)>> {
    let ids = accounts::id.eq_any(ids.to_vec());
    Ok(accounts::table.filter(ids).select((accounts::id, accounts::name)).load(conn)?)
}
