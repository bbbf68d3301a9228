//! The SQL of accounts.

use diesel::prelude::*;

use super::model::{Account, Details, Email, LINKS_KEPT, OnBehalfOf, Purpose};
use super::passkeys::store as passkeys;
use super::sessions::model::Device;
use crate::clock::Moment;
use crate::db::schema::{accounts, half_sessions, second_factors, sessions, tokens};
use crate::db::{AnyConnection, DbResult, straight};
use crate::ids::AccountId;
use crate::web::Role;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = accounts, treat_none_as_default_value = false)]
pub(super) struct Row {
    id: AccountId,
    email: String,
    name: String,
    stakeholder_group: String,
    organisation: Option<String>,
    country: Option<String>,
    on_behalf_of: OnBehalfOf,
    language: String,
    password_hash: String,
    role: Role,
    confirmed_at: Option<Moment>,
    version: i64,
    created_at: Moment,
}

impl From<Row> for Account {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            email: row.email,
            details: Details {
                name: row.name,
                stakeholder_group: row.stakeholder_group,
                organisation: row.organisation,
                country: row.country,
                on_behalf_of: row.on_behalf_of,
            },
            language: row.language,
            password_hash: row.password_hash,
            role: row.role,
            confirmed_at: row.confirmed_at,
            version: row.version,
        }
    }
}

/// The account with this address.
pub fn by_email(conn: &mut AnyConnection, email: &Email) -> DbResult<Option<Account>> {
    let row = accounts::table.filter(accounts::email.eq(email.as_str())).select(Row::as_select()).first(conn);
    Ok(row.optional()?.map(Account::from))
}

/// The account with this id.
pub fn by_id(conn: &mut AnyConnection, id: AccountId) -> DbResult<Account> {
    let row: Row = straight!(conn, accounts::table.find(id).select(Row::as_select()).first(conn))?;
    Ok(row.into())
}

/// Whether anybody has the role of the Secretariat.
pub fn has_secretariat(conn: &mut AnyConnection) -> DbResult<bool> {
    Ok(diesel::select(diesel::dsl::exists(accounts::table.filter(accounts::role.eq(Role::Secretariat))))
        .get_result(conn)?)
}

/// Whether there is any account: a portal without one has no comments either.
pub fn has_any(conn: &mut AnyConnection) -> DbResult<bool> {
    Ok(diesel::select(diesel::dsl::exists(accounts::table.select(accounts::id))).get_result(conn)?)
}

/// Adds an account.
pub fn insert(conn: &mut AnyConnection, now: Moment, account: &Account) -> DbResult<()> {
    let details = account.details.clone();
    let row = Row {
        id: account.id,
        email: account.email.clone(),
        name: details.name,
        stakeholder_group: details.stakeholder_group,
        organisation: details.organisation,
        country: details.country,
        on_behalf_of: details.on_behalf_of,
        language: account.language.clone(),
        password_hash: account.password_hash.clone(),
        role: account.role,
        confirmed_at: account.confirmed_at,
        version: account.version,
        created_at: now,
    };
    diesel::insert_into(accounts::table).values(&row).execute(conn)?;
    Ok(())
}

/// Replaces what a person says of themselves, unless it was changed since `expected`. `false`: it was.
pub fn set_details(conn: &mut AnyConnection, id: AccountId, expected: i64, details: &Details) -> DbResult<bool> {
    let target = accounts::table.filter(accounts::id.eq(id)).filter(accounts::version.eq(expected));
    let changed = diesel::update(target)
        .set((
            accounts::name.eq(&details.name),
            accounts::stakeholder_group.eq(&details.stakeholder_group),
            accounts::organisation.eq(&details.organisation),
            accounts::country.eq(&details.country),
            accounts::on_behalf_of.eq(details.on_behalf_of),
            accounts::version.eq(accounts::version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Sets the password.
pub fn set_password(conn: &mut AnyConnection, id: AccountId, hash: &str) -> DbResult<()> {
    diesel::update(accounts::table.find(id))
        .set((accounts::password_hash.eq(hash), accounts::version.eq(accounts::version + 1)))
        .execute(conn)?;
    Ok(())
}

/// Puts another hash of the same password in the place of `known`: the person changed nothing, so the version stays.
pub fn renew_hash(conn: &mut AnyConnection, id: AccountId, known: &str, hash: &str) -> DbResult<()> {
    let target = accounts::table.filter(accounts::id.eq(id)).filter(accounts::password_hash.eq(known));
    diesel::update(target).set(accounts::password_hash.eq(hash)).execute(conn)?;
    Ok(())
}

/// Sets the address. Fails with [`crate::db::DbError::Taken`] if another account has it.
pub fn set_email(conn: &mut AnyConnection, id: AccountId, email: &Email) -> DbResult<()> {
    diesel::update(accounts::table.find(id))
        .set((accounts::email.eq(email.as_str()), accounts::version.eq(accounts::version + 1)))
        .execute(conn)?;
    Ok(())
}

/// Marks the address as confirmed. `false`: it was already.
pub fn confirm(conn: &mut AnyConnection, now: Moment, id: AccountId) -> DbResult<bool> {
    let target = accounts::table.filter(accounts::id.eq(id)).filter(accounts::confirmed_at.is_null());
    Ok(diesel::update(target).set(accounts::confirmed_at.eq(Some(now))).execute(conn)? == 1)
}

/// Sets the language of mails.
pub fn set_language(conn: &mut AnyConnection, id: AccountId, language: &str) -> DbResult<()> {
    diesel::update(accounts::table.find(id)).set(accounts::language.eq(language)).execute(conn)?;
    Ok(())
}

/// Gives a role.
pub fn set_role(conn: &mut AnyConnection, id: AccountId, role: Role) -> DbResult<()> {
    diesel::update(accounts::table.find(id))
        .set((accounts::role.eq(role), accounts::version.eq(accounts::version + 1)))
        .execute(conn)?;
    Ok(())
}

/// A link as it rests in the database.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = tokens, treat_none_as_default_value = false)]
pub struct Token {
    /// SHA-256 of the secret.
    pub hash: Vec<u8>,
    /// What it is good for.
    pub purpose: Purpose,
    /// Whose it is; an invitation has nobody yet.
    pub account_id: Option<AccountId>,
    /// JSON.
    pub detail: String,
    /// When it was made.
    pub created_at: Moment,
    /// When it ends.
    pub expires_at: Moment,
    /// When it was used.
    pub spent_at: Option<Moment>,
}

/// Keeps a link; the older ones of the same person and purpose end, but for those that confirm an address: each of
/// them carries a registration of its own.
pub fn put_token(conn: &mut AnyConnection, token: &Token) -> DbResult<()> {
    if token.purpose != Purpose::Confirm {
        // Of nobody's there are none, but to find that out takes as long.
        let account = token.account_id.unwrap_or_default();
        let older = tokens::table
            .filter(tokens::account_id.eq(account))
            .filter(tokens::purpose.eq(token.purpose))
            .filter(tokens::spent_at.is_null());
        diesel::update(older).set(tokens::spent_at.eq(Some(token.created_at))).execute(conn)?;
    }
    diesel::insert_into(tokens::table).values(token).execute(conn)?;
    Ok(())
}

/// The link with this hash.
pub fn token(conn: &mut AnyConnection, hash: &[u8], purpose: Purpose) -> DbResult<Option<Token>> {
    Ok(tokens::table
        .filter(tokens::hash.eq(hash).and(tokens::purpose.eq(purpose)))
        .select(Token::as_select())
        .first(conn)
        .optional()?)
}

/// Spends a link. `false`: it was spent already.
pub fn spend(conn: &mut AnyConnection, now: Moment, hash: &[u8]) -> DbResult<bool> {
    let target = tokens::table.filter(tokens::hash.eq(hash)).filter(tokens::spent_at.is_null());
    Ok(diesel::update(target).set(tokens::spent_at.eq(Some(now))).execute(conn)? == 1)
}

/// Ends every link of a person that is not used yet.
pub fn end_tokens(conn: &mut AnyConnection, now: Moment, account: AccountId) -> DbResult<()> {
    let open = tokens::table.filter(tokens::account_id.eq(account)).filter(tokens::spent_at.is_null());
    diesel::update(open).set(tokens::spent_at.eq(Some(now))).execute(conn)?;
    Ok(())
}

/// When the newest link of a kind was made for a person.
pub fn newest_token(conn: &mut AnyConnection, account: AccountId, purpose: Purpose) -> DbResult<Option<Moment>> {
    Ok(tokens::table
        .filter(tokens::account_id.eq(account).and(tokens::purpose.eq(purpose)))
        .order(tokens::created_at.desc())
        .select(tokens::created_at)
        .first(conn)
        .optional()?)
}

/// Keeps a session.
pub fn put_session(
    conn: &mut AnyConnection,
    now: Moment,
    hash: &[u8],
    account: AccountId,
    device: Device,
) -> DbResult<()> {
    diesel::insert_into(sessions::table)
        .values((
            sessions::hash.eq(hash),
            sessions::account_id.eq(account),
            sessions::created_at.eq(now),
            sessions::seen_at.eq(now),
            sessions::device.eq(device.kept()),
            // Whoever has just signed in has just proved who they are.
            sessions::verified_at.eq(Some(now)),
            sessions::tries.eq(0),
        ))
        .execute(conn)?;
    Ok(())
}

/// A session and whose it is.
pub struct Found {
    /// Whose.
    pub account: Account,
    /// Whether the account has a second factor: an app or, of people at the desk, a passkey.
    pub has_factor: bool,
    /// When it began.
    pub created_at: Moment,
    /// When it was last used.
    pub seen_at: Moment,
    /// When its owner last proved who they are.
    pub verified_at: Option<Moment>,
}

/// When the second factor was set, the session began, was last seen, was last proven.
type Times = (Option<Moment>, Moment, Moment, Option<Moment>);

/// The session with this hash, unless its account was suspended or deleted.
pub fn session(conn: &mut AnyConnection, hash: &[u8]) -> DbResult<Option<Found>> {
    let live = sessions::table
        .inner_join(accounts::table.left_join(second_factors::table))
        .filter(sessions::hash.eq(hash).and(accounts::deleted_at.is_null()))
        .filter(accounts::suspended_at.is_null());
    let times = (second_factors::set_at.nullable(), sessions::created_at, sessions::seen_at, sessions::verified_at);
    let found: Option<(Row, Times)> = straight!(conn, live.select((Row::as_select(), times)).first(conn)).optional()?;
    let Some((row, (set_at, created_at, seen_at, verified_at))) = found else { return Ok(None) };
    let account = Account::from(row);
    // Asked only where it makes a difference.
    let has_factor = set_at.is_some() || account.role.is_staff() && passkeys::has_any(conn, account.id)?;
    Ok(Some(Found { account, has_factor, created_at, seen_at, verified_at }))
}

/// Notes that a session is in use.
pub fn touch_session(conn: &mut AnyConnection, now: Moment, hash: &[u8]) -> DbResult<()> {
    diesel::update(sessions::table.find(hash)).set(sessions::seen_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Throws away links that ended longer ago than [`LINKS_KEPT`]. How many.
pub fn discard_ended_links(conn: &mut AnyConnection, now: Moment) -> DbResult<usize> {
    Ok(diesel::delete(tokens::table.filter(tokens::expires_at.le(now - LINKS_KEPT))).execute(conn)?)
}

/// Ends a session.
pub fn end_session(conn: &mut AnyConnection, hash: &[u8]) -> DbResult<()> {
    diesel::delete(sessions::table.find(hash)).execute(conn)?;
    Ok(())
}

/// Ends every session of a person but the one with the hash `except`, and every sign-in that waits for its code.
pub fn end_sessions(conn: &mut AnyConnection, account: AccountId, except: &[u8]) -> DbResult<()> {
    diesel::delete(half_sessions::table.filter(half_sessions::account_id.eq(account))).execute(conn)?;
    diesel::delete(sessions::table.filter(sessions::account_id.eq(account)).filter(sessions::hash.ne(except)))
        .execute(conn)?;
    Ok(())
}
