//! The SQL of reports.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::model::{Answer, Answered, Case, Given, Report};
use crate::clock::Moment;
use crate::db::schema::{accounts, comment_reports, report_cases};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, CommentId, ReportCaseId, ReportId};
use crate::senders::model::{KEPT, Mark};
use crate::web::paging::{Cursor, ROWS};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = report_cases)]
struct CaseRow {
    id: ReportCaseId,
    comment_id: CommentId,
    reports: i32,
    opened_at: Moment,
    answered_at: Option<Moment>,
    answer: Option<Answer>,
    reply: String,
    note: String,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = comment_reports)]
struct ReportRow {
    id: ReportId,
    complaint: String,
    text: String,
    email: String,
    language: String,
    made_at: Moment,
}

fn case((row, by): (CaseRow, Option<String>)) -> Case {
    let CaseRow { answer, reply, note, .. } = row;
    Case {
        id: row.id,
        comment: row.comment_id,
        reports: row.reports,
        opened_at: row.opened_at,
        answered: row.answered_at.map(|at| Answered { at, by: by.unwrap_or_default(), answer, reply, note }),
    }
}

fn report(row: ReportRow) -> Report {
    Report {
        id: row.id,
        complaint: row.complaint,
        text: row.text,
        email: row.email,
        language: row.language,
        made_at: row.made_at,
    }
}

/// Cases joined with who answered them: the start of every query.
#[diesel::dsl::auto_type]
fn with_answerer() -> _ {
    report_cases::table.left_join(accounts::table.on(report_cases::answered_by.eq(accounts::id.nullable())))
}

/// The case with this id.
pub fn by_id(conn: &mut AnyConnection, id: ReportCaseId) -> DbResult<Option<Case>> {
    let query = with_answerer().filter(report_cases::id.eq(id));
    let found: Option<(CaseRow, Option<String>)> =
        query.select((CaseRow::as_select(), accounts::name.nullable())).first(conn).optional()?;
    Ok(found.map(case))
}

/// The reports of a case, oldest first.
pub fn of_case(conn: &mut AnyConnection, id: ReportCaseId) -> DbResult<Vec<Report>> {
    let rows = comment_reports::table
        .filter(comment_reports::case_id.eq(id))
        .order((comment_reports::made_at, comment_reports::id))
        .select(ReportRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(report).collect())
}

/// What is complained of in each of these cases, each complaint once.
pub fn complaints(conn: &mut AnyConnection, ids: &[ReportCaseId]) -> DbResult<Vec<(ReportCaseId, String)>> {
    Ok(comment_reports::table
        .filter(comment_reports::case_id.eq_any(ids.to_vec()))
        .select((comment_reports::case_id, comment_reports::complaint))
        .distinct()
        .order((comment_reports::case_id, comment_reports::complaint))
        .load(conn)?)
}

/// The cases about a comment, the open one last.
pub fn about(conn: &mut AnyConnection, comment: CommentId) -> DbResult<Vec<Case>> {
    let rows: Vec<(CaseRow, Option<String>)> = with_answerer()
        .filter(report_cases::comment_id.eq(comment))
        .order((report_cases::opened_at, report_cases::id))
        .select((CaseRow::as_select(), accounts::name.nullable()))
        .load(conn)?;
    Ok(rows.into_iter().map(case).collect())
}

/// Whether a report was kept before.
pub(super) fn is_known(conn: &mut AnyConnection, id: ReportId) -> DbResult<bool> {
    Ok(diesel::select(exists(comment_reports::table.find(id))).get_result(conn)?)
}

/// Counts one more report to the open case of a comment, or opens one.
pub(super) fn join_case(conn: &mut AnyConnection, now: Moment, comment: CommentId) -> DbResult<ReportCaseId> {
    let open =
        report_cases::table.filter(report_cases::comment_id.eq(comment)).filter(report_cases::answered_at.is_null());
    let joined: Option<ReportCaseId> = diesel::update(open)
        .set(report_cases::reports.eq(report_cases::reports + 1))
        .returning(report_cases::id)
        .get_result(conn)
        .optional()?;
    if let Some(id) = joined {
        return Ok(id);
    }
    let row = CaseRow {
        id: ReportCaseId::new(),
        comment_id: comment,
        reports: 1,
        opened_at: now,
        answered_at: None,
        answer: None,
        reply: String::new(),
        note: String::new(),
    };
    diesel::insert_into(report_cases::table).values(&row).execute(conn)?;
    Ok(row.id)
}

/// Adds a report to a case.
pub(super) fn insert(conn: &mut AnyConnection, case: ReportCaseId, it: &Report, from: Option<&Mark>) -> DbResult<()> {
    let row = ReportRow {
        id: it.id,
        complaint: it.complaint.clone(),
        text: it.text.clone(),
        email: it.email.clone(),
        language: it.language.clone(),
        made_at: it.made_at,
    };
    let sender = from.map(|mark| mark.as_bytes().to_vec());
    diesel::insert_into(comment_reports::table)
        .values((&row, comment_reports::case_id.eq(case), comment_reports::sender.eq(sender)))
        .execute(conn)?;
    Ok(())
}

/// Whose reports are counted.
pub(super) enum Sender<'a> {
    /// Who left this address.
    Email(&'a str),
    /// Who sent from the network address behind this mark.
    Mark(&'a Mark),
    /// Everybody.
    Anybody,
}

/// How many reports came since then.
pub(super) fn made_since(conn: &mut AnyConnection, from: Sender<'_>, since: Moment) -> DbResult<i64> {
    let mut query = comment_reports::table.filter(comment_reports::made_at.gt(since)).into_boxed();
    match from {
        Sender::Email(email) => query = query.filter(comment_reports::email.eq(email.to_owned())),
        Sender::Mark(mark) => query = query.filter(comment_reports::sender.eq(Some(mark.as_bytes().to_vec()))),
        Sender::Anybody => {}
    }
    Ok(query.count().get_result(conn)?)
}

/// Ends a case, unless it is ended or has other reports than were read. `false`: so it is.
pub(super) fn close(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    case: &Case,
    given: &Given,
) -> DbResult<bool> {
    let open = report_cases::table
        .filter(report_cases::id.eq(case.id))
        .filter(report_cases::answered_at.is_null())
        .filter(report_cases::reports.eq(case.reports));
    let closed = diesel::update(open)
        .set((
            report_cases::answered_at.eq(Some(now)),
            report_cases::answered_by.eq(Some(by)),
            report_cases::answer.eq(Some(given.answer)),
            report_cases::reply.eq(&given.reply),
            report_cases::note.eq(&given.note),
        ))
        .execute(conn)?;
    Ok(closed == 1)
}

/// How many cases wait.
pub fn open(conn: &mut AnyConnection) -> DbResult<i64> {
    Ok(report_cases::table.filter(report_cases::answered_at.is_null()).count().get_result(conn)?)
}

/// The cases that wait, or those that were answered, the oldest first; one row more than a page as the sign that more
/// follow.
pub fn listed(conn: &mut AnyConnection, is_answered: bool, after: Option<Cursor<ReportCaseId>>) -> DbResult<Vec<Case>> {
    let mut query = with_answerer().into_boxed();
    query = if is_answered {
        query.filter(report_cases::answered_at.is_not_null())
    } else {
        query.filter(report_cases::answered_at.is_null())
    };
    if let Some(Cursor { at, id }) = after {
        let later = report_cases::opened_at.eq(at).and(report_cases::id.gt(id));
        query = query.filter(report_cases::opened_at.gt(at).or(later));
    }
    let rows: Vec<(CaseRow, Option<String>)> = query
        .order((report_cases::opened_at, report_cases::id))
        .limit(i64::try_from(ROWS + 1).unwrap_or(i64::MAX))
        .select((CaseRow::as_select(), accounts::name.nullable()))
        .load(conn)?;
    Ok(rows.into_iter().map(case).collect())
}

/// Takes the marks of senders off reports that are past their time; how many there were.
pub fn forget_senders(conn: &mut AnyConnection, now: Moment) -> DbResult<usize> {
    let old = comment_reports::table
        .filter(comment_reports::made_at.le(now - KEPT))
        .filter(comment_reports::sender.is_not_null());
    Ok(diesel::update(old).set(comment_reports::sender.eq(None::<Vec<u8>>)).execute(conn)?)
}
