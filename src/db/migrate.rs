//! Brings a database to the schema this binary knows, and refuses one that is ahead of it.

use diesel::migration::{Migration, MigrationSource, MigrationVersion};
use diesel::pg::Pg;
use diesel::sqlite::Sqlite;
use diesel::{PgConnection, RunQueryDsl as _};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::connect::{AnyConnection, Target};
use super::error::{DbError, DbResult};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRESQL: EmbeddedMigrations = embed_migrations!("migrations/postgresql");

/// A number of our own that keeps two servers from migrating one PostgreSQL database at once.
const LOCK: i64 = 0x4e6f_726d;

/// Runs what is pending. Servers that start together wait for one another; where nothing is pending, nothing is locked.
pub(super) fn run(target: &Target) -> DbResult<()> {
    if let Target::Sqlite(path) = target
        && let Some(folder) = path.parent()
    {
        std::fs::create_dir_all(folder)
            .map_err(|error| DbError::Unavailable(format!("{}: {error}", folder.display())))?;
    }
    match target.connect(false)? {
        AnyConnection::Sqlite(mut conn) => {
            if is_complete(&mut conn, &SQLITE)? {
                return Ok(());
            }
            conn.exclusive_transaction(|conn| Ok::<_, diesel::result::Error>(complete(conn, SQLITE)))
                .map_err(DbError::from)?
        }
        AnyConnection::Postgresql(mut conn) => {
            if is_complete(&mut conn, &POSTGRESQL)? {
                return Ok(());
            }
            diesel::sql_query(format!("SELECT pg_advisory_lock({LOCK})")).execute(&mut conn)?;
            complete(&mut conn, POSTGRESQL)
        }
    }
}

fn fault(error: &dyn std::fmt::Display) -> DbError {
    DbError::Schema(format!("the database could not be migrated: {error}"))
}

/// Whether every migration ran. Refuses a database with one that this binary does not know.
fn is_complete<C, DB>(conn: &mut C, source: &EmbeddedMigrations) -> DbResult<bool>
where
    C: MigrationHarness<DB>,
    DB: diesel::backend::Backend,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let known: Vec<Box<dyn Migration<DB>>> = source.migrations().map_err(|error| fault(&error))?;
    let applied: Vec<MigrationVersion<'static>> = conn.applied_migrations().map_err(|error| fault(&error))?;
    if let Some(unknown) = applied.iter().find(|version| !known.iter().any(|m| m.name().version() == **version)) {
        return Err(DbError::Schema(format!(
            "the database has migration {unknown}, which this version of the portal does not know: \
             start the newer version, or restore a backup made with this one"
        )));
    }
    Ok(applied.len() == known.len())
}

fn complete<C, DB>(conn: &mut C, source: EmbeddedMigrations) -> DbResult<()>
where
    C: MigrationHarness<DB>,
    DB: diesel::backend::Backend,
    EmbeddedMigrations: MigrationSource<DB>,
{
    conn.run_pending_migrations(source).map_err(|error| fault(&error))?;
    Ok(())
}

/// The versions that this binary knows, in order.
pub(super) fn known(target: &Target) -> DbResult<Vec<String>> {
    match target {
        Target::Sqlite(_) => versions::<Sqlite>(&SQLITE),
        Target::Postgresql(_) => versions::<Pg>(&POSTGRESQL),
    }
}

fn versions<DB: diesel::backend::Backend>(source: &EmbeddedMigrations) -> DbResult<Vec<String>>
where
    EmbeddedMigrations: MigrationSource<DB>,
{
    Ok(in_order::<DB>(source)?.iter().map(|migration| migration.name().version().to_string()).collect())
}

fn in_order<DB: diesel::backend::Backend>(source: &EmbeddedMigrations) -> DbResult<Vec<Box<dyn Migration<DB>>>>
where
    EmbeddedMigrations: MigrationSource<DB>,
{
    let mut all: Vec<Box<dyn Migration<DB>>> = source.migrations().map_err(|error| fault(&error))?;
    all.sort_by_key(|migration| migration.name().version().to_string());
    Ok(all)
}

/// Makes the tables of an older schema, and no newer ones, in an empty database.
pub(super) fn exactly(conn: &mut PgConnection, wanted: &[String]) -> DbResult<()> {
    // Makes the table that notes what ran.
    conn.applied_migrations().map_err(|error| fault(&error))?;
    for migration in in_order::<Pg>(&POSTGRESQL)? {
        if wanted.contains(&migration.name().version().to_string()) {
            conn.run_migration(&*migration).map_err(|error| fault(&error))?;
        }
    }
    Ok(())
}

/// Runs what [`exactly`] left out.
pub(super) fn the_rest(conn: &mut PgConnection) -> DbResult<()> {
    complete(conn, POSTGRESQL)
}

/// Whether the database has the newest schema. Changes nothing; refuses one that is ahead of this binary.
pub(super) fn is_current(target: &Target) -> DbResult<bool> {
    match target.connect(false)? {
        AnyConnection::Sqlite(mut conn) => is_complete(&mut conn, &SQLITE),
        AnyConnection::Postgresql(mut conn) => is_complete(&mut conn, &POSTGRESQL),
    }
}
