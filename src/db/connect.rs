//! Which database, and how a connection to it is opened.

use std::path::PathBuf;
use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use diesel::r2d2::{self, ManageConnection};
use diesel::{Connection as _, PgConnection, RunQueryDsl as _, SqliteConnection};

use super::error::{DbError, DbResult};

/// A connection to either database; every query of the portal is written against it once.
#[derive(diesel::MultiConnection)]
pub enum AnyConnection {
    /// A PostgreSQL server.
    Postgresql(PgConnection),
    /// The embedded database.
    Sqlite(SqliteConnection),
}

/// Which database a URL names.
#[derive(Clone, PartialEq, Eq)]
pub enum Target {
    /// A file on a local disk.
    Sqlite(PathBuf),
    /// The whole URL, as libpq reads it.
    Postgresql(String),
}

/// Why a URL names no database.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// Neither `sqlite://` nor `postgres://`.
    #[error("database.url must begin with sqlite:// (then a path) or postgres:// - it begins with {0:?}")]
    Scheme(String),
    /// `sqlite://` with nothing behind it.
    #[error("database.url names no file behind sqlite://")]
    NoPath,
}

impl Target {
    /// Reads `sqlite://relative/path`, `sqlite:///absolute/path`, `postgres://...` or `postgresql://...`.
    pub fn parse(url: &str) -> Result<Self, TargetError> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            let path = path.split('?').next().unwrap_or_default();
            return if path.is_empty() { Err(TargetError::NoPath) } else { Ok(Self::Sqlite(path.into())) };
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgresql(url.to_owned()));
        }
        Err(TargetError::Scheme(url.split_inclusive(':').next().unwrap_or_default().to_owned()))
    }

    /// What kind of database this is, for people.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "SQLite",
            Self::Postgresql(_) => "PostgreSQL",
        }
    }

    /// Opens one connection, with the settings every connection has.
    pub fn connect(&self, read_only: bool) -> DbResult<AnyConnection> {
        match self {
            Self::Sqlite(path) => {
                let mut conn = SqliteConnection::establish(&path.to_string_lossy()).map_err(|error| refused(&error))?;
                conn.batch_execute(
                    "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                     PRAGMA foreign_keys = ON; PRAGMA journal_size_limit = 67108864;",
                )?;
                conn.batch_execute(if read_only { super::dialect::READER } else { super::dialect::WRITER })?;
                Ok(AnyConnection::Sqlite(conn))
            }
            Self::Postgresql(url) => {
                let mut conn = PgConnection::establish(url).map_err(|error| refused(&error))?;
                conn.batch_execute(
                    "SET TIME ZONE 'UTC'; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '300s';",
                )?;
                if read_only {
                    conn.batch_execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY;")?;
                }
                Ok(AnyConnection::Postgresql(conn))
            }
        }
    }
}

fn refused(error: &diesel::ConnectionError) -> DbError {
    DbError::Unavailable(error.to_string())
}

/// Connections kept open for reuse.
pub(super) struct Pool(r2d2::Pool<Manager>);

struct Manager {
    target: Target,
    read_only: bool,
}

impl ManageConnection for Manager {
    type Connection = AnyConnection;
    type Error = DbError;

    fn connect(&self) -> DbResult<AnyConnection> {
        self.target.connect(self.read_only)
    }

    fn is_valid(&self, conn: &mut AnyConnection) -> DbResult<()> {
        diesel::sql_query("SELECT 1").execute(conn)?;
        Ok(())
    }

    fn has_broken(&self, conn: &mut AnyConnection) -> bool {
        std::thread::panicking() || super::dialect::is_broken(conn)
    }
}

impl Pool {
    pub(super) fn open(target: &Target, size: u32, read_only: bool) -> DbResult<Self> {
        r2d2::Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .connection_timeout(Duration::from_secs(5))
            .test_on_check_out(matches!(target, Target::Postgresql(_)))
            .error_handler(Box::new(r2d2::NopErrorHandler))
            .build(Manager { target: target.clone(), read_only })
            .map(Self)
            .map_err(|error| DbError::Unavailable(error.to_string()))
    }

    /// A connection, if one is open and nobody has it.
    pub(super) fn get_if_free(&self) -> Option<impl std::ops::DerefMut<Target = AnyConnection> + use<>> {
        self.0.try_get()
    }

    pub(super) fn get(&self) -> DbResult<impl std::ops::DerefMut<Target = AnyConnection> + use<>> {
        self.0.get().map_err(|error| DbError::Unavailable(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_schemes_and_refuses_what_is_mistyped() {
        assert!(matches!(Target::parse("sqlite://data/a.db"), Ok(Target::Sqlite(p)) if p.as_os_str() == "data/a.db"));
        assert!(matches!(Target::parse("sqlite:///var/a.db"), Ok(Target::Sqlite(p)) if p.as_os_str() == "/var/a.db"));
        assert!(matches!(Target::parse("postgres://h/db"), Ok(Target::Postgresql(_))));
        assert!(matches!(Target::parse("postgre://h/db"), Err(TargetError::Scheme(s)) if s == "postgre:"));
        assert!(matches!(Target::parse("sqlite://"), Err(TargetError::NoPath)));
    }
}
