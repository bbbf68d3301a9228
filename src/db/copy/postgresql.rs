//! Copies of a PostgreSQL database: one file of JSON lines for each table, read in one snapshot and read in again in one
//! transaction.

use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::Path;

use diesel::connection::SimpleConnection as _;
use diesel::pg::PgRowByRowLoadingMode;
use diesel::sql_types::Text;
use diesel::{PgConnection, RunQueryDsl as _, sql_query};

use super::{Alone, Copied, Name, Number, Put, compare, opened_meanwhile, rows, schema, tables, unwritten};
use crate::db::connect::{AnyConnection, Target};
use crate::db::error::{DbError, DbResult};
use crate::db::{dialect, in_transaction, migrate};

/// So many bytes of rows go to the server at once, or one row.
const AT_ONCE: usize = 4 << 20;

pub(super) fn take<T>(
    target: &Target,
    folder: &Path,
    ask: impl FnOnce(&mut AnyConnection) -> DbResult<T>,
) -> DbResult<Copied<T>> {
    let mut conn = target.connect(true)?;
    in_transaction(&mut conn, |conn| {
        dialect::one_snapshot(conn)?;
        let rows = rows(conn)?;
        for table in rows.keys() {
            write(inner(conn)?, table, folder)?;
        }
        Ok(Copied { schema: schema(conn)?, rows, told: ask(conn)? })
    })
}

fn inner(conn: &mut AnyConnection) -> DbResult<&mut PgConnection> {
    match conn {
        AnyConnection::Postgresql(conn) => Ok(conn),
        AnyConnection::Sqlite(_) => Err(DbError::Fault("not a PostgreSQL connection".into())),
    }
}

fn write(conn: &mut PgConnection, table: &str, folder: &Path) -> DbResult<()> {
    let file = File::create(folder.join(format!("{table}.jsonl"))).map_err(|error| unwritten(&error))?;
    let mut out = BufWriter::new(file);
    let lines = sql_query(format!("SELECT CAST(row_to_json(r) AS TEXT) AS t FROM \"{table}\" r"))
        .load_iter::<Name, PgRowByRowLoadingMode>(conn)?;
    for line in lines {
        writeln!(out, "{}", line?.t).map_err(|error| unwritten(&error))?;
    }
    out.flush().map_err(|error| unwritten(&error))
}

pub(super) fn put<T, E: From<DbError>>(
    put: &Put,
    alone: &mut Alone,
    last: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
    swap: impl FnOnce() -> Result<(), E>,
) -> Result<T, E> {
    let mut conn = put.target.connect(false)?;
    in_transaction(&mut conn, |conn| {
        make_room(conn, put.aside)?;
        migrate::exactly(inner(conn)?, put.schema)?;
        fill(inner(conn)?, &put.rows.keys().map(String::as_str).collect::<Vec<_>>(), put.from)?;
        compare(conn, put)?;
        migrate::the_rest(inner(conn)?)?;
        let told = last(conn)?;
        // One connection is this one.
        if !alone.holds(put.target, 1)? {
            return Err(opened_meanwhile().into());
        }
        swap()?;
        Ok(told)
    })
}

/// The tables that are there move into a schema of their own.
fn make_room(conn: &mut AnyConnection, aside: &str) -> DbResult<()> {
    if tables(conn)?.is_empty() {
        return Ok(());
    }
    let here: Name = sql_query("SELECT CAST(current_schema() AS TEXT) AS t").get_result(conn)?;
    let here = here.t;
    Ok(inner(conn)?
        .batch_execute(&format!("ALTER SCHEMA \"{here}\" RENAME TO \"{aside}\"; CREATE SCHEMA \"{here}\";"))?)
}

#[derive(diesel::QueryableByName)]
struct Reference {
    #[diesel(sql_type = Text)]
    owner: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    definition: String,
}

/// Fills empty tables from the files. What the rows have to obey is laid aside meanwhile and put back, which checks every
/// reference: rows come table by table, and some would come before what they refer to.
fn fill(conn: &mut PgConnection, tables: &[&str], from: &Path) -> DbResult<()> {
    let references: Vec<Reference> = sql_query(
        "SELECT CAST(c.conrelid::regclass AS TEXT) AS owner, CAST(quote_ident(c.conname) AS TEXT) AS name, \
         pg_get_constraintdef(c.oid) AS definition FROM pg_constraint c \
         WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace ORDER BY 1, 2",
    )
    .load(conn)?;
    for Reference { owner, name, .. } in &references {
        conn.batch_execute(&format!("ALTER TABLE {owner} DROP CONSTRAINT {name}"))?;
    }
    for table in tables {
        // What migrations put there is in the copy too.
        conn.batch_execute(&format!("ALTER TABLE \"{table}\" DISABLE TRIGGER USER; TRUNCATE \"{table}\";"))?;
        read(conn, table, from)?;
        conn.batch_execute(&format!("ALTER TABLE \"{table}\" ENABLE TRIGGER USER;"))?;
        count_on(conn, table)?;
    }
    for Reference { owner, name, definition } in &references {
        conn.batch_execute(&format!("ALTER TABLE {owner} ADD CONSTRAINT {name} {definition}"))?;
    }
    Ok(())
}

fn read(conn: &mut PgConnection, table: &str, from: &Path) -> DbResult<()> {
    let file = File::open(from.join(format!("{table}.jsonl"))).map_err(|error| unwritten(&error))?;
    let insert = format!("INSERT INTO \"{table}\" SELECT * FROM json_populate_recordset(NULL::\"{table}\", $1::json)");
    let mut waiting = String::new();
    let send = |conn: &mut PgConnection, rows: &mut String| {
        let list = format!("[{rows}]");
        rows.clear();
        sql_query(&insert).bind::<Text, _>(list).execute(conn)
    };
    for line in BufReader::new(file).lines() {
        if !waiting.is_empty() {
            waiting.push(',');
        }
        waiting.push_str(&line.map_err(|error| unwritten(&error))?);
        if waiting.len() >= AT_ONCE {
            send(conn, &mut waiting)?;
        }
    }
    if !waiting.is_empty() {
        send(conn, &mut waiting)?;
    }
    Ok(())
}

/// Lets the numbers that the server gives go on behind the greatest one.
fn count_on(conn: &mut PgConnection, table: &str) -> DbResult<()> {
    let numbered: Vec<Name> = sql_query(
        "SELECT CAST(column_name AS TEXT) AS t FROM information_schema.columns \
         WHERE table_schema = current_schema() AND table_name = $1 AND is_identity = 'YES'",
    )
    .bind::<Text, _>(table)
    .load(conn)?;
    for Name { t: column } in numbered {
        sql_query(format!(
            "SELECT setval(pg_get_serial_sequence('{table}', '{column}'), \
             GREATEST((SELECT coalesce(max(\"{column}\"), 0) FROM \"{table}\"), 0) + 1, false) AS n"
        ))
        .get_result::<Number>(conn)?;
    }
    Ok(())
}
