//! Brings a database to the schema this binary knows, and refuses one that is ahead of it.

use diesel::migration::{Migration, MigrationSource, MigrationVersion};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::connect::{AnyConnection, Target};
use super::error::{DbError, DbResult};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRESQL: EmbeddedMigrations = embed_migrations!("migrations/postgresql");

/// A number of our own that keeps two servers from migrating one PostgreSQL database at once.
const LOCK: i64 = 0x4e6f_726d;

/// Runs what is pending. Servers that start together wait for one another.
pub(super) fn run(target: &Target) -> DbResult<()> {
    if let Target::Sqlite(path) = target
        && let Some(folder) = path.parent()
    {
        std::fs::create_dir_all(folder)
            .map_err(|error| DbError::Unavailable(format!("{}: {error}", folder.display())))?;
    }
    match target.connect(false)? {
        AnyConnection::Sqlite(mut conn) => conn
            .exclusive_transaction(|conn| Ok::<_, diesel::result::Error>(pending(conn, SQLITE)))
            .map_err(DbError::from)?,
        AnyConnection::Postgresql(mut conn) => {
            use diesel::RunQueryDsl as _;
            diesel::sql_query(format!("SELECT pg_advisory_lock({LOCK})")).execute(&mut conn)?;
            pending(&mut conn, POSTGRESQL)
        }
    }
}

fn pending<C, DB>(conn: &mut C, source: EmbeddedMigrations) -> DbResult<()>
where
    C: MigrationHarness<DB>,
    DB: diesel::backend::Backend,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let schema =
        |error: &dyn std::fmt::Display| DbError::Schema(format!("the database could not be migrated: {error}"));
    let known: Vec<Box<dyn Migration<DB>>> = source.migrations().map_err(|error| schema(&error))?;
    let applied: Vec<MigrationVersion<'static>> = conn.applied_migrations().map_err(|error| schema(&error))?;
    if let Some(unknown) = applied.iter().find(|version| !known.iter().any(|m| m.name().version() == **version)) {
        return Err(DbError::Schema(format!(
            "the database has migration {unknown}, which this version of the portal does not know: \
             start the newer version, or restore a backup made with this one"
        )));
    }
    conn.run_pending_migrations(source).map_err(|error| schema(&error))?;
    Ok(())
}
