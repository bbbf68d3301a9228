//! Backups that are not what was written, not for here, or not for everybody's eyes.

use std::path::{Path, PathBuf};

use age::secrecy::ExposeSecret as _;
use norm_portal::backup::model::BackupError;
use norm_portal::backup::restore::restore;
use norm_portal::backup::{Portal, make::make};
use norm_portal::db::{Db, DbError, Target};

use super::{backed_up, filled};
use crate::harness::rows::Rows;
use crate::harness::server::noon;
use crate::harness::{Backend, Program, Server, on_both};
use crate::postgres;

/// A place for a portal that nobody has open.
pub struct Place {
    folder: tempfile::TempDir,
    pub target: Target,
    _database: Option<postgres::Database>,
}

impl Place {
    pub fn on(backend: Backend) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = (backend == Backend::Postgresql).then(postgres::fresh_database);
        let target = match &database {
            Some(database) => Target::Postgresql(database.url.clone()),
            None => Target::Sqlite(folder.path().join("portal.db")),
        };
        Self { folder, target, _database: database }
    }

    fn portal(&self) -> Portal<'_> {
        Portal { target: &self.target, data_dir: self.folder.path(), bucket: None }
    }

    /// Tries to restore, whatever is there.
    pub fn restore(&self, from: &Path, identity: Option<&Path>) -> Result<(), String> {
        restore(&self.portal(), noon(), (from, identity), true).map(drop).map_err(|error| error.to_string())
    }

    pub fn epoch(&self) -> i64 {
        Rows::open(&self.target).number("SELECT epoch AS n FROM epochs WHERE scope = 'site'")
    }

    /// The names in the data folder.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.retain(|name| !name.ends_with("-wal") && !name.ends_with("-shm"));
        names.sort();
        names
    }
}

fn changed(bytes: &[u8], at: usize, folder: &Path) -> PathBuf {
    let mut other = bytes.to_vec();
    other[at] ^= 1;
    let path = folder.join("changed");
    std::fs::write(&path, other).unwrap();
    path
}

/// An identity of age, and the file that holds it.
fn identity(folder: &Path, name: &str) -> (String, PathBuf) {
    let identity = age::x25519::Identity::generate();
    let path = folder.join(name);
    std::fs::write(&path, identity.to_string().expose_secret()).unwrap();
    (identity.to_public().to_string(), path)
}

on_both! {
    fn a_backup_that_was_changed_or_cut_replaces_nothing(backend: Backend) {
        let server = Server::start(backend);
        filled(&server);
        let place = Place::on(backend);
        drop(Db::open(&place.target).unwrap());
        Rows::open(&place.target).execute("UPDATE epochs SET epoch = 4711 WHERE scope = 'site'");
        let files = tempfile::tempdir().unwrap();
        let whole = std::fs::read(backed_up(&server, files.path())).unwrap();
        let before = place.names();
        // Names, contents, what fills the blocks of a tar, its end, the seal.
        let step = whole.len() / 60 + 1;
        let places = (0..whole.len()).step_by(step).chain([0, 156, 511, whole.len() - 200, whole.len() - 30, whole.len() - 1]);
        for at in places {
            let error = place.restore(&changed(&whole, at, files.path()), None).expect_err("it was changed");
            assert!(error.contains("can't be used"), "{at}: {error}");
        }
        for length in [0, 1, 511, 512, whole.len() / 2, whole.len() - 72, whole.len() - 1] {
            let cut = files.path().join("cut");
            std::fs::write(&cut, &whole[..length]).unwrap();
            let error = place.restore(&cut, None).expect_err("it was cut");
            assert!(error.contains("can't be used"), "{length}: {error}");
        }
        let longer = files.path().join("longer");
        std::fs::write(&longer, [whole.as_slice(), b"\n"].concat()).unwrap();
        assert!(place.restore(&longer, None).is_err_and(|error| error.contains("digest is another")));
        assert_eq!(place.epoch(), 4711, "the database is the old one");
        assert_eq!(place.names(), before, "nothing is left lying about");
        let same = files.path().join("same");
        std::fs::write(&same, &whole).unwrap();
        place.restore(&same, None).expect("what was not changed is restored");
        assert_ne!(place.epoch(), 4711);
    }

    fn an_encrypted_backup_is_for_its_recipient_alone(backend: Backend) {
        let server = Server::start(backend);
        filled(&server);
        let files = tempfile::tempdir().unwrap();
        let ((recipient, ours), (_, theirs)) = (identity(files.path(), "ours"), identity(files.path(), "theirs"));
        let out = files.path().join("b.age");
        let program = Program::beside(&server).with("NORM_PORTAL_BACKUP__RECIPIENT", &recipient);
        let said = program.done(&["backup", "--out", &out.display().to_string()]);
        assert!(!said.contains("Not encrypted"), "{said}");
        let whole = std::fs::read(&out).unwrap();
        for word in [&b"manifest.json"[..], b"ada@example.org", b"$argon2id", b"Zo\xc3\xab"] {
            assert!(!whole.windows(word.len()).any(|part| part == word));
        }
        let place = Place::on(backend);
        assert!(place.restore(&out, None).is_err_and(|error| error.contains("encrypted")));
        assert!(place.restore(&out, Some(&theirs)).is_err_and(|error| error.contains("identity")));
        for at in [30, whole.len() / 2, whole.len() - 1] {
            let error = place.restore(&changed(&whole, at, files.path()), Some(&ours)).expect_err("it was changed");
            assert!(error.contains("can't be used") || error.contains("identity"), "{at}: {error}");
        }
        std::fs::write(files.path().join("cut"), &whole[..whole.len() - 20]).unwrap();
        let cut = place.restore(&files.path().join("cut"), Some(&ours)).expect_err("it was cut");
        assert!(cut.contains("can't be used"), "{cut}");
        place.restore(&out, Some(&ours)).expect("its recipient reads it");
        assert_eq!(Rows::open(&place.target).count("comments"), 2);
    }

    fn what_this_version_does_not_know_or_no_portal_wrote_is_refused(backend: Backend) {
        let place = Place::on(backend);
        let db = Db::open(&place.target).unwrap();
        let rows = Rows::of(&db);
        rows.execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')");
        let files = tempfile::tempdir().unwrap();
        let newer = files.path().join("newer");
        make(&place.portal(), noon(), None, &newer).unwrap();
        rows.execute("DELETE FROM __diesel_schema_migrations WHERE version = '9999'");
        let good = files.path().join("good");
        make(&place.portal(), noon(), None, &good).unwrap();
        assert!(matches!(make(&place.portal(), noon(), None, &good), Err(BackupError::Exists(_))), "never over another");
        // An entry of the log that no act of the portal wrote.
        let zero = if backend == Backend::Sqlite { "x'00'" } else { "decode('00', 'hex')" };
        rows.execute(&format!(
            "INSERT INTO audit_log (seq, at, action, subject, detail, detail_digest, hash) \
             VALUES (1, '2026-11-23 12:00:00', 'a', 'b', '{{}}', {zero}, {zero})"
        ));
        let forged = files.path().join("forged");
        make(&place.portal(), noon(), None, &forged).unwrap();
        drop((rows, db));
        let other = Place::on(backend);
        assert!(other.restore(&newer, None).is_err_and(|error| error.contains("9999")));
        assert!(other.restore(&forged, None).is_err_and(|error| error.contains("audit log does not hold")));
        let across = Place::on(if backend == Backend::Sqlite { Backend::Postgresql } else { Backend::Sqlite });
        assert!(across.restore(&good, None).is_err_and(|error| error.contains("database.url names")));
        other.restore(&good, None).expect("a good one");
    }

    fn a_backup_of_an_older_version_is_brought_up_to_date(backend: Backend) {
        use diesel_migrations::{FileBasedMigrations, MigrationHarness};
        use norm_portal::db::AnyConnection;
        let place = Place::on(backend);
        drop(Db::open(&place.target).unwrap());
        let source = |name: &str| {
            FileBasedMigrations::from_path(format!("{}/migrations/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
        };
        match place.target.connect(false).unwrap() {
            AnyConnection::Sqlite(mut conn) => drop(conn.revert_last_migration(source("sqlite")).unwrap()),
            AnyConnection::Postgresql(mut conn) => drop(conn.revert_last_migration(source("postgresql")).unwrap()),
        }
        let files = tempfile::tempdir().unwrap();
        let older = files.path().join("older");
        make(&place.portal(), noon(), None, &older).unwrap();
        let other = Place::on(backend);
        other.restore(&older, None).unwrap();
        assert!(Db::is_current(&other.target).unwrap());
        let db = Db::open(&other.target).unwrap();
        let held: Result<_, DbError> = db.snapshot_blocking(norm_portal::audit::verify);
        assert_eq!(held.unwrap().unwrap().entries, 1, "the restoring itself");
    }
}
