//! The gate: closed by the Secretariat while the portal is attacked, passed by strangers who work or wait, not met by anybody
//! else.

mod journey;
mod kept;
mod passing;
mod switching;

use norm_portal::config::Config;

use crate::harness::form::Filled;
use crate::harness::{Answer, Backend, Person, Server};
use crate::limits::limited;

/// What the page at the gate is called.
const TITLE: &str = "One moment before you go on";

/// A portal whose gate takes little work.
fn gated(backend: Backend, change: impl FnOnce(&mut Config)) -> Server {
    limited(backend, |config| {
        config.gate.proof_bits = 8;
        config.gate.wait_seconds = 30;
        change(config);
    })
}

/// Somebody of the Secretariat who closed the gate for four hours.
fn closed(server: &Server) -> Person {
    let sec = server.secretariat("sec");
    let form = sec.get("/secretariat/gate").expect(200).form("main form");
    form.set("hours", "4").set("grounds", "A flood of sign-ins.").press().expect(303);
    sec
}

/// The form at the gate, which stands in place of what was asked for.
#[track_caller]
fn at_gate(answer: &Answer) -> Filled {
    assert_eq!((answer.status, answer.one("h1").as_str()), (403, TITLE), "{}", answer.path);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    answer.form("main form")
}

/// The number that a browser finds.
fn answer_to(challenge: &str) -> String {
    let mut parts = challenge.split('.');
    let (nonce, bits) = (parts.next().unwrap(), parts.nth(1).unwrap().parse().unwrap());
    let zeros = |number: &u64| {
        let hash = norm_portal::ids::sha256(format!("{nonce}:{number}").as_bytes());
        u64::from_be_bytes(hash[..8].try_into().unwrap()).leading_zeros()
    };
    (0..u64::MAX).find(|number| zeros(number) >= bits).unwrap().to_string()
}

/// The form with the work done.
fn worked(form: Filled) -> Filled {
    let answer = answer_to(form.value("challenge"));
    form.forge("answer", &answer)
}
