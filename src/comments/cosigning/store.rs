//! The SQL of co-signing.

use diesel::dsl::{count, count_star};
use diesel::prelude::*;

use super::model::{Cosignature, Cosigned, GroupCount};
use crate::accounts::organisations::model::Standing;
use crate::clock::Moment;
use crate::comments::model::{Publication, State, is_public};
use crate::db::schema::{comments, cosignatures, memberships};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, CommentId, OrganisationId};

/// The most that one's own list shows.
const MOST_OWN: i64 = 200;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = cosignatures, treat_none_as_default_value = false)]
struct Row {
    comment_id: CommentId,
    account_id: AccountId,
    organisation_id: Option<OrganisationId>,
    name: String,
    organisation: Option<String>,
    stakeholder_group: String,
    country: Option<String>,
    signed_at: Moment,
}

impl From<Row> for Cosignature {
    fn from(row: Row) -> Self {
        Self {
            comment: row.comment_id,
            account: row.account_id,
            organisation_id: row.organisation_id,
            name: row.name,
            organisation: row.organisation,
            stakeholder_group: row.stakeholder_group,
            country: row.country,
            signed_at: row.signed_at,
        }
    }
}

/// Adds a name. Fails with [`crate::db::DbError::Taken`] if the person or the organisation signed before.
pub(super) fn insert(conn: &mut AnyConnection, it: Cosignature) -> DbResult<()> {
    let row = Row {
        comment_id: it.comment,
        account_id: it.account,
        organisation_id: it.organisation_id,
        name: it.name,
        organisation: it.organisation,
        stakeholder_group: it.stakeholder_group,
        country: it.country,
        signed_at: it.signed_at,
    };
    diesel::insert_into(cosignatures::table).values(&row).execute(conn)?;
    Ok(())
}

/// What a person signed under a comment, for themselves or for an organisation.
pub fn by_account(conn: &mut AnyConnection, comment: CommentId, account: AccountId) -> DbResult<Option<Cosignature>> {
    let row = cosignatures::table.find((comment, account)).select(Row::as_select());
    Ok(row.first::<Row>(conn).optional()?.map(Cosignature::from))
}

/// An organisation's name under a comment.
pub fn by_organisation(
    conn: &mut AnyConnection,
    comment: CommentId,
    organisation: OrganisationId,
) -> DbResult<Option<Cosignature>> {
    let row = cosignatures::table
        .filter(cosignatures::comment_id.eq(comment).and(cosignatures::organisation_id.eq(organisation)))
        .select(Row::as_select());
    Ok(row.first::<Row>(conn).optional()?.map(Cosignature::from))
}

/// Takes a person's own name off. `false`: it was not there.
pub(super) fn remove_own(conn: &mut AnyConnection, comment: CommentId, account: AccountId) -> DbResult<bool> {
    let own = cosignatures::table
        .filter(cosignatures::comment_id.eq(comment).and(cosignatures::account_id.eq(account)))
        .filter(cosignatures::organisation_id.is_null());
    Ok(diesel::delete(own).execute(conn)? == 1)
}

/// Takes an organisation's name off, whoever put it there. `false`: it was not there.
pub(super) fn remove_organisation(
    conn: &mut AnyConnection,
    comment: CommentId,
    organisation: OrganisationId,
) -> DbResult<bool> {
    let of_it = cosignatures::table
        .filter(cosignatures::comment_id.eq(comment).and(cosignatures::organisation_id.eq(organisation)));
    Ok(diesel::delete(of_it).execute(conn)? == 1)
}

/// The names under a comment: organisations, then people, each in the order in which they signed; at most `most`.
pub fn first(conn: &mut AnyConnection, comment: CommentId, most: i64) -> DbResult<Vec<Cosignature>> {
    let rows: Vec<Row> = cosignatures::table
        .filter(cosignatures::comment_id.eq(comment))
        .order((cosignatures::organisation_id.is_null(), cosignatures::signed_at, cosignatures::account_id))
        .limit(most)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Cosignature::from).collect())
}

/// The names under each of these comments, in the order in which they signed.
pub fn of_comments(conn: &mut AnyConnection, ids: &[CommentId]) -> DbResult<Vec<Cosignature>> {
    let rows: Vec<Row> = cosignatures::table
        .filter(cosignatures::comment_id.eq_any(ids.to_vec()))
        .order((cosignatures::comment_id, cosignatures::signed_at, cosignatures::account_id))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Cosignature::from).collect())
}

/// How many names of each group stand under each of these comments, by the code of the group.
pub fn by_comment_and_group(conn: &mut AnyConnection, ids: &[CommentId]) -> DbResult<Vec<(CommentId, GroupCount)>> {
    let by = (cosignatures::comment_id, cosignatures::stakeholder_group);
    let rows: Vec<(CommentId, String, i64, i64)> = cosignatures::table
        .filter(cosignatures::comment_id.eq_any(ids.to_vec()))
        .group_by(by)
        .select((by.0, by.1, count_star(), count(cosignatures::organisation_id)))
        .order(by)
        .load(conn)?;
    let counted = |(comment, group, all, organisations): (CommentId, String, i64, i64)| {
        (comment, GroupCount { group, organisations, people: all - organisations })
    };
    Ok(rows.into_iter().map(counted).collect())
}

/// How many names of each group stand under a comment.
pub fn by_group(conn: &mut AnyConnection, comment: CommentId) -> DbResult<Vec<GroupCount>> {
    Ok(by_comment_and_group(conn, &[comment])?.into_iter().map(|(_, count)| count).collect())
}

/// What a person can take a name off: their own, and that of the organisation they are a member of; newest first.
pub fn of_account(conn: &mut AnyConnection, account: AccountId) -> DbResult<Vec<Cosigned>> {
    let own_organisation = memberships::table
        .filter(memberships::account_id.eq(account).and(memberships::state.eq(Standing::Member)))
        .select(memberships::organisation_id.nullable());
    let own = cosignatures::account_id.eq(account).and(cosignatures::organisation_id.is_null());
    let rows: Vec<(String, State, Publication, Option<String>, Moment)> = cosignatures::table
        .inner_join(comments::table)
        .filter(own.or(cosignatures::organisation_id.eq_any(own_organisation)))
        .order((cosignatures::signed_at.desc(), cosignatures::comment_id.desc()))
        .limit(MOST_OWN)
        .select((
            comments::reference,
            comments::state,
            comments::publication,
            cosignatures::organisation,
            cosignatures::signed_at,
        ))
        .load(conn)?;
    let cosigned = |(reference, state, publication, organisation, signed_at)| Cosigned {
        reference,
        is_public: is_public(state, publication),
        organisation,
        signed_at,
    };
    Ok(rows.into_iter().map(cosigned).collect())
}
