//! The schema of a PostgreSQL database, read from its catalogue.

use std::collections::BTreeMap;

use diesel::sql_types::{Bool, Text};
use diesel::{PgConnection, QueryableByName, RunQueryDsl as _, sql_query};

use super::{Column, Schema, Table};

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
}

#[derive(QueryableByName)]
struct IndexRow {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    name: String,
    /// `p`: primary key, `u`: UNIQUE, empty: by CREATE INDEX.
    #[diesel(sql_type = Text)]
    origin: String,
    #[diesel(sql_type = Bool)]
    partial: bool,
    /// Joined by commas.
    #[diesel(sql_type = Text)]
    columns: String,
}

#[derive(QueryableByName)]
struct ReferenceRow {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    target: String,
    #[diesel(sql_type = Text)]
    from_columns: String,
    #[diesel(sql_type = Text)]
    to_columns: String,
}

const COLUMNS: &str = "SELECT table_name::text, column_name::text AS name, data_type::text AS kind, \
    is_nullable = 'YES' AS nullable FROM information_schema.columns \
    WHERE table_schema = 'public' AND table_name NOT IN ('__diesel_schema_migrations', 'search') ORDER BY table_name, ordinal_position";

const INDEXES: &str = "SELECT t.relname::text AS table_name, i.relname::text AS name, coalesce(c.contype::text, '') AS origin, \
    x.indpred IS NOT NULL AS partial, \
    (SELECT string_agg(a.attname, ',' ORDER BY k.place) FROM unnest(x.indkey::int[]) WITH ORDINALITY AS k(number, place) \
     JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number) AS columns \
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid \
    JOIN pg_namespace n ON n.oid = t.relnamespace \
    LEFT JOIN pg_constraint c ON c.conindid = i.oid AND c.contype IN ('p', 'u') \
    WHERE n.nspname = 'public' AND t.relname NOT IN ('__diesel_schema_migrations', 'search')";

const REFERENCES: &str = "SELECT t.relname::text AS table_name, f.relname::text AS target, \
    (SELECT string_agg(a.attname, ', ' ORDER BY k.place) FROM unnest(c.conkey) WITH ORDINALITY AS k(number, place) \
     JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number) AS from_columns, \
    (SELECT string_agg(a.attname, ', ' ORDER BY k.place) FROM unnest(c.confkey) WITH ORDINALITY AS k(number, place) \
     JOIN pg_attribute a ON a.attrelid = f.oid AND a.attnum = k.number) AS to_columns \
    FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class f ON f.oid = c.confrelid \
    WHERE c.contype = 'f'";

const LEFTOVERS: &str = "SELECT c.relkind::text || ' ' || c.relname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
    WHERE n.nspname = 'public' AND c.relname NOT LIKE '\\_\\_diesel\\_schema\\_migrations%' \
    UNION ALL SELECT 'function ' || p.proname::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace \
    WHERE n.nspname = 'public' AND p.proname NOT LIKE 'diesel\\_%'";

fn kind(declared: &str) -> String {
    let known = match declared {
        "bytea" => "Binary",
        "text" => "Text",
        "timestamp without time zone" => "Timestamp",
        "integer" => "Integer",
        "bigint" => "BigInt",
        "boolean" => "Bool",
        other => panic!("the type {other} is new: say here what it is to Diesel"),
    };
    known.to_owned()
}

/// Every table of the portal.
pub fn schema(conn: &mut PgConnection) -> Schema {
    let mut found: BTreeMap<String, Table> = BTreeMap::new();
    for row in sql_query(COLUMNS).load::<ColumnRow>(conn).expect("columns") {
        let column = Column { name: row.name, kind: kind(&row.kind), nullable: row.nullable };
        found.entry(row.table_name).or_default().columns.push(column);
    }
    for row in sql_query(INDEXES).load::<IndexRow>(conn).expect("indexes") {
        let columns = row.columns.split(',').map(str::to_owned).collect();
        let table = found.get_mut(&row.table_name).expect("a table");
        match row.origin.as_str() {
            "p" => table.primary_key = columns,
            "u" => drop(table.unique.insert(columns)),
            _ => drop(table.indexes.insert(row.name, (columns, row.partial))),
        }
    }
    for row in sql_query(REFERENCES).load::<ReferenceRow>(conn).expect("references") {
        let table = found.get_mut(&row.table_name).expect("a table");
        table.references.insert(format!("{} -> {} ({})", row.from_columns, row.target, row.to_columns));
    }
    found
}

/// Everything in the schema that is not Diesel's: tables, indexes, sequences, functions.
pub fn leftovers(conn: &mut PgConnection) -> Vec<String> {
    sql_query(LEFTOVERS).load::<Name>(conn).expect("what is left").into_iter().map(|row| row.name).collect()
}
