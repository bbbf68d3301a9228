//! A whole database copied into files at one moment, and a database made from such a copy. Knows no room, but that some
//! tables hold what nobody may lose.

mod alone;
mod postgresql;
mod sqlite;

use std::collections::BTreeMap;
use std::path::Path;

use diesel::RunQueryDsl as _;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};

use super::connect::{AnyConnection, Target};
use super::error::{DbError, DbResult};
use super::migrate;
pub use alone::{Alone, Beside};

/// What a copy holds.
#[derive(Debug)]
pub struct Copied<T> {
    /// The migrations that made its tables.
    pub schema: Vec<String>,
    /// How many rows each table has.
    pub rows: BTreeMap<String, i64>,
    /// What was asked of the copied database.
    pub told: T,
}

/// A copy that is to become the database.
pub struct Put<'a> {
    /// Whose place it takes.
    pub target: &'a Target,
    /// The folder of its files.
    pub from: &'a Path,
    /// Its migrations, by the manifest.
    pub schema: &'a [String],
    /// Its rows, by the manifest.
    pub rows: &'a BTreeMap<String, i64>,
    /// What the database that was there is called from now on.
    pub aside: &'a str,
}

#[derive(diesel::QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(diesel::QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    t: String,
}

/// Copies the database into `folder`, whoever writes meanwhile, and puts a question to what was copied.
pub fn take<T>(
    target: &Target,
    folder: &Path,
    ask: impl FnOnce(&mut AnyConnection) -> DbResult<T>,
) -> DbResult<Copied<T>> {
    match target {
        Target::Sqlite(path) => sqlite::take(path, folder, ask),
        Target::Postgresql(_) => postgresql::take(target, folder, ask),
    }
}

/// Makes the database from a copy: brings it to the newest schema, lets `last` check and change it, then calls `swap` and
/// moves the old database aside. Where anything fails, or somebody has opened the old database meanwhile, it is there as
/// before.
pub fn put<T, E: From<DbError>>(
    put: &Put,
    alone: &mut Alone,
    last: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
    swap: impl FnOnce() -> Result<(), E>,
) -> Result<T, E> {
    match put.target {
        Target::Sqlite(path) => sqlite::put(path, put, alone, last, swap),
        Target::Postgresql(_) => postgresql::put(put, alone, last, swap),
    }
}

/// What kind of database the files of a copy are made for; those of one are of no use to the other.
pub fn kind(target: &Target) -> &'static str {
    match target {
        Target::Sqlite(_) => "sqlite",
        Target::Postgresql(_) => "postgresql",
    }
}

/// The first of `schema` that this binary does not know.
pub fn unknown<'a>(target: &Target, schema: &'a [String]) -> DbResult<Option<&'a str>> {
    let known = migrate::known(target)?;
    Ok(schema.iter().map(String::as_str).find(|version| !known.iter().any(|name| name == version)))
}

/// Whether somebody has an account there or wrote something; a database that can't be read may hold anything.
pub fn is_used(target: &Target) -> DbResult<bool> {
    if let Target::Sqlite(path) = target
        && !path.exists()
    {
        return Ok(false);
    }
    let mut conn = match (target.connect(true), target) {
        (Ok(conn), _) => conn,
        (Err(_), Target::Sqlite(_)) => return Ok(true),
        (Err(error), Target::Postgresql(_)) => return Err(error),
    };
    let Ok(tables) = tables(&mut conn) else { return Ok(true) };
    for table in ["accounts", "comments"] {
        if tables.iter().any(|name| name == table) && count(&mut conn, table)? > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

fn count(conn: &mut AnyConnection, table: &str) -> DbResult<i64> {
    let rows: Number = sql_query(format!("SELECT count(*) AS n FROM \"{table}\"")).get_result(conn)?;
    Ok(rows.n)
}

/// The tables that hold rows of the portal's.
fn tables(conn: &mut AnyConnection) -> DbResult<Vec<String>> {
    let asked = match conn {
        AnyConnection::Sqlite(_) => {
            "SELECT name AS t FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') \
             AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> '__diesel_schema_migrations' ORDER BY name"
        }
        AnyConnection::Postgresql(_) => {
            "SELECT CAST(table_name AS TEXT) AS t FROM information_schema.tables WHERE table_schema = current_schema() \
             AND table_type = 'BASE TABLE' AND table_name <> '__diesel_schema_migrations' ORDER BY 1"
        }
    };
    let names: Vec<Name> = sql_query(asked).load(conn)?;
    Ok(names.into_iter().map(|name| name.t).collect())
}

fn rows(conn: &mut AnyConnection) -> DbResult<BTreeMap<String, i64>> {
    let mut all = BTreeMap::new();
    for table in tables(conn)? {
        let rows = count(conn, &table)?;
        all.insert(table, rows);
    }
    Ok(all)
}

fn schema(conn: &mut AnyConnection) -> DbResult<Vec<String>> {
    let versions: Vec<Name> =
        sql_query("SELECT CAST(version AS TEXT) AS t FROM __diesel_schema_migrations ORDER BY 1").load(conn)?;
    Ok(versions.into_iter().map(|version| version.t).collect())
}

/// Fails unless a database that was made from a copy holds what the manifest says.
fn compare(conn: &mut AnyConnection, put: &Put) -> DbResult<()> {
    let differs = |what: &str| DbError::Schema(format!("the backup does not hold what its manifest says: {what}"));
    if schema(conn)? != put.schema {
        return Err(differs("its schema"));
    }
    let held = rows(conn)?;
    if &held == put.rows {
        return Ok(());
    }
    let other = held.iter().find(|(table, n)| put.rows.get(*table) != Some(n)).map(|(table, _)| table.as_str());
    Err(differs(&format!("the rows of {}", other.unwrap_or("a table"))))
}

fn unwritten(error: &std::io::Error) -> DbError {
    DbError::Unavailable(format!("a file of the copy: {error}"))
}

/// Somebody came who knows of no lock.
fn opened_meanwhile() -> DbError {
    DbError::Unavailable(
        "it was opened elsewhere while the backup was read, and nothing was changed: stop the portal first".into(),
    )
}
