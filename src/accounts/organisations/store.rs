//! The SQL of organisations.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::model::{Grounds, Membership, Organisation, Person, Standing, folded};
use crate::clock::Moment;
use crate::db::schema::{accounts, memberships, organisations};
use crate::db::{AnyConnection, DbResult, straight};
use crate::ids::{AccountId, OrganisationId};
use crate::web::paging::{Cursor, ROWS};

/// The most people that a page lists, and organisations that a search finds.
const MOST_PEOPLE: i64 = 500;
const MOST_FOUND: i64 = 20;

/// A row of `organisations`; comments select it together with their own.
#[derive(Queryable, Selectable)]
#[diesel(table_name = organisations)]
pub struct OrganisationRow {
    id: OrganisationId,
    name: String,
    domain: Option<String>,
    stakeholder_group: String,
    country: Option<String>,
    founded_by: AccountId,
    confirmed_at: Option<Moment>,
    version: i64,
}

impl From<OrganisationRow> for Organisation {
    fn from(row: OrganisationRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            domain: row.domain,
            stakeholder_group: row.stakeholder_group,
            country: row.country,
            founded_by: row.founded_by,
            confirmed_at: row.confirmed_at,
            version: row.version,
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = memberships)]
struct MembershipRow {
    organisation_id: OrganisationId,
    account_id: AccountId,
    state: Standing,
    grounds: Grounds,
    asked_at: Moment,
    decided_at: Option<Moment>,
}

impl From<MembershipRow> for Membership {
    fn from(row: MembershipRow) -> Self {
        Self {
            organisation: row.organisation_id,
            account: row.account_id,
            standing: row.state,
            grounds: row.grounds,
            asked_at: row.asked_at,
            decided_at: row.decided_at,
        }
    }
}

/// The organisation that `account` is a member of, if any: nobody is a member of two.
pub fn of_member(conn: &mut AnyConnection, account: AccountId) -> DbResult<Option<Organisation>> {
    with_standing(conn, account, Standing::Member)
}

/// The organisation that `account` asked to join and that has not answered, if any.
pub fn asked_by(conn: &mut AnyConnection, account: AccountId) -> DbResult<Option<Organisation>> {
    with_standing(conn, account, Standing::Asked)
}

fn with_standing(conn: &mut AnyConnection, account: AccountId, standing: Standing) -> DbResult<Option<Organisation>> {
    let newest = memberships::table
        .inner_join(organisations::table)
        .filter(memberships::account_id.eq(account).and(memberships::state.eq(standing)))
        .order(memberships::asked_at.desc());
    let row: Option<OrganisationRow> =
        straight!(conn, newest.select(OrganisationRow::as_select()).first(conn)).optional()?;
    Ok(row.map(Organisation::from))
}

/// Whether `account` is a member of `organisation` now.
pub fn is_member(conn: &mut AnyConnection, account: AccountId, organisation: OrganisationId) -> DbResult<bool> {
    let member = memberships::table.find((organisation, account)).filter(memberships::state.eq(Standing::Member));
    Ok(diesel::select(exists(member)).get_result(conn)?)
}

/// Where `account` stands with `organisation`; `None` if it never asked.
pub fn membership(
    conn: &mut AnyConnection,
    organisation: OrganisationId,
    account: AccountId,
) -> DbResult<Option<Membership>> {
    let row = memberships::table.find((organisation, account)).select(MembershipRow::as_select());
    Ok(row.first::<MembershipRow>(conn).optional()?.map(Membership::from))
}

/// The organisation with this id.
pub fn by_id(conn: &mut AnyConnection, id: OrganisationId) -> DbResult<Option<Organisation>> {
    let row = organisations::table.find(id).select(OrganisationRow::as_select());
    Ok(row.first::<OrganisationRow>(conn).optional()?.map(Organisation::from))
}

/// The organisation with this name, however it is written.
pub fn by_name(conn: &mut AnyConnection, name: &str) -> DbResult<Option<Organisation>> {
    let row = organisations::table.filter(organisations::folded_name.eq(folded(name)));
    let row = row.select(OrganisationRow::as_select()).first::<OrganisationRow>(conn).optional()?;
    Ok(row.map(Organisation::from))
}

/// The organisation whose people have addresses at `domain`.
pub fn by_domain(conn: &mut AnyConnection, domain: &str) -> DbResult<Option<Organisation>> {
    let row = organisations::table.filter(organisations::domain.eq(domain));
    let row = row.select(OrganisationRow::as_select()).first::<OrganisationRow>(conn).optional()?;
    Ok(row.map(Organisation::from))
}

/// Confirmed organisations whose names hold `name`, and any with exactly that name; by name, at most twenty.
pub fn named_like(conn: &mut AnyConnection, name: &str) -> DbResult<Vec<Organisation>> {
    let folded = folded(name);
    // What means something in a pattern stands for any one character.
    let pattern = format!("%{}%", folded.replace(['%', '\\'], "_"));
    let is_confirmed = organisations::domain.is_not_null().or(organisations::confirmed_at.is_not_null());
    let rows: Vec<OrganisationRow> = organisations::table
        .filter(organisations::folded_name.eq(folded).or(is_confirmed.and(organisations::folded_name.like(pattern))))
        .order(organisations::folded_name)
        .limit(MOST_FOUND)
        .select(OrganisationRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Organisation::from).collect())
}

/// Every organisation, newest first; one row more than a page as the sign that more follow.
pub fn all(conn: &mut AnyConnection, after: Option<Cursor<OrganisationId>>) -> DbResult<Vec<(Organisation, Moment)>> {
    let mut query = organisations::table.into_boxed();
    if let Some(Cursor { at, id }) = after {
        let earlier = organisations::created_at.lt(at);
        query = query.filter(earlier.or(organisations::created_at.eq(at).and(organisations::id.lt(id))));
    }
    let rows: Vec<(OrganisationRow, Moment)> = query
        .order((organisations::created_at.desc(), organisations::id.desc()))
        .limit(i64::try_from(ROWS + 1).unwrap_or(i64::MAX))
        .select((OrganisationRow::as_select(), organisations::created_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(row, at)| (row.into(), at)).collect())
}

/// Everybody who asked to join any organisation and waits, the longest first.
pub fn waiting(conn: &mut AnyConnection) -> DbResult<Vec<(Organisation, Person)>> {
    let rows: Vec<(OrganisationRow, PersonRow)> = memberships::table
        .inner_join(organisations::table)
        .inner_join(accounts::table)
        .filter(memberships::state.eq(Standing::Asked))
        .order((memberships::asked_at, memberships::account_id))
        .limit(MOST_PEOPLE)
        .select((OrganisationRow::as_select(), person_columns()))
        .load(conn)?;
    Ok(rows.into_iter().map(|(organisation, row)| (organisation.into(), person(row))).collect())
}

type PersonRow = (AccountId, String, String, Grounds, Moment);

#[diesel::dsl::auto_type]
fn person_columns() -> _ {
    (accounts::id, accounts::name, accounts::email, memberships::grounds, memberships::asked_at)
}

fn person((account, name, email, grounds, since): PersonRow) -> Person {
    Person { account, name, email, grounds, since }
}

/// The people of an organisation with this standing, the longest first; at most five hundred.
pub fn people(conn: &mut AnyConnection, organisation: OrganisationId, standing: Standing) -> DbResult<Vec<Person>> {
    let rows: Vec<PersonRow> = memberships::table
        .inner_join(accounts::table)
        .filter(memberships::organisation_id.eq(organisation).and(memberships::state.eq(standing)))
        .order((memberships::asked_at, memberships::account_id))
        .limit(MOST_PEOPLE)
        .select(person_columns())
        .load(conn)?;
    Ok(rows.into_iter().map(person).collect())
}

/// Who speaks first for an organisation: its founder, or whoever has been a member longest once the founder left.
pub fn first_member(conn: &mut AnyConnection, it: &Organisation) -> DbResult<Option<AccountId>> {
    if is_member(conn, it.founded_by, it.id)? {
        return Ok(Some(it.founded_by));
    }
    Ok(memberships::table
        .filter(memberships::organisation_id.eq(it.id).and(memberships::state.eq(Standing::Member)))
        .order((memberships::asked_at, memberships::account_id))
        .select(memberships::account_id)
        .first(conn)
        .optional()?)
}

/// Adds an organisation. Fails with [`crate::db::DbError::Taken`] if its name or domain is taken.
pub fn insert(conn: &mut AnyConnection, now: Moment, it: &Organisation) -> DbResult<()> {
    diesel::insert_into(organisations::table)
        .values((
            organisations::id.eq(it.id),
            organisations::name.eq(&it.name),
            organisations::folded_name.eq(folded(&it.name)),
            organisations::domain.eq(&it.domain),
            organisations::stakeholder_group.eq(&it.stakeholder_group),
            organisations::country.eq(&it.country),
            organisations::founded_by.eq(it.founded_by),
            organisations::confirmed_at.eq(it.confirmed_at),
            organisations::version.eq(it.version),
            organisations::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Marks the name as confirmed, unless the organisation changed since `expected` or is confirmed. `false`: it is.
pub(super) fn confirm(conn: &mut AnyConnection, now: Moment, id: OrganisationId, expected: i64) -> DbResult<bool> {
    let target = organisations::table
        .filter(organisations::id.eq(id).and(organisations::version.eq(expected)))
        .filter(organisations::confirmed_at.is_null());
    let changed = diesel::update(target)
        .set((organisations::confirmed_at.eq(Some(now)), organisations::version.eq(organisations::version + 1)))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Adds where a person stands with an organisation. A second membership fails with [`crate::db::DbError::Taken`].
pub fn put_membership(conn: &mut AnyConnection, it: &Membership) -> DbResult<()> {
    diesel::insert_into(memberships::table)
        .values((
            memberships::organisation_id.eq(it.organisation),
            memberships::account_id.eq(it.account),
            memberships::state.eq(it.standing),
            memberships::grounds.eq(it.grounds),
            memberships::asked_at.eq(it.asked_at),
            memberships::decided_at.eq(it.decided_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// Replaces `before` by `after`, unless the standing changed meanwhile. `false`: it did.
pub(super) fn again(conn: &mut AnyConnection, before: &Membership, after: &Membership) -> DbResult<bool> {
    let target = memberships::table
        .filter(memberships::organisation_id.eq(before.organisation).and(memberships::account_id.eq(before.account)))
        .filter(memberships::state.eq(before.standing).and(memberships::asked_at.eq(before.asked_at)));
    let changed = diesel::update(target)
        .set((
            memberships::state.eq(after.standing),
            memberships::grounds.eq(after.grounds),
            memberships::asked_at.eq(after.asked_at),
            memberships::decided_at.eq(after.decided_at),
            memberships::decided_by.eq(None::<AccountId>),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Moves a person from one standing to another; `by` is whoever decided. `false`: they stood elsewhere.
pub(super) fn move_on(
    conn: &mut AnyConnection,
    now: Moment,
    organisation: OrganisationId,
    account: AccountId,
    (from, to): (Standing, Standing),
    by: AccountId,
) -> DbResult<bool> {
    let target = memberships::table
        .filter(memberships::organisation_id.eq(organisation).and(memberships::account_id.eq(account)))
        .filter(memberships::state.eq(from));
    let changed = diesel::update(target)
        .set((memberships::state.eq(to), memberships::decided_at.eq(Some(now)), memberships::decided_by.eq(Some(by))))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Takes back every question of `account` that waits for an answer, but the one to `except`.
pub(super) fn take_back(
    conn: &mut AnyConnection,
    now: Moment,
    account: AccountId,
    except: OrganisationId,
) -> DbResult<()> {
    let target = memberships::table
        .filter(memberships::account_id.eq(account).and(memberships::state.eq(Standing::Asked)))
        .filter(memberships::organisation_id.ne(except));
    diesel::update(target)
        .set((memberships::state.eq(Standing::Left), memberships::decided_at.eq(Some(now))))
        .execute(conn)?;
    Ok(())
}
