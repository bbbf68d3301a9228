//! Decisions one after the other, against the least that the portal writes for a moderator.

use std::time::Instant;

use super::http::Browser;
use super::people::{self, Form};
use super::portal::{Data, Serving};
use super::report::{Report, Target, median};

/// How many decisions are taken.
const DECISIONS: usize = 60;

/// How long a decision takes beyond a write of one row: its commit and its way through the server are in both.
pub fn one_by_one(data: &Data, serving: &Serving, report: &mut Report) {
    let mut staff = people::moderator(&serving.address, data);
    let references = people::waiting(&mut staff, "cyber-hygiene");
    let mut decided = Vec::new();
    for reference in references.iter().take(DECISIONS) {
        let page = staff.get(&format!("/secretariat/comments/{reference}")).text();
        let form = Form::read(&page, "/decision").set("outcome", "decline").set("reason", "duplicate");
        let (took, status) = timed(&mut staff, &form);
        if status == 303 {
            decided.push(took);
        }
    }
    if decided.is_empty() {
        report.note("No comment was left to be decided on this text.");
        return;
    }
    let page = staff.get("/secretariat").text();
    let switch = Form::read(&page, "/secretariat/keys").set("keys", "on");
    let bare: Vec<f64> = (0..decided.len()).map(|_| timed(&mut staff, &switch).0).collect();
    let (decision, bare) = (median(decided), median(bare));
    report.add("A decision, half within", decision, "ms");
    report.add("A write of one row by a moderator, half within", bare, "ms");
    report.hold("A decision beyond such a write", decision - bare, "ms", Target::AtMost(5.0));
}

/// How long an answer took, in milliseconds, and its status.
fn timed(staff: &mut Browser, form: &Form) -> (f64, u16) {
    let begin = Instant::now();
    let status = form.send(staff).status;
    (begin.elapsed().as_secs_f64() * 1000.0, status)
}
