//! Hands that send comments for as long as something goes wrong, each form again and again until it has its receipt.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use norm_portal::ids::CommentId;

use super::COMPOSE;
use crate::durability::sign_in_again;
use crate::harness::program::Serving;
use crate::harness::{Client, Program};

/// What the hands have seen so far.
#[derive(Default)]
pub struct Seen {
    /// Receipts by their paths, with the texts that were sent.
    pub shown: Mutex<BTreeMap<String, String>>,
    refused: AtomicUsize,
    is_over: AtomicBool,
}

impl Seen {
    /// How many receipts there are.
    pub fn count(&self) -> usize {
        self.shown.lock().unwrap().len()
    }

    /// Waits until so many more receipts were shown.
    #[track_caller]
    pub fn wait_for(&self, more: usize) {
        let enough = self.count() + more;
        self.wait_until(|| self.count() >= enough);
    }

    #[track_caller]
    fn wait_until(&self, is_enough: impl Fn() -> bool) {
        while !is_enough() {
            assert!(!self.is_over.load(Ordering::SeqCst), "a hand met what it must not meet");
            std::thread::yield_now();
        }
    }

    /// Waits until so many more were told to come back.
    #[track_caller]
    pub fn wait_for_refusals(&self, more: usize) {
        let enough = self.refused.load(Ordering::SeqCst) + more;
        self.wait_until(|| self.refused.load(Ordering::SeqCst) >= enough);
    }

    fn send(&self, client: &Client, csrf: &str, hand: usize) {
        for number in 0.. {
            // Nothing of it is shorter when it is packed.
            let filling: String = (0..40).map(|_| CommentId::new().to_string()).collect();
            let text = format!("Hand {hand}, comment {number}. {filling}");
            let id = CommentId::new().to_string();
            let fields =
                [("csrf", csrf), ("form_id", &id), ("rationale", &text), ("publication", "named"), ("go", "send")];
            loop {
                if self.is_over.load(Ordering::SeqCst) {
                    return;
                }
                match client.try_post(COMPOSE, &fields) {
                    Some((303, path)) => {
                        assert!(path.starts_with("/receipts/"), "{path}");
                        let before = self.shown.lock().unwrap().insert(path, text);
                        assert_eq!(before, None, "two comments have one receipt");
                        break;
                    }
                    Some((503, _)) => drop(self.refused.fetch_add(1, Ordering::SeqCst)),
                    other => panic!("neither stored nor told to come back: {other:?}"),
                }
            }
        }
    }
}

/// Lets the hands stop when it goes, whatever happened.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Does `act` while hands send comments through the server; what they have seen.
pub fn sending_while(client: &Client, act: impl FnOnce(&Seen)) -> Seen {
    let csrf = super::token(client);
    let seen = Seen::default();
    std::thread::scope(|scope| {
        let _over = Over(&seen.is_over);
        for hand in 0..4 {
            let (seen, csrf, client) = (&seen, &csrf, client.clone());
            scope.spawn(move || {
                let _over = Over(&seen.is_over);
                seen.send(&client, csrf, hand);
            });
        }
        act(&seen);
    });
    seen
}

/// Kills the server, and fails unless all that was acknowledged is there, once, when it serves again.
pub fn assert_stored(program: &Program, serving: Serving, seen: &Seen) {
    serving.kill();
    let serving = program.serve();
    let client = sign_in_again(&serving);
    let shown = seen.shown.lock().unwrap();
    for (path, text) in shown.iter() {
        assert!(client.get(path).expect(200).main().contains(text.as_str()), "{path} was acknowledged");
    }
    let rows = program.database();
    let comments = rows.count("comments");
    // The last form of each hand may have been given up without an answer.
    let least = i64::try_from(shown.len()).unwrap();
    assert!((least..=least + 4).contains(&comments), "{comments} for {least} receipts");
    assert_eq!(rows.count("comment_revisions"), comments);
    assert_eq!(rows.count("audit_log WHERE action = 'comment.submitted'"), comments);
    assert_eq!(rows.count("outbox WHERE subject LIKE 'We have received%'"), comments);
    assert!(program.done(&["verify-audit"]).contains("the chain holds"));
}
