//! The SQL of drafts.

use diesel::prelude::*;

use super::model::{Draft, KEPT, Purpose};
use crate::clock::Moment;
use crate::comments::model::Kind;
use crate::db::schema::{drafts, memberships};
use crate::db::{AnyConnection, DbResult, straight};
use crate::ids::{AccountId, DraftId, NormId, OrganisationId, TextVersionId};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = drafts, treat_none_as_default_value = false)]
struct Row {
    id: DraftId,
    account_id: AccountId,
    organisation_id: Option<OrganisationId>,
    purpose: Purpose,
    norm_id: Option<NormId>,
    text_version_id: Option<TextVersionId>,
    kind: Option<Kind>,
    reference: Option<String>,
    title: String,
    content: String,
    version: i64,
    edited_by: AccountId,
    edited_at: Moment,
    opened_by: Option<AccountId>,
    opened_at: Option<Moment>,
    created_at: Moment,
}

impl From<Row> for Draft {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            account: row.account_id,
            organisation: row.organisation_id,
            purpose: row.purpose,
            norm: row.norm_id,
            text_version: row.text_version_id,
            kind: row.kind,
            reference: row.reference,
            title: row.title,
            content: row.content,
            version: row.version,
            edited_by: row.edited_by,
            edited_at: row.edited_at,
            opened_by: row.opened_by,
            opened_at: row.opened_at,
            created_at: row.created_at,
        }
    }
}

/// The organisations `account` is a member of.
#[diesel::dsl::auto_type]
fn organisations_of(account: AccountId) -> _ {
    let member: &'static str = "member";
    memberships::table
        .filter(memberships::account_id.eq(account))
        .filter(memberships::state.eq(member))
        .select(memberships::organisation_id.nullable())
}

/// The organisation that whoever began the draft is a member of: leaving it ends what was shared with it.
#[diesel::dsl::auto_type]
fn organisations_of_owner() -> _ {
    let member: &'static str = "member";
    memberships::table
        .filter(memberships::account_id.eq(drafts::account_id))
        .filter(memberships::state.eq(member))
        .select(memberships::organisation_id.nullable())
}

/// The drafts that somebody began, or that are shared with their organisation. A function could not name its type.
macro_rules! is_open_to {
    ($account:expr) => {
        drafts::account_id.eq($account).or(drafts::organisation_id
            .eq_any(organisations_of($account))
            .and(drafts::organisation_id.eq_any(organisations_of_owner()))
            .assume_not_null())
    };
}

/// The draft with this id, if `account` may open it: their own, or one shared with their organisation. One that is
/// past its time is gone.
pub fn open_to(conn: &mut AnyConnection, now: Moment, account: AccountId, id: DraftId) -> DbResult<Option<Draft>> {
    let row = drafts::table
        .filter(drafts::id.eq(id).and(drafts::edited_at.gt(now - KEPT)))
        .filter(is_open_to!(account))
        .select(Row::as_select())
        .first(conn);
    Ok(row.optional()?.map(Draft::from))
}

/// Whoever's it is; past its time too.
pub(in crate::comments) fn by_id(conn: &mut AnyConnection, id: DraftId) -> DbResult<Option<Draft>> {
    let row: Option<Row> = straight!(conn, drafts::table.find(id).select(Row::as_select()).first(conn)).optional()?;
    Ok(row.map(Draft::from))
}

/// Every draft `account` may open, the last changed first; what they hold is left out.
pub fn all_open_to(conn: &mut AnyConnection, now: Moment, account: AccountId) -> DbResult<Vec<Draft>> {
    let rows: Vec<Row> = drafts::table
        .filter(drafts::edited_at.gt(now - KEPT))
        .filter(is_open_to!(account))
        .order((drafts::edited_at.desc(), drafts::id.desc()))
        .limit(super::model::MOST_DRAFTS)
        .select((
            drafts::id,
            drafts::account_id,
            drafts::organisation_id,
            drafts::purpose,
            drafts::norm_id,
            drafts::text_version_id,
            drafts::kind,
            drafts::reference,
            drafts::title,
            "".into_sql::<diesel::sql_types::Text>(),
            drafts::version,
            drafts::edited_by,
            drafts::edited_at,
            drafts::opened_by,
            drafts::opened_at,
            drafts::created_at,
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(Draft::from).collect())
}

/// A draft of this person's that holds exactly this.
pub(super) fn with_content(
    conn: &mut AnyConnection,
    now: Moment,
    account: AccountId,
    content: &str,
) -> DbResult<Option<DraftId>> {
    Ok(drafts::table
        .filter(drafts::account_id.eq(account).and(drafts::edited_at.gt(now - KEPT)))
        .filter(drafts::content.eq(content))
        .select(drafts::id)
        .first(conn)
        .optional()?)
}

/// How many drafts a person began that are still kept.
pub(super) fn count(conn: &mut AnyConnection, now: Moment, account: AccountId) -> DbResult<i64> {
    Ok(drafts::table
        .filter(drafts::account_id.eq(account).and(drafts::edited_at.gt(now - KEPT)))
        .count()
        .get_result(conn)?)
}

/// Adds a draft.
pub(super) fn insert(conn: &mut AnyConnection, it: &Draft) -> DbResult<()> {
    let row = Row {
        id: it.id,
        account_id: it.account,
        organisation_id: it.organisation,
        purpose: it.purpose,
        norm_id: it.norm,
        text_version_id: it.text_version,
        kind: it.kind,
        reference: it.reference.clone(),
        title: it.title.clone(),
        content: it.content.clone(),
        version: it.version,
        edited_by: it.edited_by,
        edited_at: it.edited_at,
        opened_by: it.opened_by,
        opened_at: it.opened_at,
        created_at: it.created_at,
    };
    diesel::insert_into(drafts::table).values(&row).execute(conn)?;
    Ok(())
}

/// Replaces what a draft holds, unless it changed since `expected`. `false`: it did.
pub(super) fn replace(conn: &mut AnyConnection, it: &Draft, expected: i64) -> DbResult<bool> {
    let target = drafts::table.filter(drafts::id.eq(it.id)).filter(drafts::version.eq(expected));
    let changed = diesel::update(target)
        .set((
            drafts::text_version_id.eq(it.text_version),
            drafts::title.eq(&it.title),
            drafts::content.eq(&it.content),
            drafts::version.eq(drafts::version + 1),
            drafts::edited_by.eq(it.edited_by),
            drafts::edited_at.eq(it.edited_at),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Throws a draft away unless it changed since `version`. `false`: it did, or is gone.
pub(super) fn discard_as(conn: &mut AnyConnection, id: DraftId, version: i64) -> DbResult<bool> {
    let target = drafts::table.filter(drafts::id.eq(id)).filter(drafts::version.eq(version));
    Ok(diesel::delete(target).execute(conn)? == 1)
}

/// Throws a draft of `owner`'s away. `false`: there is none.
pub fn discard_of(conn: &mut AnyConnection, owner: AccountId, id: DraftId) -> DbResult<bool> {
    let target = drafts::table.filter(drafts::id.eq(id)).filter(drafts::account_id.eq(owner));
    Ok(diesel::delete(target).execute(conn)? == 1)
}

/// Throws every draft away that is past its time; how many.
pub fn discard_old(conn: &mut AnyConnection, now: Moment) -> DbResult<usize> {
    Ok(diesel::delete(drafts::table.filter(drafts::edited_at.le(now - KEPT))).execute(conn)?)
}

/// Notes who has a draft open.
pub(super) fn opened(conn: &mut AnyConnection, now: Moment, by: AccountId, id: DraftId) -> DbResult<()> {
    diesel::update(drafts::table.find(id)).set((drafts::opened_by.eq(by), drafts::opened_at.eq(now))).execute(conn)?;
    Ok(())
}

/// Sets whose members may open a draft of `owner`'s. `false`: there is none.
pub(super) fn set_organisation(
    conn: &mut AnyConnection,
    owner: AccountId,
    id: DraftId,
    organisation: Option<OrganisationId>,
) -> DbResult<bool> {
    let target = drafts::table.filter(drafts::id.eq(id)).filter(drafts::account_id.eq(owner));
    Ok(diesel::update(target).set(drafts::organisation_id.eq(organisation)).execute(conn)? == 1)
}
