//! The SQL of the code book and of what carries a code.

use diesel::prelude::*;

use super::model::{Code, MOST, Words};
use crate::clock::Moment;
use crate::comments::model::Comment;
use crate::comments::store::{CommentRow, RevisionRow, comment, current};
use crate::db::schema::{codes, codings, comments};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, CommentId};
use crate::web::paging::{Cursor, ROWS};

type Row = (String, String, String, bool, i64, i64);

fn code((code, label, description, is_retired, comments, version): Row) -> Code {
    Code { code, label, description, is_retired, comments, version }
}

/// The whole book, by label: those in use before those retired.
pub fn all(conn: &mut AnyConnection) -> DbResult<Vec<Code>> {
    let rows: Vec<Row> = codes::table
        .order((codes::is_retired, codes::label, codes::code))
        .limit(i64::try_from(MOST).unwrap_or(i64::MAX))
        .select((codes::code, codes::label, codes::description, codes::is_retired, codes::comments, codes::version))
        .load(conn)?;
    Ok(rows.into_iter().map(code).collect())
}

/// The code of this name.
pub fn by_code(conn: &mut AnyConnection, name: &str) -> DbResult<Option<Code>> {
    let row: Option<Row> = codes::table
        .find(name)
        .select((codes::code, codes::label, codes::description, codes::is_retired, codes::comments, codes::version))
        .first(conn)
        .optional()?;
    Ok(row.map(code))
}

/// How many codes there are.
pub fn count(conn: &mut AnyConnection) -> DbResult<i64> {
    Ok(codes::table.count().get_result(conn)?)
}

/// Adds a code. One that is there fails with [`crate::db::DbError::Taken`].
pub fn insert(conn: &mut AnyConnection, now: Moment, by: AccountId, name: &str, words: &Words) -> DbResult<()> {
    diesel::insert_into(codes::table)
        .values((
            codes::code.eq(name),
            codes::label.eq(&words.label),
            codes::description.eq(&words.description),
            codes::is_retired.eq(false),
            codes::comments.eq(0_i64),
            codes::version.eq(1_i64),
            codes::changed_by.eq(by),
            codes::changed_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Changes `version` of a code. `false`: it is another by now.
pub fn change(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    (name, version): (&str, i64),
    (words, is_retired): (&Words, bool),
) -> DbResult<bool> {
    let changed = diesel::update(codes::table.find(name).filter(codes::version.eq(version)))
        .set((
            codes::label.eq(&words.label),
            codes::description.eq(&words.description),
            codes::is_retired.eq(is_retired),
            codes::changed_by.eq(by),
            codes::changed_at.eq(now),
            codes::version.eq(version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Makes everybody else who would put this code on comments, or take it off, wait. `false`: there is none.
pub fn hold(conn: &mut AnyConnection, name: &str) -> DbResult<bool> {
    Ok(diesel::update(codes::table.find(name)).set(codes::comments.eq(codes::comments)).execute(conn)? == 1)
}

/// Those of `all` that there are.
pub fn known(conn: &mut AnyConnection, all: &[CommentId]) -> DbResult<Vec<CommentId>> {
    Ok(comments::table.filter(comments::id.eq_any(all.to_vec())).order(comments::id).select(comments::id).load(conn)?)
}

/// Those of `all` that carry the code.
pub fn carrying(conn: &mut AnyConnection, name: &str, all: &[CommentId]) -> DbResult<Vec<CommentId>> {
    Ok(codings::table
        .filter(codings::code.eq(name).and(codings::comment_id.eq_any(all.to_vec())))
        .select(codings::comment_id)
        .load(conn)?)
}

/// Puts the code on a comment that does not carry it.
pub fn put(conn: &mut AnyConnection, now: Moment, by: AccountId, name: &str, comment: CommentId) -> DbResult<()> {
    diesel::insert_into(codings::table)
        .values((
            codings::comment_id.eq(comment),
            codings::code.eq(name),
            codings::put_by.eq(by),
            codings::put_at.eq(now),
        ))
        .execute(conn)?;
    diesel::update(codes::table.find(name)).set(codes::comments.eq(codes::comments + 1)).execute(conn)?;
    Ok(())
}

/// Takes the code off a comment. `false`: it did not carry it.
pub fn take(conn: &mut AnyConnection, name: &str, comment: CommentId) -> DbResult<bool> {
    if diesel::delete(codings::table.find((comment, name))).execute(conn)? == 0 {
        return Ok(false);
    }
    diesel::update(codes::table.find(name)).set(codes::comments.eq(codes::comments - 1)).execute(conn)?;
    Ok(true)
}

/// The codes of comments: code and label.
pub fn of_comments(conn: &mut AnyConnection, all: &[CommentId]) -> DbResult<Vec<(CommentId, String, String)>> {
    Ok(codings::table
        .inner_join(codes::table)
        .filter(codings::comment_id.eq_any(all.to_vec()))
        .order((codes::label, codes::code))
        .select((codings::comment_id, codes::code, codes::label))
        .load(conn)?)
}

/// The comments that carry a code, in the order in which it was put on them, behind `after`; one more than a page as the
/// sign that more follow.
pub fn comments_of(
    conn: &mut AnyConnection,
    name: &str,
    after: Option<Cursor<CommentId>>,
) -> DbResult<Vec<(Moment, Comment)>> {
    let mut query = current()
        .inner_join(codings::table.on(codings::comment_id.eq(comments::id)))
        .filter(codings::code.eq(name.to_owned()))
        .into_boxed();
    if let Some(Cursor { at, id }) = after {
        query = query.filter(codings::put_at.ge(at));
        query = query.filter(codings::put_at.gt(at).or(codings::put_at.eq(at).and(codings::comment_id.gt(id))));
    }
    let rows: Vec<(CommentRow, RevisionRow, Moment)> = query
        .order((codings::put_at, codings::comment_id))
        .limit(i64::try_from(ROWS + 1).unwrap_or(i64::MAX))
        .select((CommentRow::as_select(), RevisionRow::as_select(), codings::put_at))
        .load(conn)?;
    rows.into_iter().map(|(row, text, at)| Ok((at, comment((row, text))?))).collect()
}
