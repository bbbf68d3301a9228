//! Closing the gate, keeping it closed, opening it: by the Secretariat alone, and told in the log.

use chrono::TimeDelta;

use super::{at_gate, closed, gated, worked};
use crate::harness::server::secret;
use crate::harness::{Backend, Server, on_both};

const PAGE: &str = "/secretariat/gate";

on_both! {
    fn the_secretariat_closes_the_gate_and_it_opens_by_itself(backend: Backend) {
        let server = gated(backend, |_| {});
        let eve = server.anonymous();
        eve.get("/search?q=norm").expect(200);
        let mo = server.moderator("mo");
        let sec = closed(&server);
        mo.get(PAGE).expect(403);
        let page = sec.get(PAGE).expect(200);
        page.reads("The gate is closed until 23 November 2026, 16:00 UTC").reads("A flood of sign-ins.");
        sec.get("/secretariat/state").reads("Closed until 23 November 2026, 16:00 UTC");
        assert_eq!(server.audited("gate.closed"), 1);
        sec.get("/secretariat/audit").reads("Gate closed");
        at_gate(&eve.get("/search?q=core"));
        // Kept closed for longer, whoever is through stays through.
        worked(at_gate(&eve.get("/search?q=core"))).press().expect(303);
        server.pass(TimeDelta::minutes(30));
        let renewed = page.form("main form").set("hours", "1").set("grounds", "It goes on.");
        renewed.go("close").expect(303).follow().reads("until 23 November 2026, 13:30 UTC").reads("by calculating, within the hour1");
        assert_eq!((server.audited("gate.renewed"), server.audited("gate.closed")), (1, 1));
        eve.get("/search?q=vote").expect(200);
        server.pass(TimeDelta::minutes(59));
        at_gate(&server.anonymous().get("/search?q=core"));
        server.pass(TimeDelta::minutes(1));
        server.anonymous().get("/search?q=core").expect(200);
        sec.get(PAGE).reads("The gate is open");
        // Closed anew, old passes are worth nothing.
        let again = sec.get(PAGE).form("main form").set("hours", "1").set("grounds", "Back again.");
        again.press().expect(303);
        at_gate(&eve.get("/search?q=else"));
        let open = sec.get(PAGE).form("main form").set("grounds", "It is over.");
        open.go("open").expect(303).follow().reads("The gate is open");
        eve.get("/search?q=else").expect(200);
        assert_eq!((server.audited("gate.closed"), server.audited("gate.opened")), (2, 1));
        server.assert_audit_holds();
    }

    fn the_switch_asks_for_a_time_and_grounds_and_knows_who_was_quicker(backend: Backend) {
        let server = gated(backend, |_| {});
        let sec = server.secretariat("sec");
        let form = sec.get(PAGE).form("main form");
        let page = form.clone().set("grounds", " ").press().expect(422);
        assert_eq!(page.errors().len(), 1, "{:?}", page.errors());
        for hours in ["", "0", "-4", "25", "4.5", "x", "99999999999999999999"] {
            let page = form.clone().set("grounds", "Kept words.").forge("hours", hours).press().expect(422);
            assert_eq!(page.errors(), ["Choose for how long"], "{hours}");
            page.reads("Kept words.");
        }
        form.clone().forge("version", "x").set("grounds", "No.").press().expect(400);
        form.clone().set("grounds", "Nothing to open.").forge("go", "open").at(PAGE).go_unseen("open").expect(409);
        form.clone().set("grounds", "First.").press().expect(303);
        let late = form.clone().set("grounds", "Second.").press().expect(409);
        late.reads("Second.").reads("First.");
        assert_eq!((server.audited("gate.closed"), server.audited("gate.renewed")), (1, 0));
        form.clone().without("csrf").set("grounds", "Forged.").press().expect(403);
        assert_eq!(server.number("SELECT version AS n FROM gate"), 1);
    }

    fn what_was_used_up_is_forgotten_within_the_day(backend: Backend) {
        let server = gated(backend, |_| {});
        let _sec = closed(&server);
        worked(at_gate(&server.anonymous().get("/register"))).press().expect(303);
        server.keeper_round();
        assert_eq!(server.count("gate_passes"), 1);
        server.pass(TimeDelta::hours(1));
        server.keeper_round();
        assert_eq!(server.count("gate_passes"), 0);
    }
}

#[test]
fn other_servers_know_within_two_seconds_and_take_each_others_passes() {
    let one = gated(Backend::Postgresql, |_| {});
    let url = one.database_url().unwrap().to_owned();
    // It says of itself that it is on SQLite, and is told another database.
    let other = Server::start_with(Backend::Sqlite, |config| {
        config.database.url = Some(secret(&url));
        config.gate.proof_bits = 8;
    });
    let (eve, there) = (one.anonymous(), other.anonymous());
    there.get("/search?q=norm").expect(200);
    let sec = closed(&one);
    other.pass(TimeDelta::seconds(2));
    let form = at_gate(&there.get("/search?q=core"));
    // A challenge of one server is answered at the other, and counts once at both.
    let csrf = at_gate(&eve.get("/search?q=core")).value("csrf").to_owned();
    let answered = worked(form.clone());
    eve.post("/gate", &answered.clone().forge("csrf", &csrf).values()).expect(303);
    at_gate(&answered.press());
    there.set_cookie("pass", eve.cookie("pass").as_deref());
    there.get("/search?q=core").expect(200);
    let open = sec.get("/secretariat/gate").form("main form").set("grounds", "Over.");
    open.go("open").expect(303);
    other.pass(TimeDelta::seconds(2));
    other.anonymous().get("/search?q=else").expect(200);
}
