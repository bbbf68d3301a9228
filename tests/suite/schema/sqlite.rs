//! The schema of an SQLite database, read from its pragmas.

use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::{QueryableByName, RunQueryDsl as _, SqliteConnection, sql_query};

use super::{Column, Schema, Table};

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = BigInt)]
    required: i64,
    #[diesel(sql_type = BigInt)]
    key: i64,
}

#[derive(QueryableByName)]
struct IndexRow {
    #[diesel(sql_type = Text)]
    name: String,
    /// `c`: by CREATE INDEX, `u`: by UNIQUE, `pk`: by PRIMARY KEY.
    #[diesel(sql_type = Text)]
    origin: String,
    #[diesel(sql_type = BigInt)]
    partial: i64,
}

#[derive(QueryableByName)]
struct ReferenceRow {
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = Text)]
    target: String,
    #[diesel(sql_type = Text)]
    from_column: String,
    #[diesel(sql_type = Nullable<Text>)]
    to_column: Option<String>,
}

fn names(conn: &mut SqliteConnection, sql: &str) -> Vec<String> {
    sql_query(sql).load::<Name>(conn).expect(sql).into_iter().map(|row| row.name).collect()
}

/// Every table of the portal.
pub fn schema(conn: &mut SqliteConnection) -> Schema {
    let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' \
                  AND name <> '__diesel_schema_migrations' AND name NOT LIKE 'search%'";
    names(conn, tables).into_iter().map(|name| (name.clone(), table(conn, &name))).collect()
}

/// Everything that is neither SQLite's own nor Diesel's.
pub fn leftovers(conn: &mut SqliteConnection) -> Vec<String> {
    names(
        conn,
        "SELECT type || ' ' || name AS name FROM sqlite_master WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~' \
         AND name <> '__diesel_schema_migrations'",
    )
}

fn kind(declared: &str) -> String {
    let known = match declared {
        "BLOB" => "Binary",
        "TEXT" => "Text",
        "TIMESTAMP" => "Timestamp",
        "INTEGER" => "Integer",
        "BIGINT" => "BigInt",
        "BOOLEAN" => "Bool",
        other => panic!("the type {other} is new: say here what it is to Diesel"),
    };
    known.to_owned()
}

fn table(conn: &mut SqliteConnection, name: &str) -> Table {
    let columns = format!(
        "SELECT name, type AS kind, \"notnull\" AS required, pk AS key FROM pragma_table_info('{name}') ORDER BY cid"
    );
    let rows: Vec<ColumnRow> = sql_query(columns).load(conn).expect(name);
    let mut key: Vec<(i64, String)> =
        rows.iter().filter(|row| row.key > 0).map(|row| (row.key, row.name.clone())).collect();
    key.sort();
    let mut table = Table { primary_key: key.into_iter().map(|(_, name)| name).collect(), ..Table::default() };
    // A primary key is never null, though SQLite would have it.
    let nullable = |row: &ColumnRow| row.required == 0 && row.key == 0;
    table.columns = rows
        .iter()
        .map(|row| Column { name: row.name.clone(), kind: kind(&row.kind), nullable: nullable(row) })
        .collect();
    let indexes = format!("SELECT name, origin, partial FROM pragma_index_list('{name}')");
    for index in sql_query(indexes).load::<IndexRow>(conn).expect(name) {
        let columns = names(conn, &format!("SELECT name FROM pragma_index_info('{}') ORDER BY seqno", index.name));
        match index.origin.as_str() {
            "u" => drop(table.unique.insert(columns)),
            "c" => drop(table.indexes.insert(index.name, (columns, index.partial == 1))),
            _ => {}
        }
    }
    table.references = references(conn, name);
    table
}

fn references(conn: &mut SqliteConnection, name: &str) -> std::collections::BTreeSet<String> {
    let sql = format!(
        "SELECT id AS number, \"table\" AS target, \"from\" AS from_column, \"to\" AS to_column \
         FROM pragma_foreign_key_list('{name}') ORDER BY id, seq"
    );
    let rows: Vec<ReferenceRow> = sql_query(sql).load(conn).expect(name);
    let groups = rows.chunk_by(|a, b| a.number == b.number);
    groups
        .map(|group| {
            let from: Vec<&str> = group.iter().map(|row| row.from_column.as_str()).collect();
            let to: Vec<&str> = group.iter().map(|row| row.to_column.as_deref().unwrap_or_default()).collect();
            format!("{} -> {} ({})", from.join(", "), group[0].target, to.join(", "))
        })
        .collect()
}
