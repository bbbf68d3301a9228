//! Passwords are hashed a few at a time, however many are sent.

use crate::harness::{Backend, Program, on_both};

const SIGN_INS: usize = 500;

/// What one hash takes.
const HASH: u64 = 19 << 20;

on_both! {
    fn five_hundred_sign_ins_at_once_take_the_memory_of_two(backend: Backend) {
        let program = Program::new(backend)
            .with("NORM_PORTAL_ACCOUNTS__PARALLEL_HASHES", "2")
            .with("NORM_PORTAL_ACCOUNTS__WAITING_HASHES", "16");
        let serving = program.serve();
        let client = serving.client();
        let form =
            client.get("/sign-in").form("main form").set("email", "a@example.org").set("password", "not the right one");
        form.press().expect(422);
        let before = serving.peak_memory();
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let all: Vec<_> = (0..SIGN_INS).map(|_| scope.spawn(|| form.press().status)).collect();
            let reader = serving.client();
            for _ in 0..20 {
                reader.get("/norms/botnets").expect(200);
            }
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let refused = statuses.iter().filter(|status| **status == 503).count();
        let answered = statuses.iter().filter(|status| **status == 422).count();
        assert_eq!(refused + answered, SIGN_INS, "{statuses:?}");
        assert!(refused > 0 && answered >= 18, "{refused} of {SIGN_INS} were refused");
        let grown = serving.peak_memory() - before;
        // The connections themselves take some; without the cap it would be nine gigabytes.
        assert!(grown < 2 * HASH + (48 << 20), "{} MiB", grown >> 20);
        form.press().expect(422);
    }
}
