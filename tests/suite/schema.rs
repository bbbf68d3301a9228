//! The migrations: the same on both databases by name and by what they make, undone to nothing, and the audit log
//! guarded by the database itself.

mod postgresql;
mod sqlite;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use norm_portal::db::{AnyConnection, Db, DbError, Target};

use crate::house::sources::files;
use crate::postgres;

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// `Binary`, `Text`, `Timestamp`, `Integer`, `BigInt` or `Bool`: as in src/db/schema.
    kind: String,
    nullable: bool,
}

/// A table, apart from its name.
#[derive(Debug, Default, PartialEq, Eq)]
struct Table {
    /// In order.
    columns: Vec<Column>,
    primary_key: Vec<String>,
    /// Groups of columns.
    unique: BTreeSet<Vec<String>>,
    /// `columns -> table (columns)`.
    references: BTreeSet<String>,
    /// By name: columns, and whether it covers a part of the rows only.
    indexes: BTreeMap<String, (Vec<String>, bool)>,
}

type Schema = BTreeMap<String, Table>;

/// A database of one test, gone with it.
struct Place {
    target: Target,
    _folder: Option<tempfile::TempDir>,
    _database: Option<postgres::Database>,
}

impl Place {
    fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let target = Target::Sqlite(folder.path().join("portal.db"));
        Self { target, _folder: Some(folder), _database: None }
    }

    fn postgresql() -> Self {
        let database = postgres::fresh_database();
        Self { target: Target::Postgresql(database.url.clone()), _folder: None, _database: Some(database) }
    }

    fn connect(&self) -> AnyConnection {
        self.target.connect(false).expect("a connection")
    }

    fn schema(&self) -> Schema {
        match &mut self.connect() {
            AnyConnection::Sqlite(conn) => sqlite::schema(conn),
            AnyConnection::Postgresql(conn) => postgresql::schema(conn),
        }
    }

    /// Runs SQL that both databases read.
    fn run(&self, sql: &str) -> Result<(), String> {
        use diesel::connection::SimpleConnection as _;
        let done = match &mut self.connect() {
            AnyConnection::Sqlite(conn) => conn.batch_execute(sql),
            AnyConnection::Postgresql(conn) => conn.batch_execute(sql),
        };
        done.map_err(|error| error.to_string())
    }
}

fn folder(backend: &str) -> String {
    format!("{}/migrations/{backend}", env!("CARGO_MANIFEST_DIR"))
}

fn migrated(place: Place) -> Place {
    drop(Db::open(&place.target).expect("the migrations run"));
    place
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names = |backend| -> BTreeSet<String> {
        let entries = std::fs::read_dir(folder(backend)).expect("migrations");
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
    };
    assert_eq!(names("sqlite"), names("postgresql"));
    for backend in ["sqlite", "postgresql"] {
        for name in names(backend) {
            for file in ["up.sql", "down.sql"] {
                assert!(Path::new(&folder(backend)).join(&name).join(file).is_file(), "{backend}/{name}/{file}");
            }
        }
    }
}

#[test]
fn both_databases_end_with_the_same_schema() {
    let (sqlite, postgresql) = (migrated(Place::sqlite()).schema(), migrated(Place::postgresql()).schema());
    assert_eq!(sqlite.keys().collect::<Vec<_>>(), postgresql.keys().collect::<Vec<_>>());
    assert!(sqlite.len() > 10, "{:?}", sqlite.keys());
    for (name, table) in &sqlite {
        assert_eq!(table, &postgresql[name], "SQLite's table {name} on the left, PostgreSQL's on the right");
    }
}

/// What src/db/schema tells Diesel.
pub fn declared() -> BTreeMap<String, Vec<Column>> {
    let text: String = files("src/db/schema", &[".rs"]).into_iter().map(|source| source.text).collect();
    let mut found = BTreeMap::new();
    for block in text.split("diesel::table! {").skip(1) {
        let (head, columns) = block.trim().split_once(") {").expect("a table");
        let name = head.split_whitespace().next().expect("its name").to_owned();
        let columns = columns.split('}').next().unwrap_or_default().lines().filter_map(|line| {
            let (column, kind) = line.trim().trim_end_matches(',').split_once(" -> ")?;
            let inner = kind.strip_prefix("Nullable<").and_then(|inner| inner.strip_suffix('>'));
            Some(Column { name: column.to_owned(), kind: inner.unwrap_or(kind).to_owned(), nullable: inner.is_some() })
        });
        found.insert(name, columns.collect());
    }
    found
}

#[test]
fn an_archive_holds_each_table_and_column_or_says_why_not() {
    use norm_portal::archive::left_out::LEFT_OUT;
    use norm_portal::archive::parts::PARTS;
    let mut known: Vec<&str> =
        PARTS.iter().map(|part| part.table).chain(LEFT_OUT.iter().map(|(table, _)| *table)).collect();
    known.sort_unstable();
    let declared = declared();
    assert_eq!(known, declared.keys().map(String::as_str).collect::<Vec<_>>());
    for part in PARTS {
        let mut held: Vec<(&str, bool)> = part.columns.iter().map(|column| (column.name, column.is_nullable)).collect();
        held.sort_unstable();
        let mut columns: Vec<(&str, bool)> =
            declared[part.table].iter().map(|column| (column.name.as_str(), column.nullable)).collect();
        columns.sort_unstable();
        assert_eq!(held, columns, "{}", part.table);
    }
}

#[test]
fn diesel_is_told_what_the_migrations_make() {
    let made = migrated(Place::sqlite()).schema();
    let made: BTreeMap<String, Vec<Column>> = made.into_iter().map(|(name, table)| (name, table.columns)).collect();
    assert_eq!(made, declared());
}

fn revert<C, DB>(conn: &mut C, backend: &str)
where
    C: MigrationHarness<DB>,
    DB: diesel::backend::Backend,
{
    let source = FileBasedMigrations::from_path(folder(backend)).expect("migrations");
    let reverted = conn.revert_all_migrations(source).expect("every down migration runs");
    assert!(reverted.len() > 5, "{reverted:?}");
}

#[test]
fn sqlite_can_be_undone_to_nothing() {
    let place = migrated(Place::sqlite());
    let AnyConnection::Sqlite(mut conn) = place.connect() else { panic!("SQLite") };
    revert(&mut conn, "sqlite");
    assert_eq!(sqlite::leftovers(&mut conn), Vec::<String>::new());
}

#[test]
fn postgresql_can_be_undone_to_nothing() {
    let place = migrated(Place::postgresql());
    let AnyConnection::Postgresql(mut conn) = place.connect() else { panic!("PostgreSQL") };
    revert(&mut conn, "postgresql");
    assert_eq!(postgresql::leftovers(&mut conn), Vec::<String>::new());
}

/// Twice is harmless, a database of a newer portal is left alone.
fn knows_its_place(place: &Place) {
    drop(Db::open(&place.target).expect("a second start"));
    let before = place.schema();
    place.run("INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')").expect("an unknown migration");
    let Err(DbError::Schema(message)) = Db::open(&place.target).map(drop) else {
        panic!("a newer schema was not refused");
    };
    assert!(message.contains("9999") && message.contains("newer version"), "{message}");
    assert_eq!(place.schema(), before);
}

#[test]
fn sqlite_of_a_newer_portal_is_refused() {
    knows_its_place(&migrated(Place::sqlite()));
}

#[test]
fn postgresql_of_a_newer_portal_is_refused() {
    knows_its_place(&migrated(Place::postgresql()));
}

fn keeps_its_audit_log(place: &Place) {
    let zero = match place.target {
        Target::Sqlite(_) => "x'00'",
        Target::Postgresql(_) => "decode('00', 'hex')",
    };
    let entry = format!(
        "INSERT INTO audit_log (seq, at, action, subject, detail, detail_digest, hash) \
         VALUES (1, '2026-11-23 12:00:00', 'a', 'b', '{{}}', {zero}, {zero})"
    );
    place.run(&entry).expect("an entry");
    for attack in ["UPDATE audit_log SET action = 'x' WHERE seq = 1", "DELETE FROM audit_log"] {
        let refusal = place.run(attack).expect_err(attack);
        assert!(refusal.contains("the audit log is append-only"), "{attack}: {refusal}");
    }
    // The key is still taken: the entry is there.
    place.run(&entry).expect_err("the entry is gone");
}

#[test]
fn sqlite_refuses_to_change_the_audit_log() {
    keeps_its_audit_log(&migrated(Place::sqlite()));
}

#[test]
fn postgresql_refuses_to_change_the_audit_log() {
    keeps_its_audit_log(&migrated(Place::postgresql()));
}
