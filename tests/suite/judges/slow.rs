//! Hundreds of connections that are slow on purpose: whether anybody else is still served, the judge finds out itself.

use std::process::Command;

use super::{flawed, said};
use crate::harness::{Backend, Program};

/// What the judge says of a server that it holds up in this way: whether others were served, and all its words.
fn held_up(way: &[&str], address: &str) -> (bool, String) {
    let mut judge = Command::new("slowhttptest");
    judge.args(["-c", "400", "-r", "200", "-i", "1", "-l", "8", "-u", address]).args(way);
    let all = said(&mut judge);
    let verdicts: Vec<&str> = all.lines().filter(|line| line.contains("service available")).collect();
    assert!(!verdicts.is_empty(), "no verdict: {all}");
    (verdicts.iter().all(|line| line.contains("YES")), all)
}

#[test]
fn readers_are_served_while_hundreds_are_slow() {
    // A process of its own, with files of its own to open.
    let program = Program::new(Backend::Sqlite);
    let serving = program.serve();
    let of_ours = |path: &str| format!("{}{path}", serving.origin);
    let flawed = format!("http://{}/", flawed::start());
    std::thread::scope(|scope| {
        let spoken = scope.spawn(|| held_up(&["-H", "-p", "2"], &flawed));
        let ways: Vec<_> = [
            // Heads that never end, forms that never come, pages that nobody takes.
            (&["-H"][..], of_ours("/norms/botnets")),
            (&["-B", "-s", "8192"], of_ours("/sign-in")),
            (&["-X", "-k", "3", "-w", "10", "-y", "20", "-n", "1", "-z", "5"], of_ours("/norms/botnets")),
        ]
        .into_iter()
        .map(|(way, address)| scope.spawn(move || held_up(way, &address)))
        .collect();
        let reader = serving.client();
        while ways.iter().any(|way| !way.is_finished()) {
            reader.get("/norms/botnets").expect(200);
            reader.get("/search?q=norm").expect(200);
        }
        for way in ways {
            let (is_served, all) = way.join().unwrap();
            assert!(is_served, "{all}");
        }
        let (is_served, all) = spoken.join().unwrap();
        assert!(!is_served, "the judge speaks: {all}");
    });
}
