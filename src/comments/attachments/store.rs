//! The SQL of attachments.

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::model::Attachment;
use crate::accounts::organisations::model::Standing;
use crate::clock::Moment;
use crate::comments::drafts;
use crate::db::schema::{
    attachments, comments, drafts as drafts_table, memberships, organisation_comments, submission_parts, submissions,
    unscanned_files,
};
use crate::db::{AnyConnection, DbResult, straight};
use crate::files::MediaType;
use crate::ids::{AccountId, AttachmentId, CommentId, SubmissionId};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = attachments, treat_none_as_default_value = false)]
struct Row {
    id: AttachmentId,
    holder: Vec<u8>,
    account_id: AccountId,
    name: String,
    media_type: MediaType,
    size: i64,
    sha256: String,
    created_at: Moment,
}

impl From<(Row, bool)> for Attachment {
    fn from((row, is_unscanned): (Row, bool)) -> Self {
        Self {
            is_unscanned,
            id: row.id,
            holder: row.holder,
            account: row.account_id,
            name: row.name,
            media_type: row.media_type,
            size: row.size,
            sha256: row.sha256,
            created_at: row.created_at,
        }
    }
}

/// Adds an attachment; its bytes are stored already.
pub fn insert(conn: &mut AnyConnection, it: &Attachment) -> DbResult<()> {
    let row = Row {
        id: it.id,
        holder: it.holder.clone(),
        account_id: it.account,
        name: it.name.clone(),
        media_type: it.media_type,
        size: it.size,
        sha256: it.sha256.clone(),
        created_at: it.created_at,
    };
    diesel::insert_into(attachments::table).values(&row).execute(conn)?;
    if it.is_unscanned {
        let waits = (unscanned_files::attachment_id.eq(it.id), unscanned_files::tried_at.eq(it.created_at));
        diesel::insert_into(unscanned_files::table).values(waits).execute(conn)?;
    }
    Ok(())
}

/// Whether a file has yet to be looked through.
#[diesel::dsl::auto_type]
fn waits() -> _ {
    exists(unscanned_files::table.filter(unscanned_files::attachment_id.eq(attachments::id)))
}

/// Files that have yet to be looked through, at most `most`: those first that were tried longest ago.
pub(super) fn unscanned(conn: &mut AnyConnection, most: i64) -> DbResult<Vec<Attachment>> {
    let rows: Vec<(Row, bool)> = attachments::table
        .inner_join(unscanned_files::table.on(unscanned_files::attachment_id.eq(attachments::id)))
        .order((unscanned_files::tried_at, unscanned_files::attachment_id))
        .limit(most)
        .select((Row::as_select(), true.into_sql::<Bool>()))
        .load(conn)?;
    Ok(rows.into_iter().map(Attachment::from).collect())
}

/// Has every file wait to be looked through, whatever was known of it; how many wait that did not.
pub(super) fn all_wait(conn: &mut AnyConnection) -> DbResult<usize> {
    let known = attachments::table.filter(not(waits())).select((attachments::id, attachments::created_at));
    let into = (unscanned_files::attachment_id, unscanned_files::tried_at);
    Ok(diesel::insert_into(unscanned_files::table).values(known).into_columns(into).execute(conn)?)
}

/// Whether a comment has a file that has yet to be looked through.
pub fn has_unscanned(conn: &mut AnyConnection, comment: CommentId) -> DbResult<bool> {
    let waiting = attachments::table
        .inner_join(unscanned_files::table.on(unscanned_files::attachment_id.eq(attachments::id)))
        .filter(attachments::holder.eq(comment.as_bytes()));
    Ok(diesel::select(exists(waiting)).get_result(conn)?)
}

/// Nothing bad is known of a file. `false`: it did not wait.
pub(super) fn is_clean(conn: &mut AnyConnection, id: AttachmentId) -> DbResult<bool> {
    Ok(diesel::delete(unscanned_files::table.find(id)).execute(conn)? == 1)
}

/// A file could not be looked through at `now`.
pub(super) fn tried(conn: &mut AnyConnection, now: Moment, id: AttachmentId) -> DbResult<()> {
    diesel::update(unscanned_files::table.find(id)).set(unscanned_files::tried_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Whether nothing is kept under a form's id: no comment, no submission, no draft, no file. In one statement, so that
/// all of it is of one moment.
pub(in crate::comments) fn is_fresh(conn: &mut AnyConnection, form: CommentId) -> DbResult<bool> {
    let key = form.as_bytes();
    let was_sent = exists(comments::table.filter(comments::id.eq(key)).select(comments::id))
        .or(exists(submissions::table.filter(submissions::id.eq(key)).select(submissions::id)));
    let is_begun = exists(drafts_table::table.filter(drafts_table::id.eq(key)).select(drafts_table::id))
        .or(exists(attachments::table.filter(attachments::holder.eq(key)).select(attachments::id)));
    Ok(!straight!(conn, diesel::select(was_sent.or(is_begun)).get_result::<bool>(conn))?)
}

/// What came with a draft, comment or submission (the bytes of its id), oldest first.
pub fn held_by(conn: &mut AnyConnection, holder: &[u8]) -> DbResult<Vec<Attachment>> {
    let rows: Vec<(Row, bool)> = attachments::table
        .filter(attachments::holder.eq(holder))
        .order((attachments::created_at, attachments::id))
        .select((Row::as_select(), waits()))
        .load(conn)?;
    Ok(rows.into_iter().map(Attachment::from).collect())
}

/// What came with these comments, oldest first.
pub fn of_comments(conn: &mut AnyConnection, ids: &[CommentId]) -> DbResult<Vec<Attachment>> {
    let holders: Vec<Vec<u8>> = ids.iter().map(|id| id.as_bytes().to_vec()).collect();
    let rows: Vec<(Row, bool)> = attachments::table
        .filter(attachments::holder.eq_any(holders))
        .order((attachments::created_at, attachments::id))
        .select((Row::as_select(), waits()))
        .load(conn)?;
    Ok(rows.into_iter().map(Attachment::from).collect())
}

/// Everything a person ever sent along, oldest first.
pub fn of_account(conn: &mut AnyConnection, account: AccountId) -> DbResult<Vec<Attachment>> {
    let rows: Vec<(Row, bool)> = attachments::table
        .filter(attachments::account_id.eq(account))
        .order((attachments::created_at, attachments::id))
        .select((Row::as_select(), waits()))
        .load(conn)?;
    Ok(rows.into_iter().map(Attachment::from).collect())
}

/// The attachment with this id, whoever may see it.
pub fn by_id(conn: &mut AnyConnection, id: AttachmentId) -> DbResult<Option<Attachment>> {
    let row = attachments::table.find(id).select((Row::as_select(), waits())).first::<(Row, bool)>(conn);
    Ok(row.optional()?.map(Attachment::from))
}

/// Takes an attachment out; its bytes are the caller's to delete. `false`: it was not there.
pub fn remove(conn: &mut AnyConnection, id: AttachmentId) -> DbResult<bool> {
    Ok(diesel::delete(attachments::table.find(id)).execute(conn)? == 1)
}

/// How many files a person attached since `since` that are still there.
pub(super) fn count_since(conn: &mut AnyConnection, account: AccountId, since: Moment) -> DbResult<i64> {
    let theirs = attachments::table.filter(attachments::account_id.eq(account));
    Ok(theirs.filter(attachments::created_at.gt(since)).count().get_result(conn)?)
}

/// Whether `account` is a member of the organisation that the comment was sent for.
pub(super) fn is_colleague(conn: &mut AnyConnection, account: AccountId, comment: CommentId) -> DbResult<bool> {
    let theirs = of_colleagues(account).filter(organisation_comments::comment_id.eq(comment));
    Ok(diesel::select(exists(theirs)).get_result(conn)?)
}

/// Whether `account` is a member of an organisation that a comment of the submission was sent for.
pub(in crate::comments) fn is_colleague_in(
    conn: &mut AnyConnection,
    account: AccountId,
    id: SubmissionId,
) -> DbResult<bool> {
    let parts =
        submission_parts::table.filter(submission_parts::submission_id.eq(id)).select(submission_parts::comment_id);
    let theirs = of_colleagues(account).filter(organisation_comments::comment_id.eq_any(parts));
    Ok(diesel::select(exists(theirs)).get_result(conn)?)
}

/// What was sent for the organisation that `account` is a member of.
#[diesel::dsl::auto_type]
fn of_colleagues(account: AccountId) -> _ {
    let member: Standing = Standing::Member;
    organisation_comments::table
        .inner_join(memberships::table.on(memberships::organisation_id.eq(organisation_comments::organisation_id)))
        .filter(memberships::account_id.eq(account))
        .filter(memberships::state.eq(member))
}

/// The oldest files, at most `most`, that came before `before` and belong to nothing: no comment, no submission, no
/// draft that is still kept at `now`.
pub(super) fn of_nothing(
    conn: &mut AnyConnection,
    now: Moment,
    before: Moment,
    most: i64,
) -> DbResult<Vec<AttachmentId>> {
    let kept = now - drafts::model::KEPT;
    Ok(attachments::table
        .filter(attachments::created_at.lt(before))
        .filter(not(exists(comments::table.filter(comments::id.eq(attachments::holder)))))
        .filter(not(exists(submissions::table.filter(submissions::id.eq(attachments::holder)))))
        .filter(not(exists(
            drafts_table::table
                .filter(drafts_table::id.eq(attachments::holder))
                .filter(drafts_table::edited_at.gt(kept)),
        )))
        .order(attachments::created_at)
        .limit(most)
        .select(attachments::id)
        .load(conn)?)
}
