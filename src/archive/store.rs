//! The SQL of archives: rows out by their keys, rows in, and what has to be true before and after. The only room that reads
//! and writes tables without knowing what they are.

use std::fmt::Write as _;

use diesel::prelude::*;

use super::parts::{Column, Held, PARTS, Part};
use super::row::{self, Edition};
use crate::clock::Moment;
use crate::comments::arrivals::store as arrivals;
use crate::comments::considered;
use crate::comments::model::Comment;
use crate::comments::store::{CommentRow, RevisionRow, comment, current};
use crate::db::dialect::rows::{self, Cell, Kind};
use crate::db::schema::{accounts, audit_head, audit_log, comments, consultations, issues};
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::{CommentId, IssueId};

/// Rows read at once.
const STEP: usize = 500;

/// Shows `look` every comment as the portal reads it, each with the revision that it says it has, until one is refused.
/// Returns how many there were.
pub fn each_comment<E: From<DbError>>(
    conn: &mut AnyConnection,
    mut look: impl FnMut(&mut AnyConnection, &Comment) -> Result<(), E>,
) -> Result<u64, E> {
    let (mut count, mut last) = (0, None);
    loop {
        let mut query = current().into_boxed();
        if let Some(id) = last {
            query = query.filter(comments::id.gt(id));
        }
        let rows: Vec<(CommentRow, RevisionRow)> = query
            .order(comments::id)
            .limit(i64::try_from(STEP).unwrap_or(i64::MAX))
            .select((CommentRow::as_select(), RevisionRow::as_select()))
            .load(conn)
            .map_err(DbError::from)?;
        let read = rows.into_iter().map(comment).collect::<DbResult<Vec<_>>>()?;
        for comment in &read {
            look(conn, comment)?;
        }
        let Some(newest) = read.last() else { return Ok(count) };
        (last, count) = (Some(newest.id), count + u64::try_from(read.len()).unwrap_or(u64::MAX));
    }
}

/// The columns of a part as an edition reads them.
fn expressions(part: &Part, edition: Edition) -> Vec<(String, Kind)> {
    let one = |column: &Column| {
        let expression = match column.held(edition.is_public) {
            Held::As(sql) => sql.to_owned(),
            Held::Plain | Held::Asked(_) | Held::Not(_) => format!("part.{}", column.name),
        };
        (expression, column.kind)
    };
    part.written(edition.is_public, edition.with_addresses).map(one).collect()
}

/// Only people whom something in the archive names, and the desk.
fn of_people() -> String {
    let mut named = String::from("role <> 'stakeholder'");
    for part in PARTS {
        for column in part.columns.iter().filter(|column| column.is_account) {
            // A string can always be written to.
            let _ = write!(named, " OR EXISTS (SELECT 1 FROM {} o WHERE o.{} = part.id)", part.table, column.name);
        }
    }
    named
}

fn kind_of(part: &Part, name: &str) -> Kind {
    part.columns.iter().find(|column| column.name == name).map_or(Kind::Text, |it| it.kind)
}

/// Where the next rows begin: behind the last key.
#[derive(Debug, Clone, Default)]
pub struct Behind(Vec<Cell>);

/// The lines of a part behind a place, and the place behind them; fewer than a step are the last.
pub fn lines(
    conn: &mut AnyConnection,
    part: &Part,
    edition: Edition,
    behind: &Behind,
) -> DbResult<Option<(Vec<String>, Behind)>> {
    let Some(held) = part.rows(edition.is_public) else { return Ok(None) };
    let held = if part.table == "accounts" { of_people() } else { held.to_owned() };
    let kind = |name: &str| kind_of(part, name);
    let compared = |conn: &AnyConnection, name: &str| match kind(name) {
        Kind::Text => rows::by_bytes(conn, &format!("part.{name}")),
        _ => format!("part.{name}"),
    };
    let keys: Vec<String> = part.key.iter().map(|name| compared(conn, name)).collect();
    let keys = keys.join(", ");
    let mut from = format!("{} AS part WHERE ({held})", part.table);
    if !behind.0.is_empty() {
        let places: Vec<String> = (1..=behind.0.len()).map(|at| format!("${at}")).collect();
        from = format!("{from} AND ({keys}) > ({})", places.join(", "));
    }
    from = format!("{from} ORDER BY {keys} LIMIT {STEP}");
    let mut columns = expressions(part, edition);
    let width = columns.len();
    columns.extend(part.key.iter().map(|name| (format!("part.{name}"), kind(name))));
    let found = rows::read(conn, &columns, &from, &behind.0)?;
    let mut behind = Behind::default();
    let mut lines = Vec::with_capacity(found.len());
    for list in found {
        let odd = || DbError::Fault(format!("a row of {} can't be written", part.table));
        let mut values: Vec<serde_json::Value> = serde_json::from_str(&list).map_err(|_| odd())?;
        let key = values.split_off(width.min(values.len()));
        let key = part.key.iter().zip(key).map(|(name, value)| place(kind(name), value));
        behind = Behind(key.collect::<Option<_>>().ok_or_else(odd)?);
        let list = serde_json::to_string(&values).map_err(|_| odd())?;
        lines.push(row::line(part, edition, &list).ok_or_else(odd)?);
    }
    Ok(Some((lines, behind)))
}

/// A key as it is compared.
fn place(kind: Kind, value: serde_json::Value) -> Option<Cell> {
    match kind {
        Kind::Int => value.as_i64().map(Cell::Int),
        Kind::Id | Kind::Bytes => hex::decode(value.as_str()?).ok().map(Cell::Bytes),
        Kind::Text => value.as_str().map(|text| Cell::Text(text.to_owned())),
        Kind::Bool | Kind::Time => None,
    }
}

/// Whether nothing was ever kept here: then an archive can be read in.
pub fn is_empty(conn: &mut AnyConnection) -> DbResult<bool> {
    use diesel::dsl::exists;
    let any = exists(consultations::table.select(consultations::id))
        .or(exists(accounts::table.select(accounts::id)))
        .or(exists(comments::table.select(comments::id)))
        .or(exists(audit_log::table.select(audit_log::seq)));
    Ok(!diesel::select(any).get_result::<bool>(conn)?)
}

fn insert(conn: &mut AnyConnection, part: &Part, cells: &[Cell]) -> DbResult<()> {
    let names: Vec<&str> = part.columns.iter().map(|column| column.name).collect();
    let places: Vec<String> = (1..=names.len()).map(|at| format!("${at}")).collect();
    let statement = format!("INSERT INTO {} ({}) VALUES ({})", part.table, names.join(", "), places.join(", "));
    rows::execute(conn, &statement, cells)?;
    Ok(())
}

/// What a row begins with where the database wants it to begin so; then it is moved to where it stood.
fn beginnings(table: &str) -> (&'static str, &'static [(&'static str, Option<&'static str>)]) {
    match table {
        "issues" => ("id", &[("state", Some("draft"))]),
        "redaction_appeals" => ("redaction_id", &[("outcome", None), ("decided_by", None), ("decided_at", None)]),
        _ => ("", &[]),
    }
}

/// Adds a row of a part. An issue begins as a draft, an appeal undecided.
pub fn add(conn: &mut AnyConnection, part: &Part, cells: &[Cell]) -> DbResult<()> {
    let at = |name: &str| part.columns.iter().position(|column| column.name == name).unwrap_or_default();
    let (key, begun) = beginnings(part.table);
    let (mut first, mut moved, mut sets) = (cells.to_vec(), Vec::new(), Vec::new());
    for (name, beginning) in begun {
        if let Some(cell) = first.get_mut(at(name)) {
            let empty = Cell::Null(kind_of(part, name));
            let beginning = beginning.map_or(empty, |text| Cell::Text(text.to_owned()));
            moved.push(std::mem::replace(cell, beginning));
            sets.push(format!("{name} = ${}", moved.len()));
        }
    }
    insert(conn, part, &first)?;
    if moved.is_empty() || moved.iter().all(|cell| matches!(cell, Cell::Null(_))) {
        return Ok(());
    }
    moved.extend(first.get(at(key)).cloned());
    let statement = format!("UPDATE {} SET {} WHERE {key} = ${}", part.table, sets.join(", "), moved.len());
    rows::execute(conn, &statement, &moved)?;
    Ok(())
}

/// Adds the account that a comment of the public edition is of: a face without a name of its own, that nobody signs in to.
pub fn add_face(conn: &mut AnyConnection, now: Moment, id: &[u8], name: &str) -> DbResult<()> {
    let text = |text: &str| Cell::Text(text.to_owned());
    let id = Cell::Bytes(id.to_vec());
    let email = row::no_address(&id).unwrap_or_default();
    let cells = [
        id,
        text(&email),
        text(name),
        text("other"),
        text("myself"),
        text("en"),
        text("archived"),
        text("stakeholder"),
        Cell::Int(1),
        Cell::Time(now),
        Cell::Bool(false),
    ];
    let statement = "INSERT INTO accounts (id, email, name, stakeholder_group, on_behalf_of, language, password_hash, role, \
         version, created_at, digest) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    rows::execute(conn, statement, &cells)?;
    Ok(())
}

/// Sets the head of the audit log to its last entry.
pub fn set_head(conn: &mut AnyConnection) -> DbResult<()> {
    let last: Option<(i64, Vec<u8>)> = audit_log::table
        .order(audit_log::seq.desc())
        .select((audit_log::seq, audit_log::hash))
        .first(conn)
        .optional()?;
    if let Some((seq, hash)) = last {
        diesel::update(audit_head::table.find(1))
            .set((audit_head::seq.eq(seq), audit_head::hash.eq(hash)))
            .execute(conn)?;
    }
    Ok(())
}

/// Counts anew what stands behind issues, and lets comments be looked at as if they had just arrived.
pub fn make_anew(conn: &mut AnyConnection) -> DbResult<()> {
    let all: Vec<IssueId> = issues::table.order(issues::id).select(issues::id).load(conn)?;
    for issue in all {
        considered::count(conn, issue)?;
    }
    let mut last: Option<CommentId> = None;
    loop {
        let mut query = comments::table.select((comments::id, comments::revision)).into_boxed();
        if let Some(last) = last {
            query = query.filter(comments::id.gt(last));
        }
        let step: Vec<(CommentId, i32)> =
            query.order(comments::id).limit(i64::try_from(STEP).unwrap_or(i64::MAX)).load(conn)?;
        let Some((id, _)) = step.last() else { return Ok(()) };
        last = Some(*id);
        for (comment, revision) in step {
            arrivals::note(conn, comment, revision)?;
        }
    }
}
