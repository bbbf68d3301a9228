//! Backups that the portal makes by itself.

use std::path::Path;

use chrono::TimeDelta;

use crate::harness::{Backend, Program, Server, on_both};

fn backups(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("norm-portal-"))
        .collect();
    names.sort();
    names
}

on_both! {
    fn backups_are_made_when_they_are_due_and_the_newest_kept(backend: Backend) {
        let folder = tempfile::tempdir().unwrap();
        let server = Server::start_with(backend, |config| {
            config.backup.every_hours = 24;
            config.backup.keep = 2;
            config.backup.folder = Some(folder.path().to_owned());
        });
        std::fs::write(folder.path().join("other.tar"), "somebody else's").unwrap();
        std::fs::write(folder.path().join("norm-portal-20200101T000000Z.tar.part"), "given up").unwrap();
        server.keeper_round();
        server.pass(TimeDelta::hours(23));
        server.keeper_round();
        assert_eq!(backups(folder.path()).iter().filter(|name| name.ends_with(".tar")).count(), 1, "a day has not passed");
        for _ in 0..3 {
            server.pass(TimeDelta::hours(24));
            server.keeper_round();
        }
        assert_eq!(backups(folder.path()), ["norm-portal-20261126T110000Z.tar", "norm-portal-20261127T110000Z.tar"]);
        assert!(folder.path().join("other.tar").exists());
        assert_eq!(server.count("backups WHERE error = '' AND size > 0 AND ended_at IS NOT NULL"), 4);
        assert_eq!(server.audited("backup.made"), 4);
        let program = Program::new(backend);
        let newest = folder.path().join(backups(folder.path()).pop().unwrap());
        program.done(&["restore", "--from", &newest.display().to_string()]);
        assert!(program.done(&["verify-audit"]).contains("the chain holds"));
    }

    fn one_that_fails_is_remembered_tried_again_and_stops_nothing_else(backend: Backend) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("no-folder");
        std::fs::write(&file, "a file where a folder should be").unwrap();
        let server = Server::start_with(backend, |config| {
            config.backup.every_hours = 24;
            config.backup.folder = Some(file.clone());
        });
        server.keeper_round();
        assert_eq!(server.count("backups WHERE error LIKE '%no-folder%'"), 1);
        assert_eq!(server.audited("backup.made"), 0);
        std::fs::remove_file(&file).unwrap();
        server.pass(TimeDelta::hours(1));
        server.keeper_round();
        assert_eq!(server.count("backups WHERE error = ''"), 1, "an hour later it is made");
        assert_eq!(backups(&file).len(), 1);
    }
}
