//! An empty portal's database, migrated once for all tests of a process: each gets a copy of its own. What migrations do
//! is looked at by `schema` and `faults::migrations`, which begin with nothing.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use diesel::{Connection, RunQueryDsl, SqliteConnection, sql_query};
use norm_portal::db::{Db, Target};

use crate::postgres;

/// Puts a copy of the SQLite database at `path`.
pub fn copy_to(path: &Path) {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        // The folder goes with those of the run.
        let folder = tempfile::tempdir().unwrap().keep();
        let (first, whole) = (folder.join("first.db"), folder.join("whole.db"));
        drop(Db::open(&Target::Sqlite(first.clone())).unwrap());
        // Another connection's view: what is still in the log of the first is in it, and whoever closes it may hold it.
        let mut conn = SqliteConnection::establish(&first.display().to_string()).unwrap();
        sql_query("PRAGMA busy_timeout = 30000").execute(&mut conn).unwrap();
        sql_query(format!("VACUUM INTO '{}'", whole.display())).execute(&mut conn).unwrap();
        whole
    });
    std::fs::copy(made, path).unwrap();
}

/// A copy of the PostgreSQL database.
pub fn database() -> postgres::Database {
    static MADE: OnceLock<String> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let first = postgres::fresh_database();
        drop(Db::open(&Target::Postgresql(first.url.clone())).unwrap());
        first.kept()
    });
    postgres::copy_of(made)
}
