//! The Secretariat's people, the audit log, figures, digests and alerts, and the public page of transparency.

mod digest;
mod figures;
mod journey;
mod log;
mod people;
mod transparency;

use crate::harness::form::Filled;
use crate::harness::{Person, Server};

/// A text that is commented on.
const NORM: &str = "botnets";

/// The path of somebody's page, found by their address.
#[track_caller]
fn place(sec: &Person, who: &Person) -> String {
    sec.place_of(&who.email)
}

/// A step on somebody's place, its form filled in.
#[track_caller]
fn step(sec: &Person, who: &Person, step: &str) -> Filled {
    let form = sec.get(&format!("{}/{step}", place(sec, who))).expect(200).form("main form");
    form.set("grounds", "A change of staff.")
}

/// Takes away what keeps the audit log as it is, as somebody with the database's own rights could.
fn unguard(server: &Server) {
    if server.database_url().is_some() {
        server.execute("ALTER TABLE audit_log DISABLE TRIGGER ALL");
    } else {
        server.execute("DROP TRIGGER audit_log_no_update");
        server.execute("DROP TRIGGER audit_log_no_delete");
    }
}
