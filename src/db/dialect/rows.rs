//! Rows of any table as texts, and back: what an archive is written from and read into.

use diesel::prelude::*;
use diesel::query_builder::SqlQuery;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Binary, Bool, Nullable, Text, Timestamp};

use crate::db::connect::AnyConnection;
use crate::db::error::DbResult;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Sixteen bytes.
    Id,
    /// Other bytes.
    Bytes,
    /// Text.
    Text,
    /// A number.
    Int,
    /// Yes or no.
    Bool,
    /// A moment, in microseconds since 1970.
    Time,
}

/// A value on its way into a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing, in a column of this sort.
    Null(Kind),
    /// Bytes.
    Bytes(Vec<u8>),
    /// Text.
    Text(String),
    /// A number.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// A moment.
    Time(chrono::NaiveDateTime),
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// The query with one more value.
macro_rules! bound {
    ($query:ident, $cell:ident) => {
        match $cell {
            Cell::Null(Kind::Id | Kind::Bytes) => $query.bind::<Nullable<Binary>, _>(None::<Vec<u8>>),
            Cell::Null(Kind::Text) => $query.bind::<Nullable<Text>, _>(None::<String>),
            Cell::Null(Kind::Int) => $query.bind::<Nullable<BigInt>, _>(None::<i64>),
            Cell::Null(Kind::Bool) => $query.bind::<Nullable<Bool>, _>(None::<bool>),
            Cell::Null(Kind::Time) => $query.bind::<Nullable<Timestamp>, _>(None::<chrono::NaiveDateTime>),
            Cell::Bytes(bytes) => $query.bind::<Binary, _>(bytes.clone()),
            Cell::Text(text) => $query.bind::<Text, _>(text.clone()),
            Cell::Int(number) => $query.bind::<BigInt, _>(*number),
            Cell::Bool(is) => $query.bind::<Bool, _>(*is),
            Cell::Time(at) => $query.bind::<Timestamp, _>(*at),
        }
    };
}

/// What makes of each column one of JSON: bytes in hexadecimal, yes and no as 1 and 0, moments as `2018-12-01 10:00:00.000001`.
fn as_json(conn: &AnyConnection, (expression, kind): &(String, Kind)) -> String {
    match (conn, kind) {
        (_, Kind::Text | Kind::Int) | (AnyConnection::Sqlite(_), Kind::Bool | Kind::Time) => expression.clone(),
        (AnyConnection::Sqlite(_), Kind::Id | Kind::Bytes) => {
            format!("CASE WHEN {expression} IS NULL THEN NULL ELSE lower(hex({expression})) END")
        }
        (AnyConnection::Postgresql(_), Kind::Id | Kind::Bytes) => format!("encode({expression}, 'hex')"),
        (AnyConnection::Postgresql(_), Kind::Bool) => format!("CAST({expression} AS INTEGER)"),
        (AnyConnection::Postgresql(_), Kind::Time) => format!("to_char({expression}, 'YYYY-MM-DD HH24:MI:SS.US')"),
    }
}

/// The rows of `from` (a table, what it is narrowed by, an order, a limit) as lists of JSON.
pub fn read(conn: &mut AnyConnection, columns: &[(String, Kind)], from: &str, after: &[Cell]) -> DbResult<Vec<String>> {
    let columns: Vec<String> = columns.iter().map(|column| as_json(conn, column)).collect();
    let columns = columns.join(", ");
    let rows: Vec<Line> = match conn {
        AnyConnection::Sqlite(conn) => {
            let query = sql_query(format!("SELECT json_array({columns}) AS line FROM {from}")).into_boxed();
            after.iter().fold(query, |query, cell| bound!(query, cell)).load(conn)?
        }
        AnyConnection::Postgresql(conn) => {
            let made = format!("SELECT CAST(json_build_array({columns}) AS TEXT) AS line FROM {from}");
            let query = sql_query(made).into_boxed();
            after.iter().fold(query, |query, cell| bound!(query, cell)).load(conn)?
        }
    };
    Ok(rows.into_iter().map(|row| row.line).collect())
}

/// `text` as a key that is compared by its bytes on both databases.
pub fn by_bytes(conn: &AnyConnection, text: &str) -> String {
    match conn {
        AnyConnection::Sqlite(_) => text.to_owned(),
        AnyConnection::Postgresql(_) => format!("{text} COLLATE \"C\""),
    }
}

/// Runs a statement with these values in its places `$1`, `$2`, ...; how many rows it touched.
pub fn execute(conn: &mut AnyConnection, statement: &str, cells: &[Cell]) -> DbResult<usize> {
    let query: SqlQuery = sql_query(statement);
    Ok(match conn {
        AnyConnection::Sqlite(conn) => {
            cells.iter().fold(query.into_boxed(), |query, cell| bound!(query, cell)).execute(conn)?
        }
        AnyConnection::Postgresql(conn) => {
            cells.iter().fold(query.into_boxed(), |query, cell| bound!(query, cell)).execute(conn)?
        }
    })
}
