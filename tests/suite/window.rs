//! When comments are taken: before, during, the closing minute, after; and who sets it.

use chrono::TimeDelta;

use crate::harness::comments::{COMPOSER, checked, send};
use crate::harness::server::noon;
use crate::harness::{Person, Server, on_both};

const NORM: &str = "avoid-tampering";
const PAGE: &str = "/secretariat/consultations";
const COMPOSE: &str = "/norms/avoid-tampering/comments/new/general";

/// The Secretariat opens `opens` minutes from noon and closes `closes` minutes from noon.
fn set_window(sec: &Person, opens: i64, closes: i64) {
    let at = |minutes| (noon() + TimeDelta::minutes(minutes)).format("%Y-%m-%dT%H:%M").to_string();
    let form = sec.get(PAGE).expect(200).form("main form");
    form.set("opens_at", &at(opens)).set("closes_at", &at(closes)).press().expect(303).follow().reads("Saved");
}

on_both! {
    fn before_it_opens_nothing_is_taken_and_every_page_says_when(server: Server) {
        let (ada, sec) = (server.stakeholder("ada"), server.secretariat("sec"));
        let filled = checked(&ada.whole_form(NORM, "Too early, but mine."));
        set_window(&sec, 60, 120);
        let when = "23 November 2026, 13:00 UTC";
        for path in ["/", "/norms/avoid-tampering", "/norms/avoid-tampering/comments/new"] {
            server.anonymous().get(path).expect(200).reads(when);
        }
        ada.get(COMPOSE).expect(409).reads(when);
        filled.go("edit").expect(409).reads("Too early, but mine.");
        filled.go("send").expect(409).reads(when).reads("Too early, but mine.");
        assert_eq!(server.count("comments"), 0);
        server.pass(TimeDelta::minutes(60));
        filled.go("send").expect(303);
        assert_eq!(server.count("comments"), 1);
    }

    fn the_closing_minute_is_the_last_and_lasts_to_its_end(server: Server) {
        let (ada, sec) = (server.stakeholder("ada"), server.secretariat("sec"));
        set_window(&sec, -60, 10);
        let (last, late) =
            (checked(&ada.whole_form(NORM, "Just in time.")), checked(&ada.whole_form(NORM, "Just too late.")));
        server.pass(TimeDelta::minutes(11) - TimeDelta::microseconds(1));
        last.go("send").expect(303);
        server.pass(TimeDelta::microseconds(1));
        late.go("send").expect(409).reads("Just too late.").reads("No comments are taken now");
        assert_eq!(server.count("comments"), 1);
        assert_eq!(server.audited("comment.submitted"), 1);
        // A receipt that was shown is shown again.
        let receipt = last.go("send").expect(303);
        receipt.follow().expect(200).reads("Just in time.");
        ada.get(COMPOSE).expect(409);
        server.anonymous().get("/norms/avoid-tampering").expect(200).reads("Comments closed on 23 November 2026, 12:10 UTC");
    }

    fn after_it_closed_a_returned_comment_is_answered_but_nothing_else_changes(server: Server) {
        let (ada, mo, sec) = (server.stakeholder("ada"), server.moderator("mo"), server.secretariat("sec"));
        let returned = ada.comment_on_whole(NORM, "Returned before the end.", "named");
        let waiting = ada.comment_on_whole(NORM, "Waiting at the end.", "named");
        mo.decide(&returned, "return", "", "Which clause do you mean?").expect(303);
        let form = |reference: &str| ada.get(&format!("/my-comments/{reference}/correction"));
        let open = form(&waiting).expect(200).form(COMPOSER);
        set_window(&sec, -60, -10);
        let answer = form(&returned).expect(200).form(COMPOSER).set("rationale", "Clause b.");
        checked(&answer).go("send").expect(303).follow().reads("Clause b.");
        form(&waiting).expect(409).reads("No comments are taken now");
        checked(&open.set("rationale", "Other words.")).go("send").expect(409).reads("Other words.");
        let withdrawal = ada.get(&format!("/my-comments/{waiting}/withdrawal")).form(COMPOSER);
        withdrawal.press().expect(303);
        mo.publish(&returned);
    }

    fn two_of_the_secretariat_do_not_overwrite_each_other(server: Server) {
        let (sec, second) = (server.secretariat("sec"), server.secretariat("second"));
        let old = second.get(PAGE).expect(200).form("main form");
        set_window(&sec, -60, 60);
        old.set("closes_at", "2030-01-01T00:00").press().expect(409);
        assert_eq!(second.get(PAGE).form("main form").value("closes_at"), "2026-11-23T13:00");
        assert_eq!(server.audited("consultation.window"), 1);
        server.assert_audit_holds();
    }
}

#[test]
fn wrong_times_are_named_and_kept() {
    let server = Server::start(crate::harness::Backend::Sqlite);
    let sec = server.secretariat("sec");
    let form = || sec.get(PAGE).form("main form");
    let answer = form().set("opens_at", "soon").set("closes_at", "2026-13-40T99:99").press().expect(422);
    assert_eq!(answer.errors().len(), 2);
    assert_eq!(answer.form("main form").value("opens_at"), "soon");
    form().set("opens_at", "").press().expect(422);
    let reversed = form().set("opens_at", "2026-11-23T13:00").set("closes_at", "2026-11-23T13:00").press().expect(422);
    reversed.reads("must be later");
    for version in ["", "x", "-1", "99999999999999999999"] {
        let status = form().forge("version", version).press().status;
        assert!(matches!(status, 400 | 409), "{version:?}: {status}");
    }
    assert_eq!(server.audited("consultation.window"), 0);
    // Left empty, no closing time is set.
    form().set("closes_at", "").press().expect(303);
    let ada = server.stakeholder("ada");
    server.pass(TimeDelta::days(3650));
    ada.sign_in();
    send(&ada.whole_form(NORM, "Years later."));
}
