//! A `PostgreSQL` database for one test, empty or a copy, dropped when the test lets go of it.
//!
//! Knows the server that `tests/run` started, by `NORM_PORTAL_TEST_POSTGRES`, and nothing of the
//! portal: migrations are the caller's.

use std::sync::atomic::{AtomicU32, Ordering};

use diesel::{Connection, PgConnection, RunQueryDsl, sql_query};

/// The variable that names the server; `tests/run` sets it.
const SERVER: &str = "NORM_PORTAL_TEST_POSTGRES";

/// A database of this test alone. Dropping the value drops the database, open connections
/// included.
pub struct Database {
    /// What the portal takes as `NORM_PORTAL_DATABASE__URL`.
    pub url: String,
    name: String,
}

/// Databases made by this process so far.
static MADE: AtomicU32 = AtomicU32::new(0);

/// Creates an empty database of its own name, in UTF-8.
///
/// # Panics
/// When `NORM_PORTAL_TEST_POSTGRES` is unset, or the server refuses.
pub fn fresh_database() -> Database {
    // template0: copying template1 fails while anybody is connected to it.
    copy_of("template0")
}

/// Creates a copy of the database `template`, which nobody may be connected to.
///
/// # Panics
/// As [`fresh_database`].
pub fn copy_of(template: &str) -> Database {
    let name = format!("np_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
    // One of this name can only be a killed process's, whose number came round again.
    run(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        .and_then(|()| run(&format!("CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'")))
        .unwrap_or_else(|fault| panic!("cannot create the database {name}: {fault}"));
    let mut url = server();
    url.set_path(&name);
    Database { url: url.into(), name }
}

impl Database {
    /// Its name; it stays as long as the server does.
    pub fn kept(self) -> String {
        std::mem::ManuallyDrop::new(self).name.clone()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let dropped = run(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
        if let Err(fault) = dropped {
            // A second panic while one unwinds would abort the whole suite.
            eprintln!("the test database {} stays behind: {fault}", self.name);
        }
    }
}

/// The server's own database, for whoever does something to the others.
pub fn server_url() -> String {
    server().into()
}

fn server() -> url::Url {
    let text = std::env::var(SERVER).unwrap_or_else(|_| {
        panic!("{SERVER} is unset: run the tests with `tests/run`, which starts PostgreSQL for them")
    });
    url::Url::parse(&text).unwrap_or_else(|fault| panic!("{SERVER} is not a URL: {fault}"))
}

fn run(statement: &str) -> Result<(), String> {
    let mut admin = PgConnection::establish(server().as_str()).map_err(|f| f.to_string())?;
    sql_query(statement).execute(&mut admin).map(drop).map_err(|f| f.to_string())
}
