//! A look into the database, past the portal: for what no page shows.

use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, RunQueryDsl as _, sql_query};
use norm_portal::db::{Db, DbError, Target};

/// A database as a test looks at it.
#[derive(Clone)]
pub struct Rows(Db);

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    t: String,
}

impl Rows {
    /// The database of a running portal.
    pub fn of(db: &Db) -> Self {
        Self(db.clone())
    }

    /// Opens the database that `target` names.
    pub fn open(target: &Target) -> Self {
        Self(Db::open(target).unwrap())
    }

    /// The one number that `query` asks for as `n`.
    pub fn number(&self, query: &str) -> i64 {
        let row: Number = self.0.read_blocking(|conn| Ok::<_, DbError>(sql_query(query).get_result(conn)?)).unwrap();
        row.n
    }

    /// The texts that `query` asks for as `t`.
    pub fn names(&self, query: &str) -> Vec<String> {
        let rows: Vec<Name> = self.0.read_blocking(|conn| Ok::<_, DbError>(sql_query(query).load(conn)?)).unwrap();
        rows.into_iter().map(|row| row.t).collect()
    }

    /// How many rows a table has, or a part of one: `comments WHERE state = 'pending'`.
    pub fn count(&self, rows: &str) -> i64 {
        self.number(&format!("SELECT count(*) AS n FROM {rows}"))
    }

    /// Runs a statement; how many rows it changed.
    pub fn execute(&self, statement: &str) -> usize {
        self.try_execute(statement).unwrap()
    }

    /// Runs a statement that may be refused.
    pub fn try_execute(&self, statement: &str) -> Result<usize, DbError> {
        let statement = statement.to_owned();
        self.0.write_blocking(move |conn| Ok(sql_query(statement).execute(conn)?))
    }
}
