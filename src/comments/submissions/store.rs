//! The SQL of submissions.

use diesel::prelude::*;

use super::model::{Form, Submission};
use crate::clock::Moment;
use crate::comments::model::{Comment, Publication};
use crate::comments::store::{CommentRow, RevisionRow, comment, current};
use crate::db::schema::{comments, submission_parts, submissions};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, CommentId, SubmissionId};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = submissions, treat_none_as_default_value = false)]
struct Row {
    id: SubmissionId,
    reference: String,
    account_id: AccountId,
    kind: Form,
    title: String,
    text: String,
    digest: String,
    parts: i32,
    publication: Publication,
    submitted_at: Moment,
}

impl From<Row> for Submission {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            reference: row.reference,
            account: row.account_id,
            form: row.kind,
            title: row.title,
            text: row.text,
            digest: row.digest,
            parts: row.parts,
            publication: row.publication,
            submitted_at: row.submitted_at,
        }
    }
}

/// The submission with this id.
pub fn by_id(conn: &mut AnyConnection, id: SubmissionId) -> DbResult<Option<Submission>> {
    let row = submissions::table.find(id).select(Row::as_select()).first::<Row>(conn);
    Ok(row.optional()?.map(Submission::from))
}

/// The submission with this reference, whoever may see it.
pub fn by_reference(conn: &mut AnyConnection, reference: &str) -> DbResult<Option<Submission>> {
    let row = submissions::table.filter(submissions::reference.eq(reference)).select(Row::as_select());
    Ok(row.first::<Row>(conn).optional()?.map(Submission::from))
}

/// The submission that a comment is a part of, if any.
pub fn of_comment(conn: &mut AnyConnection, id: CommentId) -> DbResult<Option<Submission>> {
    let row = submission_parts::table.inner_join(submissions::table).filter(submission_parts::comment_id.eq(id));
    Ok(row.select(Row::as_select()).first::<Row>(conn).optional()?.map(Submission::from))
}

/// The comments of a submission as they now are, in their order.
pub fn parts(conn: &mut AnyConnection, id: SubmissionId) -> DbResult<Vec<Comment>> {
    let query = current()
        .inner_join(submission_parts::table.on(submission_parts::comment_id.eq(crate::db::schema::comments::id)));
    let rows: Vec<(CommentRow, RevisionRow)> = query
        .filter(submission_parts::submission_id.eq(id))
        .order(submission_parts::part)
        .select((CommentRow::as_select(), RevisionRow::as_select()))
        .load(conn)?;
    rows.into_iter().map(comment).collect()
}

/// Whether some of its comments are of others than its sender: somebody at the desk entered them. Who has left the desk
/// reads them no more.
pub fn is_of_others(conn: &mut AnyConnection, it: &Submission) -> DbResult<bool> {
    let others = submission_parts::table
        .inner_join(comments::table.on(comments::id.eq(submission_parts::comment_id)))
        .filter(submission_parts::submission_id.eq(it.id).and(comments::account_id.ne(it.account)));
    Ok(diesel::select(diesel::dsl::exists(others)).get_result(conn)?)
}

/// A person's submissions, newest first; with those that they entered for others, if they are at the desk.
pub fn of_account(conn: &mut AnyConnection, account: AccountId, is_staff: bool) -> DbResult<Vec<Submission>> {
    let rows: Vec<Row> = submissions::table
        .filter(submissions::account_id.eq(account))
        .order((submissions::submitted_at.desc(), submissions::id.desc()))
        .limit(200)
        .select(Row::as_select())
        .load(conn)?;
    let mut found = Vec::with_capacity(rows.len());
    for it in rows.into_iter().map(Submission::from) {
        if is_staff || !is_of_others(conn, &it)? {
            found.push(it);
        }
    }
    Ok(found)
}

/// Adds a submission whose comments are stored already, in the order of `parts`.
pub(in crate::comments) fn insert(conn: &mut AnyConnection, it: &Submission, parts: &[CommentId]) -> DbResult<()> {
    let row = Row {
        id: it.id,
        reference: it.reference.clone(),
        account_id: it.account,
        kind: it.form,
        title: it.title.clone(),
        text: it.text.clone(),
        digest: it.digest.clone(),
        parts: it.parts,
        publication: it.publication,
        submitted_at: it.submitted_at,
    };
    diesel::insert_into(submissions::table).values(&row).execute(conn)?;
    for (part, comment) in (1_i32..).zip(parts) {
        diesel::insert_into(submission_parts::table)
            .values((
                submission_parts::comment_id.eq(comment),
                submission_parts::submission_id.eq(it.id),
                submission_parts::part.eq(part),
            ))
            .execute(conn)?;
    }
    Ok(())
}
