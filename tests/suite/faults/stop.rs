//! SIGTERM while comments stream in.

use crate::durability::{again, first, killed_amid_while};
use crate::harness::{Backend, Program, on_both};

on_both! {
    fn a_server_that_is_told_to_stop_answers_what_it_began_and_loses_nothing(backend: Backend) {
        let program = Program::new(backend);
        let (serving, client) = first(&program);
        let pid = serving.pid().to_string();
        // Dropping kills what does not end by itself: it has to have ended well before.
        let (shown, unknown) = killed_amid_while(serving, &client, 60, |_| {
            assert!(std::process::Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
            let ended = std::path::Path::new("/proc").join(&pid).join("stat");
            loop {
                let state = std::fs::read_to_string(&ended).unwrap_or_default();
                // A process that ended waits for us as a zombie.
                if state.is_empty() || state.rsplit(") ").next().is_some_and(|rest| rest.starts_with('Z')) {
                    break;
                }
                std::thread::yield_now();
            }
        });
        assert!(shown.len() >= 60);
        let told = program.told();
        assert!(!told.contains("panic"), "{told}");
        let (serving, client) = again(&program);
        for (path, sent) in &shown {
            assert!(client.get(path).expect(200).main().contains(sent.1.as_str()), "{path} lost its text");
        }
        drop(serving);
        // Of what got no answer nothing is half there.
        let rows = program.database();
        let most = i64::try_from(shown.len() + unknown.len()).unwrap();
        let comments = rows.count("comments");
        assert!(comments >= i64::try_from(shown.len()).unwrap() && comments <= most);
        assert_eq!(rows.count("comment_revisions"), comments);
        assert_eq!(rows.count("audit_log WHERE action = 'comment.submitted'"), comments);
        assert!(program.done(&["verify-audit"]).contains("the chain holds"));
    }
}
