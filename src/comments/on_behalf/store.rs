//! The SQL of comments that speak for an organisation.

use diesel::prelude::*;

use crate::accounts::organisations::model::Organisation;
use crate::accounts::organisations::store::{self as organisations_store, OrganisationRow};
use crate::comments::model::Comment;
use crate::comments::store::{CommentRow, RevisionRow, comment, current, organisation_of};
use crate::db::schema::{comments, organisation_comments, organisations};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, CommentId, OrganisationId};
use crate::web::paging::{Cursor, ROWS};

/// Notes that `comment` speaks for `organisation`.
pub(in crate::comments) fn link(
    conn: &mut AnyConnection,
    comment: &Comment,
    organisation: OrganisationId,
) -> DbResult<()> {
    diesel::insert_into(organisation_comments::table)
        .values((
            organisation_comments::comment_id.eq(comment.id),
            organisation_comments::organisation_id.eq(organisation),
            organisation_comments::submitted_at.eq(comment.submitted_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// Whether `account` is a member of the organisation that a comment speaks for.
pub fn is_of_member(conn: &mut AnyConnection, comment: CommentId, account: AccountId) -> DbResult<bool> {
    match organisation_of(conn, comment)? {
        None => Ok(false),
        Some(organisation) => organisations_store::is_member(conn, account, organisation),
    }
}

/// The organisations that comments speak for; those that speak for none are left out.
pub fn organisations_of(conn: &mut AnyConnection, ids: &[CommentId]) -> DbResult<Vec<(CommentId, Organisation)>> {
    let rows: Vec<(CommentId, OrganisationRow)> = organisation_comments::table
        .inner_join(organisations::table)
        .filter(organisation_comments::comment_id.eq_any(ids.to_vec()))
        .select((organisation_comments::comment_id, OrganisationRow::as_select()))
        .load(conn)?;
    Ok(rows.into_iter().map(|(comment, row)| (comment, row.into())).collect())
}

/// An organisation's comments, newest first; one row more than a page as the sign that more follow.
pub fn of_organisation(
    conn: &mut AnyConnection,
    organisation: OrganisationId,
    after: Option<Cursor<CommentId>>,
) -> DbResult<Vec<Comment>> {
    let mut query = current()
        .inner_join(organisation_comments::table.on(organisation_comments::comment_id.eq(comments::id)))
        .filter(organisation_comments::organisation_id.eq(organisation))
        .into_boxed();
    if let Some(Cursor { at, id }) = after {
        let same = organisation_comments::submitted_at.eq(at).and(organisation_comments::comment_id.lt(id));
        // The first condition alone gives the index its start.
        query = query.filter(organisation_comments::submitted_at.le(at));
        query = query.filter(organisation_comments::submitted_at.lt(at).or(same));
    }
    let rows: Vec<(CommentRow, RevisionRow)> = query
        .order((organisation_comments::submitted_at.desc(), organisation_comments::comment_id.desc()))
        .limit(i64::try_from(ROWS + 1).unwrap_or(i64::MAX))
        .select((CommentRow::as_select(), RevisionRow::as_select()))
        .load(conn)?;
    rows.into_iter().map(comment).collect()
}
