//! The SQL of organisations.

use diesel::prelude::*;

use super::model::{Grounds, Membership, Organisation, Standing};
use crate::clock::Moment;
use crate::db::schema::{memberships, organisations};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, OrganisationId};

#[derive(Queryable, Selectable)]
#[diesel(table_name = organisations)]
struct Row {
    id: OrganisationId,
    name: String,
    domain: Option<String>,
    stakeholder_group: String,
    country: Option<String>,
    founded_by: AccountId,
    confirmed_at: Option<Moment>,
    version: i64,
}

impl From<Row> for Organisation {
    fn from(row: Row) -> Self {
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

/// The organisation that `account` is a member of, if any: nobody is a member of two.
pub fn of_member(conn: &mut AnyConnection, account: AccountId) -> DbResult<Option<Organisation>> {
    let row: Option<Row> = memberships::table
        .inner_join(organisations::table)
        .filter(memberships::account_id.eq(account).and(memberships::state.eq(Standing::Member)))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(Organisation::from))
}

/// Adds an organisation. Fails with [`crate::db::DbError::Taken`] if its name or domain is taken.
pub fn insert(conn: &mut AnyConnection, now: Moment, it: &Organisation) -> DbResult<()> {
    diesel::insert_into(organisations::table)
        .values((
            organisations::id.eq(it.id),
            organisations::name.eq(&it.name),
            organisations::folded_name.eq(it.name.to_lowercase()),
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

/// Adds where a person stands with an organisation.
pub fn put_membership(conn: &mut AnyConnection, it: &Membership) -> DbResult<()> {
    let grounds: Grounds = it.grounds;
    diesel::insert_into(memberships::table)
        .values((
            memberships::organisation_id.eq(it.organisation),
            memberships::account_id.eq(it.account),
            memberships::state.eq(it.standing),
            memberships::grounds.eq(grounds),
            memberships::asked_at.eq(it.asked_at),
        ))
        .execute(conn)?;
    Ok(())
}
