//! Brings a database to the schema this binary knows, and refuses one that is ahead of it.

use diesel::RunQueryDsl as _;
use diesel::migration::{Migration, MigrationSource, MigrationVersion};
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
