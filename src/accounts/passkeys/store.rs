//! The SQL of passkeys and of the challenges that wait for an answer.

use diesel::prelude::*;

use super::ceremony::Created;
use super::model::{CHALLENGE_LASTS, Passkey, PasskeyName, Purpose};
use crate::clock::Moment;
use crate::db::schema::{passkey_challenges, passkeys};
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::{AccountId, PasskeyId};

#[derive(Queryable, Selectable)]
#[diesel(table_name = passkeys)]
struct Row {
    id: PasskeyId,
    account_id: AccountId,
    credential_id: Vec<u8>,
    public_key: Vec<u8>,
    counter: i64,
    is_synced: bool,
    name: String,
    added_at: Moment,
    used_at: Option<Moment>,
}

impl TryFrom<Row> for Passkey {
    type Error = DbError;

    fn try_from(row: Row) -> DbResult<Self> {
        Ok(Self {
            id: row.id,
            account: row.account_id,
            credential: row.credential_id,
            public_key: row.public_key,
            counter: u32::try_from(row.counter).map_err(|_| DbError::Fault("a counter out of range".into()))?,
            is_synced: row.is_synced,
            name: row.name,
            added_at: row.added_at,
            used_at: row.used_at,
        })
    }
}

/// Every passkey of an account, the oldest first.
pub fn of(conn: &mut AnyConnection, account: AccountId) -> DbResult<Vec<Passkey>> {
    let rows: Vec<Row> = passkeys::table
        .filter(passkeys::account_id.eq(account))
        .order((passkeys::added_at, passkeys::id))
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Passkey::try_from).collect()
}

/// One passkey of an account.
pub fn of_account(conn: &mut AnyConnection, account: AccountId, id: PasskeyId) -> DbResult<Option<Passkey>> {
    let row = passkeys::table.find(id).filter(passkeys::account_id.eq(account)).select(Row::as_select());
    row.first(conn).optional()?.map(Passkey::try_from).transpose()
}

/// How many passkeys an account has.
pub fn count(conn: &mut AnyConnection, account: AccountId) -> DbResult<i64> {
    Ok(passkeys::table.filter(passkeys::account_id.eq(account)).count().get_result(conn)?)
}

/// Whether an account has a passkey.
pub fn has_any(conn: &mut AnyConnection, account: AccountId) -> DbResult<bool> {
    let own = passkeys::table.filter(passkeys::account_id.eq(account));
    Ok(diesel::select(diesel::dsl::exists(own)).get_result(conn)?)
}

/// The passkey that authenticators call so.
pub fn by_credential(conn: &mut AnyConnection, credential: &[u8]) -> DbResult<Option<Passkey>> {
    let row = passkeys::table.filter(passkeys::credential_id.eq(credential)).select(Row::as_select());
    row.first(conn).optional()?.map(Passkey::try_from).transpose()
}

/// Gives an account a passkey. Fails with [`DbError::Taken`] if it was added at the same moment.
pub fn insert(
    conn: &mut AnyConnection,
    now: Moment,
    account: AccountId,
    name: &PasskeyName,
    created: &Created,
) -> DbResult<PasskeyId> {
    let id = PasskeyId::new();
    diesel::insert_into(passkeys::table)
        .values((
            passkeys::id.eq(id),
            passkeys::account_id.eq(account),
            passkeys::credential_id.eq(&created.credential),
            passkeys::public_key.eq(&created.public_key),
            passkeys::counter.eq(i64::from(created.counter)),
            passkeys::is_synced.eq(created.is_synced),
            passkeys::name.eq(name.as_str()),
            passkeys::added_at.eq(now),
        ))
        .execute(conn)?;
    Ok(id)
}

/// Notes a use, unless the passkey was used since `passkey` was read. `false`: it was, or it is gone.
pub fn note_use(conn: &mut AnyConnection, now: Moment, passkey: &Passkey, counter: u32) -> DbResult<bool> {
    let unused = passkeys::table.find(passkey.id).filter(passkeys::counter.eq(i64::from(passkey.counter)));
    let noted = diesel::update(unused)
        .set((passkeys::counter.eq(i64::from(counter)), passkeys::used_at.eq(Some(now))))
        .execute(conn)?;
    Ok(noted == 1)
}

/// Takes a passkey from an account. `false`: it is not its own, or gone.
pub fn remove(conn: &mut AnyConnection, account: AccountId, id: PasskeyId) -> DbResult<bool> {
    let one = passkeys::table.find(id).filter(passkeys::account_id.eq(account));
    Ok(diesel::delete(one).execute(conn)? == 1)
}

/// Takes every passkey from an account; how many there were.
pub fn remove_all(conn: &mut AnyConnection, account: AccountId) -> DbResult<usize> {
    Ok(diesel::delete(passkeys::table.filter(passkeys::account_id.eq(account))).execute(conn)?)
}

/// Keeps a challenge by its digest until its answer comes; one that the browser was given before for the same is over.
pub fn put_challenge(
    conn: &mut AnyConnection,
    now: Moment,
    hash: &[u8],
    browser: &[u8],
    purpose: Purpose,
) -> DbResult<()> {
    let earlier = passkey_challenges::browser.eq(browser).and(passkey_challenges::purpose.eq(purpose));
    diesel::delete(passkey_challenges::table.filter(earlier)).execute(conn)?;
    diesel::insert_into(passkey_challenges::table)
        .values((
            passkey_challenges::hash.eq(hash),
            passkey_challenges::browser.eq(browser),
            passkey_challenges::purpose.eq(purpose),
            passkey_challenges::made_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Spends a challenge. `false`: this browser was given none such for this purpose, or it was answered before, or too long
/// ago.
pub fn spend_challenge(
    conn: &mut AnyConnection,
    now: Moment,
    hash: &[u8],
    browser: &[u8],
    purpose: Purpose,
) -> DbResult<bool> {
    let given = passkey_challenges::browser.eq(browser).and(passkey_challenges::purpose.eq(purpose));
    let waits = passkey_challenges::made_at.ge(now - CHALLENGE_LASTS).and(passkey_challenges::made_at.le(now));
    let one = passkey_challenges::table.find(hash).filter(given).filter(waits);
    Ok(diesel::delete(one).execute(conn)? == 1)
}

/// Throws away challenges that nobody answered in time; how many there were.
pub fn discard_old(conn: &mut AnyConnection, now: Moment) -> DbResult<usize> {
    let over = passkey_challenges::made_at.lt(now - CHALLENGE_LASTS);
    Ok(diesel::delete(passkey_challenges::table.filter(over)).execute(conn)?)
}
