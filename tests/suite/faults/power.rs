//! The power goes: what is on the disk at one moment, in the middle of writing, is all there is.

use std::collections::BTreeMap;

use crate::durability::{again, first, killed_amid_while};
use crate::harness::{Backend, Program};

#[test]
fn a_database_as_it_was_at_any_moment_has_all_that_was_acknowledged() {
    let program = Program::new(Backend::Sqlite);
    let (serving, client) = first(&program);
    let copy = Program::new(Backend::Sqlite);
    let pid = serving.pid().to_string();
    let signal = |name: &str| {
        assert!(std::process::Command::new("kill").args([name, &pid]).status().unwrap().success());
    };
    let mut before = BTreeMap::new();
    killed_amid_while(serving, &client, 50, |shown| {
        before.clone_from(shown);
        // The process stands still in the middle of whatever it does; nothing it holds in memory is copied.
        signal("-STOP");
        for name in ["norm-portal.db", "norm-portal.db-wal"] {
            std::fs::copy(program.data_dir().join(name), copy.data_dir().join(name)).unwrap();
        }
        signal("-CONT");
    });
    assert!(before.len() >= 50);
    let (serving, client) = again(&copy);
    for (path, sent) in &before {
        assert!(client.get(path).expect(200).main().contains(sent.1.as_str()), "{path} lost its text");
    }
    drop(serving);
    assert!(copy.done(&["verify-audit"]).contains("the chain holds"));
    let rows = copy.database();
    assert_eq!(rows.count("comment_revisions"), rows.count("comments"));
    assert_eq!(rows.count("audit_log WHERE action = 'comment.submitted'"), rows.count("comments"));
}
