//! A server that was killed between two migrations.

use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use norm_portal::db::AnyConnection;

use crate::harness::{Backend, Program, on_both};

on_both! {
    fn what_a_killed_server_left_undone_the_next_start_does(backend: Backend) {
        let program = Program::new(backend);
        program.serve().kill();
        let source = |name: &str| {
            FileBasedMigrations::from_path(format!("{}/migrations/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
        };
        // Each migration is whole or not there: what is left is a schema of some earlier number.
        match program.target().connect(false).unwrap() {
            AnyConnection::Sqlite(mut conn) => {
                for _ in 0..3 {
                    conn.revert_last_migration(source("sqlite")).unwrap();
                }
            }
            AnyConnection::Postgresql(mut conn) => {
                for _ in 0..3 {
                    conn.revert_last_migration(source("postgresql")).unwrap();
                }
            }
        }
        assert!(!norm_portal::db::Db::is_current(&program.target()).unwrap());
        let serving = program.serve();
        serving.client().get("/").expect(200);
        assert!(norm_portal::db::Db::is_current(&program.target()).unwrap());
        drop(serving);
        program.database().execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')");
        for command in [&["serve"][..], &["backup", "--out", "b.tar"]] {
            let output = program.run(command);
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.code() == Some(1) && told.contains("9999") && told.contains("newer"), "{command:?}: {told}");
        }
    }
}
