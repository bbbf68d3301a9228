//! A backup while comments stream in.

use std::collections::BTreeMap;

use crate::durability::{again, first, killed_amid_while};
use crate::harness::{Backend, Program, on_both};

on_both! {
    fn what_was_acknowledged_before_it_began_is_in_and_what_is_in_is_whole(backend: Backend) {
        let program = Program::new(backend);
        let (serving, client) = first(&program);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("b.tar").display().to_string();
        // Forty are acknowledged, then the backup is made while others go on, then the server is killed.
        let mut before = BTreeMap::new();
        let (shown, _) = killed_amid_while(serving, &client, 40, |shown| {
            before.clone_from(shown);
            program.done(&["backup", "--out", &file]);
        });
        assert!(before.len() >= 40 && shown.len() > before.len(), "others were acknowledged meanwhile");
        let other = Program::new(backend);
        other.done(&["restore", "--from", &file]);
        assert!(other.done(&["verify-audit"]).contains("the chain holds"));
        let rows = other.database();
        let comments = rows.count("comments");
        assert!(comments >= i64::try_from(before.len()).unwrap());
        assert_eq!(rows.count("comment_revisions"), comments);
        assert_eq!(rows.count("audit_log WHERE action = 'comment.submitted'"), comments);
        assert_eq!(rows.count("outbox WHERE subject LIKE 'We have received%'"), comments);
        drop(rows);
        let (serving, client) = again(&other);
        for (path, sent) in &before {
            assert!(client.get(path).expect(200).main().contains(sent.1.as_str()), "{path} is not in the backup");
        }
        drop(serving);
    }
}
