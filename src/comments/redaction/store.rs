//! The SQL of words taken out. `originals` is read by [`original`] alone.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::model::{Appeal, End, Ending, Field, Original, Redaction, Span};
use crate::clock::Moment;
use crate::comments::attachments::model::Attachment;
use crate::comments::body::Body;
use crate::comments::model::Comment;
use crate::db::schema::{
    cleared_files, comment_revisions, comments, originals, redaction_appeals, redaction_spans, redactions,
};
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::{AccountId, AttachmentId, CommentId, RedactionId};

/// A revision as it came; `None` if nothing was ever taken out of it. Who may see it, the caller decides: its author, and
/// the Secretariat once that was written down.
pub fn original(conn: &mut AnyConnection, comment: CommentId, revision: i32) -> DbResult<Option<Original>> {
    let row: Option<(String, String, Option<String>)> = originals::table
        .find((comment, revision))
        .select((originals::body, originals::author_name, originals::organisation))
        .first(conn)
        .optional()?;
    let Some((body, author_name, organisation)) = row else { return Ok(None) };
    let body: Body = serde_json::from_str(&body)
        .map_err(|error| DbError::Fault(format!("the original of comment {comment} can't be read: {error}")))?;
    Ok(Some(Original { body, author_name, organisation }))
}

/// A comment as it came, where words were taken out of it since. For its author alone.
pub fn as_sent(conn: &mut AnyConnection, mut comment: Comment) -> DbResult<Comment> {
    if comment.redactions > 0
        && let Some(original) = original(conn, comment.id, comment.revision)?
    {
        comment.body = original.body;
        comment.author.name = original.author_name;
        comment.author.organisation = original.organisation;
    }
    Ok(comment)
}

/// Keeps a comment as it came, unless it is kept already; returns it.
pub fn keep(conn: &mut AnyConnection, now: Moment, comment: &Comment) -> DbResult<Original> {
    if let Some(kept) = original(conn, comment.id, comment.revision)? {
        return Ok(kept);
    }
    let it = Original::of(comment);
    diesel::insert_into(originals::table)
        .values((
            originals::comment_id.eq(comment.id),
            originals::revision.eq(comment.revision),
            originals::body.eq(it.body.canonical()),
            originals::author_name.eq(&it.author_name),
            originals::organisation.eq(&it.organisation),
            originals::kept_at.eq(now),
        ))
        .execute(conn)?;
    Ok(it)
}

/// Takes names off the originals of a comment whose author is gone; `organisation` stays if it spoke for one.
pub fn forget_names(conn: &mut AnyConnection, comment: CommentId, keeps_organisation: bool) -> DbResult<()> {
    let all = || originals::table.filter(originals::comment_id.eq(comment));
    diesel::update(all()).set(originals::author_name.eq("")).execute(conn)?;
    if !keeps_organisation {
        let nothing: Option<String> = None;
        diesel::update(all()).set(originals::organisation.eq(nothing)).execute(conn)?;
    }
    Ok(())
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = redactions)]
struct Row {
    id: RedactionId,
    comment_id: CommentId,
    revision: i32,
    statement: String,
    note: String,
    decided_by: AccountId,
    decided_at: Moment,
    appeal_until: Moment,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = redaction_spans)]
struct SpanRow {
    redaction_id: RedactionId,
    ordinal: i32,
    field: Field,
    begins_at: i32,
    ends_at: i32,
    code: String,
    mark: String,
    reason: String,
    lifted: bool,
}

impl SpanRow {
    fn of(id: RedactionId, ordinal: usize, span: &Span) -> Self {
        let number = |at: usize| i32::try_from(at).unwrap_or(i32::MAX);
        Self {
            redaction_id: id,
            ordinal: number(ordinal),
            field: span.field,
            begins_at: number(span.start),
            ends_at: number(span.end),
            code: span.code.clone(),
            mark: span.mark.clone(),
            reason: span.reason.clone(),
            lifted: span.lifted,
        }
    }

    fn span(self) -> Span {
        let place = |at: i32| usize::try_from(at).unwrap_or_default();
        Span {
            field: self.field,
            start: place(self.begins_at),
            end: place(self.ends_at),
            code: self.code,
            mark: self.mark,
            reason: self.reason,
            lifted: self.lifted,
        }
    }
}

/// Adds a redaction with its spans.
pub fn insert(conn: &mut AnyConnection, it: &Redaction) -> DbResult<()> {
    let row = Row {
        id: it.id,
        comment_id: it.comment,
        revision: it.revision,
        statement: it.statement.clone(),
        note: it.note.clone(),
        decided_by: it.decided_by,
        decided_at: it.decided_at,
        appeal_until: it.appeal_until,
    };
    diesel::insert_into(redactions::table).values(&row).execute(conn)?;
    for (ordinal, span) in it.spans.iter().enumerate() {
        diesel::insert_into(redaction_spans::table).values(&SpanRow::of(it.id, ordinal, span)).execute(conn)?;
    }
    Ok(())
}

/// Notes that the words of a redaction are back.
fn lift(conn: &mut AnyConnection, id: RedactionId) -> DbResult<()> {
    let own = redaction_spans::table.filter(redaction_spans::redaction_id.eq(id));
    diesel::update(own).set(redaction_spans::lifted.eq(true)).execute(conn)?;
    Ok(())
}

/// What is out of a revision now, in no order.
pub fn live(conn: &mut AnyConnection, comment: CommentId, revision: i32) -> DbResult<Vec<Span>> {
    let rows: Vec<SpanRow> = redaction_spans::table
        .inner_join(redactions::table)
        .filter(redactions::comment_id.eq(comment).and(redactions::revision.eq(revision)))
        .filter(redaction_spans::lifted.eq(false))
        .order((redactions::decided_at, redactions::id, redaction_spans::ordinal))
        .select(SpanRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(SpanRow::span).collect())
}

/// Puts what is left of a comment in the place of what stood there; `out` is how many passages are out. Its digest stays:
/// that of the text as it came.
pub fn show(conn: &mut AnyConnection, comment: &Comment, left: &Original, out: usize) -> DbResult<()> {
    let revision = comment_revisions::table.find((comment.id, comment.revision));
    let out = i32::try_from(out).unwrap_or(i32::MAX);
    diesel::update(revision)
        .set((
            comment_revisions::proposed_wording.eq(left.text(Field::ProposedWording)),
            comment_revisions::rationale.eq(left.text(Field::Rationale)),
            comment_revisions::evidence.eq(left.text(Field::Evidence)),
            comment_revisions::action.eq(left.text(Field::Action)),
            comment_revisions::by_when.eq(left.text(Field::ByWhen)),
            comment_revisions::example.eq(left.text(Field::Example)),
            comment_revisions::obstacles.eq(left.text(Field::Obstacles)),
            comment_revisions::cost.eq(left.text(Field::Cost)),
            comment_revisions::redactions.eq(out),
        ))
        .execute(conn)?;
    diesel::update(comments::table.find(comment.id))
        .set((
            comments::author_name.eq(&left.author_name),
            comments::organisation.eq(&left.organisation),
            comments::is_redacted.eq(out > 0),
        ))
        .execute(conn)?;
    Ok(())
}

/// Puts the words of a redaction back into the revision that `comment` shows; what another one took out stays out. `false`:
/// the comment shows a later revision, which has words of its own.
pub fn put_back(conn: &mut AnyConnection, comment: &Comment, redaction: &Redaction) -> DbResult<bool> {
    lift(conn, redaction.id)?;
    let original = original(conn, comment.id, comment.revision)?;
    let Some(original) = original.filter(|_| comment.revision == redaction.revision) else { return Ok(false) };
    let live = live(conn, comment.id, comment.revision)?;
    show(conn, comment, &original.without(&live), live.len())?;
    Ok(true)
}

/// Moves a comment on that is changed in another way than by its state, unless it changed since `expected`. `false`: it did.
pub fn advance(conn: &mut AnyConnection, now: Moment, id: CommentId, expected: i64) -> DbResult<bool> {
    let target = comments::table.filter(comments::id.eq(id)).filter(comments::version.eq(expected));
    let changed = diesel::update(target)
        .set((comments::version.eq(comments::version + 1), comments::changed_at.eq(now)))
        .execute(conn)?;
    Ok(changed == 1)
}

type AppealRow = (String, Moment, Option<Ending>, String, Option<Moment>);

fn appeal((text, made_at, outcome, statement, decided_at): AppealRow) -> Appeal {
    let end = outcome.zip(decided_at).map(|(outcome, decided_at)| End { outcome, statement, decided_at });
    Appeal { text, made_at, end }
}

fn whole(conn: &mut AnyConnection, row: Row) -> DbResult<Redaction> {
    let spans: Vec<SpanRow> = redaction_spans::table
        .filter(redaction_spans::redaction_id.eq(row.id))
        .order(redaction_spans::ordinal)
        .select(SpanRow::as_select())
        .load(conn)?;
    let made: Option<AppealRow> = redaction_appeals::table
        .find(row.id)
        .select((
            redaction_appeals::text,
            redaction_appeals::made_at,
            redaction_appeals::outcome,
            redaction_appeals::statement,
            redaction_appeals::decided_at,
        ))
        .first(conn)
        .optional()?;
    Ok(Redaction {
        id: row.id,
        comment: row.comment_id,
        revision: row.revision,
        statement: row.statement,
        note: row.note,
        decided_by: row.decided_by,
        decided_at: row.decided_at,
        appeal_until: row.appeal_until,
        spans: spans.into_iter().map(SpanRow::span).collect(),
        appeal: made.map(appeal),
    })
}

/// The redaction with this id.
pub fn by_id(conn: &mut AnyConnection, id: RedactionId) -> DbResult<Option<Redaction>> {
    let row: Option<Row> = redactions::table.find(id).select(Row::as_select()).first(conn).optional()?;
    row.map(|row| whole(conn, row)).transpose()
}

/// Every redaction of a comment, the first one first.
pub fn of_comment(conn: &mut AnyConnection, comment: CommentId) -> DbResult<Vec<Redaction>> {
    let rows: Vec<Row> = redactions::table
        .filter(redactions::comment_id.eq(comment))
        .order((redactions::decided_at, redactions::id))
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(|row| whole(conn, row)).collect()
}

/// When words were last taken out of any comment: files made before may hold them.
pub fn last(conn: &mut AnyConnection) -> DbResult<Option<Moment>> {
    Ok(redactions::table.select(diesel::dsl::max(redactions::decided_at)).first(conn)?)
}

/// The grounds of what is out of a comment now, with how many passages each has.
pub fn grounds(conn: &mut AnyConnection, comment: &Comment) -> DbResult<Vec<(String, usize)>> {
    let mut found: Vec<(String, usize)> = Vec::new();
    for span in live(conn, comment.id, comment.revision)? {
        match found.iter_mut().find(|(code, _)| *code == span.code) {
            Some((_, count)) => *count += 1,
            None => found.push((span.code, 1)),
        }
    }
    Ok(found)
}

/// Keeps an appeal. The second one of a redaction fails with [`DbError::Taken`].
pub fn put_appeal(conn: &mut AnyConnection, now: Moment, id: RedactionId, text: &str) -> DbResult<()> {
    diesel::insert_into(redaction_appeals::table)
        .values((
            redaction_appeals::redaction_id.eq(id),
            redaction_appeals::text.eq(text),
            redaction_appeals::made_at.eq(now),
            redaction_appeals::statement.eq(""),
        ))
        .execute(conn)?;
    Ok(())
}

/// Ends an appeal. `false`: it has an end already, or there is none.
pub fn end_appeal(conn: &mut AnyConnection, id: RedactionId, by: AccountId, end: &End) -> DbResult<bool> {
    let open = redaction_appeals::table.filter(redaction_appeals::redaction_id.eq(id));
    let changed = diesel::update(open.filter(redaction_appeals::decided_at.is_null()))
        .set((
            redaction_appeals::outcome.eq(Some(end.outcome)),
            redaction_appeals::statement.eq(&end.statement),
            redaction_appeals::decided_by.eq(Some(by)),
            redaction_appeals::decided_at.eq(Some(end.decided_at)),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Says of a comment's files which everyone may have though words were taken out of it: `cleared` and no others.
pub fn clear_files(
    conn: &mut AnyConnection,
    comment: CommentId,
    redaction: RedactionId,
    cleared: &[AttachmentId],
) -> DbResult<()> {
    let before = redactions::table.filter(redactions::comment_id.eq(comment)).select(redactions::id);
    diesel::delete(cleared_files::table.filter(cleared_files::redaction_id.eq_any(before))).execute(conn)?;
    for id in cleared {
        diesel::insert_into(cleared_files::table)
            .values((cleared_files::attachment_id.eq(*id), cleared_files::redaction_id.eq(redaction)))
            .execute(conn)?;
    }
    Ok(())
}

/// Those of `files` that a moderator looked through and let everyone have.
pub fn cleared(conn: &mut AnyConnection, files: &[Attachment]) -> DbResult<BTreeSet<AttachmentId>> {
    if files.is_empty() {
        return Ok(BTreeSet::new());
    }
    let ids = files.iter().map(|file| file.id);
    let found: Vec<AttachmentId> = cleared_files::table
        .filter(cleared_files::attachment_id.eq_any(ids))
        .select(cleared_files::attachment_id)
        .load(conn)?;
    Ok(found.into_iter().collect())
}
