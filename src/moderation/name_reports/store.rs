//! The SQL of reports.

use diesel::prelude::*;

use super::model::NameReport;
use crate::clock::Moment;
use crate::db::schema::{accounts, name_reports};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, NameReportId};
use crate::moderation::reports::model::{Answer, Answered, Given};
use crate::web::paging::{Cursor, ROWS};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = name_reports, treat_none_as_default_value = false)]
struct Row {
    id: NameReportId,
    reference: String,
    name: String,
    email: String,
    text: String,
    made_at: Moment,
    handled_at: Option<Moment>,
    note: String,
    answer: Option<Answer>,
    reply: String,
}

fn report((row, by): (Row, Option<String>)) -> NameReport {
    let Row { note, answer, reply, .. } = row;
    NameReport {
        id: row.id,
        references: row.reference,
        name: row.name,
        email: row.email,
        text: row.text,
        made_at: row.made_at,
        handled: row.handled_at.map(|at| Answered { at, by: by.unwrap_or_default(), answer, reply, note }),
    }
}

/// Reports joined with who handled them: the start of every query.
#[diesel::dsl::auto_type]
fn with_handler() -> _ {
    name_reports::table.left_join(accounts::table.on(name_reports::handled_by.eq(accounts::id.nullable())))
}

/// The report with this id.
pub fn by_id(conn: &mut AnyConnection, id: NameReportId) -> DbResult<Option<NameReport>> {
    let query = with_handler().filter(name_reports::id.eq(id));
    let found: Option<(Row, Option<String>)> =
        query.select((Row::as_select(), accounts::name.nullable())).first(conn).optional()?;
    Ok(found.map(report))
}

/// Adds a report.
pub(super) fn insert(conn: &mut AnyConnection, it: &NameReport) -> DbResult<()> {
    let row = Row {
        id: it.id,
        reference: it.references.clone(),
        name: it.name.clone(),
        email: it.email.clone(),
        text: it.text.clone(),
        made_at: it.made_at,
        handled_at: None,
        note: String::new(),
        answer: None,
        reply: String::new(),
    };
    diesel::insert_into(name_reports::table).values(&row).execute(conn)?;
    Ok(())
}

/// Closes a report, unless it is closed. `false`: it is, or there is none.
pub(in crate::moderation) fn close(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    id: NameReportId,
    given: &Given,
) -> DbResult<bool> {
    let open = name_reports::table.filter(name_reports::id.eq(id)).filter(name_reports::handled_at.is_null());
    let closed = diesel::update(open)
        .set((
            name_reports::handled_at.eq(Some(now)),
            name_reports::handled_by.eq(Some(by)),
            name_reports::answer.eq(Some(given.answer)),
            name_reports::reply.eq(&given.reply),
            name_reports::note.eq(&given.note),
        ))
        .execute(conn)?;
    Ok(closed == 1)
}

/// How many reports came since then: from one address, or from all.
pub(super) fn made_since(conn: &mut AnyConnection, email: Option<&str>, since: Moment) -> DbResult<i64> {
    let mut query = name_reports::table.filter(name_reports::made_at.gt(since)).into_boxed();
    if let Some(email) = email {
        query = query.filter(name_reports::email.eq(email.to_owned()));
    }
    Ok(query.count().get_result(conn)?)
}

/// How many reports wait.
pub fn open(conn: &mut AnyConnection) -> DbResult<i64> {
    Ok(name_reports::table.filter(name_reports::handled_at.is_null()).count().get_result(conn)?)
}

/// How many reports that name one comment are shown.
const MOST_NAMING: i64 = 20;

/// Reports that wait and name the comment with this reference.
pub fn naming(conn: &mut AnyConnection, reference: &str) -> DbResult<Vec<NameReport>> {
    // A reference holds nothing that LIKE gives a meaning to.
    let rows: Vec<(Row, Option<String>)> = with_handler()
        .filter(name_reports::handled_at.is_null())
        .filter(name_reports::reference.like(format!("%{reference}%")))
        .order((name_reports::made_at, name_reports::id))
        .limit(MOST_NAMING)
        .select((Row::as_select(), accounts::name.nullable()))
        .load(conn)?;
    Ok(rows.into_iter().map(report).collect())
}

/// The reports that wait, or those that were handled, the oldest first; one row more than a page as the sign that more
/// follow.
pub fn listed(
    conn: &mut AnyConnection,
    is_handled: bool,
    after: Option<Cursor<NameReportId>>,
) -> DbResult<Vec<NameReport>> {
    let mut query = with_handler().into_boxed();
    query = if is_handled {
        query.filter(name_reports::handled_at.is_not_null())
    } else {
        query.filter(name_reports::handled_at.is_null())
    };
    if let Some(Cursor { at, id }) = after {
        let later = name_reports::made_at.eq(at).and(name_reports::id.gt(id));
        query = query.filter(name_reports::made_at.gt(at).or(later));
    }
    let rows: Vec<(Row, Option<String>)> = query
        .order((name_reports::made_at, name_reports::id))
        .limit(i64::try_from(ROWS + 1).unwrap_or(i64::MAX))
        .select((Row::as_select(), accounts::name.nullable()))
        .load(conn)?;
    Ok(rows.into_iter().map(report).collect())
}
