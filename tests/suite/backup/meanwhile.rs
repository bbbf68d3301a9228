//! What happens beside a restore: portals that are started, and whoever opens the database in another way.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use diesel::connection::SimpleConnection as _;
use norm_portal::db::Db;

use super::refused::Place;
use super::{backed_up, filled};
use crate::harness::rows::Rows;
use crate::harness::{Backend, Server, on_both};

/// A place with a portal that nobody runs, a backup, and a pipe through which it comes when the test lets it.
fn prepared(backend: Backend, files: &Path) -> (Place, Vec<u8>, PathBuf) {
    let server = Server::start(backend);
    filled(&server);
    let bytes = std::fs::read(backed_up(&server, files)).unwrap();
    let place = Place::on(backend);
    drop(Db::open(&place.target).unwrap());
    Rows::open(&place.target).execute("UPDATE epochs SET epoch = 4711 WHERE scope = 'site'");
    let pipe = files.join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    (place, bytes, pipe)
}

/// Restores what comes through `pipe`, and does something once the restore has begun and waits for it.
fn beside<T>(place: &Place, bytes: &[u8], pipe: &Path, act: impl FnOnce() -> T) -> (Result<(), String>, T) {
    std::thread::scope(|scope| {
        let restoring = scope.spawn(|| place.restore(pipe, None));
        // Opens only once the restore has opened the other end.
        let mut end = OpenOptions::new().write(true).open(pipe).unwrap();
        let done = act();
        // Whoever refuses reads no further.
        drop(end.write_all(bytes));
        drop(end);
        (restoring.join().unwrap(), done)
    })
}

on_both! {
    fn a_portal_that_is_started_while_a_backup_is_restored_is_told_so(backend: Backend) {
        let files = tempfile::tempdir().unwrap();
        let (place, bytes, pipe) = prepared(backend, files.path());
        let (restored, started) = beside(&place, &bytes, &pipe, || Db::open(&place.target).map(drop));
        let told = started.expect_err("it is being restored").to_string();
        assert!(told.contains("a backup is being restored here"), "{told}");
        restored.expect("nobody came in between");
        assert_ne!(place.epoch(), 4711);
        drop(Db::open(&place.target).expect("it can be started again"));
    }

    fn whoever_opens_the_database_meanwhile_is_noticed_before_it_is_replaced(backend: Backend) {
        let files = tempfile::tempdir().unwrap();
        let (place, bytes, pipe) = prepared(backend, files.path());
        let before = place.names();
        let (restored, open) = beside(&place, &bytes, &pipe, || {
            // As a program does that asks for no lock.
            let mut conn = place.target.connect(false).unwrap();
            conn.batch_execute("SELECT epoch FROM epochs").unwrap();
            conn
        });
        let told = restored.expect_err("somebody has it open");
        assert!(told.contains("opened elsewhere"), "{told}");
        drop(open);
        assert_eq!((place.epoch(), place.names()), (4711, before));
        place.restore(&backup_again(&bytes, files.path()), None).expect("once it is closed");
        assert_ne!(place.epoch(), 4711);
    }
}

fn backup_again(bytes: &[u8], folder: &Path) -> PathBuf {
    let path = folder.join("again");
    std::fs::write(&path, bytes).unwrap();
    path
}
