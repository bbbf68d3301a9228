//! Who works on what: a lease that others see, that the server holds, and that runs out.

use chrono::TimeDelta;
use norm_portal::moderation::claims::store;

use super::{NORM, claim, desk};
use crate::harness::comments::VERDICT;
use crate::harness::{Backend, Server, on_both};
use crate::races::{at_once, with_status};

on_both! {
    fn a_claimed_comment_is_decided_by_its_holder_or_taken_over_first(server: Server) {
        let (ada, mo, ray) = (server.stakeholder("ada"), server.moderator("mo"), server.moderator("ray"));
        let reference = ada.comment_on_whole(NORM, "Work on me.", "named");
        let early = ray.verdict_form(&reference).set("outcome", "decline").set("reason", "off-topic");
        let early = early.set("statement", "My long statement.").set("note", "My own note.");
        claim(&mo, &reference, "claim").expect(303).follow().reads("yours for 15 minutes");
        mo.get("/secretariat").reads("Mine (1)").reads("In work (1)");
        ray.get("/secretariat").reads("Mine (0)").reads("In work (1)").reads(&mo.name).reads("15 minutes");
        ray.get("/secretariat?state=claimed").reads(&reference);
        ray.get("/secretariat?state=mine").lacks(&reference);
        desk(&ray, &reference).reads(&format!("{} works on this comment", mo.name)).lacks("id=\"verdict\"");

        let refused = early.press().expect(409);
        assert_eq!(refused.one("h1"), format!("{} works on this comment; nothing of yours was saved", mo.name));
        assert_eq!(server.count("decisions"), 0);
        let carried = refused.form("main form");
        assert_eq!((carried.value("statement"), carried.value("note")), ("My long statement.", "My own note."));
        let taken = carried.go("take-over").expect(200).form(VERDICT);
        assert_eq!((taken.value("statement"), taken.value("note")), ("My long statement.", "My own note."));
        assert_eq!((taken.value("outcome"), taken.value("reason")), ("decline", "off-topic"));
        assert_eq!(server.audited("claim.taken_over"), 1);
        let from = server.count("audit_log WHERE action = 'claim.taken_over' AND detail LIKE '{\"from\":%'");
        assert_eq!(from, 1, "the log says from whom");
        let csrf = mo.get("/sign-out").form("main form").value("csrf").to_owned();
        let fields = [("csrf", csrf.as_str()), ("revision", "1"), ("version", "1"), ("round", "0"), ("outcome", "publish")];
        mo.post(&format!("/secretariat/comments/{reference}/decision"), &fields).expect(409).reads(&ray.name);
        taken.press().expect(303);
        assert_eq!((server.count("claims"), server.count("decisions")), (0, 1));
        server.assert_audit_holds();
    }

    fn a_lease_runs_out_is_renewed_by_use_and_counts_for_nothing_when_stale(server: Server) {
        let (ada, mo, ray) = (server.stakeholder("ada"), server.moderator("mo"), server.moderator("ray"));
        let reference = ada.comment_on_whole(NORM, "Work on me.", "named");
        claim(&mo, &reference, "claim").expect(303);
        server.pass(TimeDelta::minutes(14));
        desk(&mo, &reference);
        server.pass(TimeDelta::minutes(14));
        desk(&ray, &reference).reads("works on this comment");
        let form = mo.verdict_form(&reference);
        form.press().expect(422);
        server.pass(TimeDelta::minutes(14));
        let ping = desk(&mo, &reference).form("form#claim");
        let (csrf, action) = (ping.value("csrf").to_owned(), ping.action().to_owned());
        let body = format!("csrf={csrf}&go=renew");
        let kind = ("content-type", "application/x-www-form-urlencoded");
        let json = ("accept", "application/json");
        let renewed = mo.post_with(&action, &[kind, json], body.as_bytes()).expect(200);
        assert!(renewed.text().contains("2026-11-23T12:57:00"), "{}", renewed.text());
        server.pass(TimeDelta::minutes(15));
        mo.post_with(&action, &[kind, json], body.as_bytes()).expect(409);
        desk(&ray, &reference).lacks("works on this comment");
        ray.get("/secretariat").reads("In work (0)");
        claim(&ray, &reference, "claim").expect(303);
        ray.publish(&reference);
        assert_eq!(server.count("claims"), 0);
    }

    fn a_claim_for_which_many_reach_is_one_persons(server: Server) {
        let ada = server.stakeholder("ada");
        let staff = ["mo", "ray", "kit", "lee"].map(|nick| server.moderator(nick));
        let reference = ada.comment_on_whole(NORM, "Work on me.", "named");
        let forms: Vec<_> =
            staff.iter().map(|person| desk(person, &reference).form("form[action*='/claim']")).collect();
        let answers = at_once(16, |hand| forms[hand % 4].go("claim"));
        let won = with_status(&answers, 303);
        assert!((1..=4).contains(&won), "only the holder may ask again: {answers:?}");
        assert_eq!(won + with_status(&answers, 409), 16, "{answers:?}");
        assert_eq!(server.count("claims"), 1);
    }

    fn claims_of_somebody_who_leaves_fall_or_are_handed_over(server: Server) {
        let (ada, mo, ray) = (server.stakeholder("ada"), server.moderator("mo"), server.moderator("ray"));
        let references = ["One.", "Two."].map(|text| ada.comment_on_whole(NORM, text, "named"));
        for reference in &references {
            claim(&mo, reference, "claim").expect(303);
        }
        let id = |nick: &str| {
            let email = norm_portal::accounts::model::Email::parse(&format!("{nick}@example.org")).unwrap();
            let found = server.db().read_blocking(|conn| norm_portal::accounts::store::by_email(conn, &email));
            found.unwrap().unwrap().id
        };
        let (from, to, now) = (id("mo"), id("ray"), server.clock().now());
        let handed = server.db().write_blocking(move |conn| store::hand_over(conn, now, from, to)).unwrap();
        assert_eq!(handed, 2);
        ray.get("/secretariat").reads("Mine (2)");
        mo.get("/secretariat").reads("Mine (0)");
        assert_eq!(server.db().write_blocking(move |conn| store::release_all(conn, to)).unwrap(), 2);
        assert_eq!(server.count("claims"), 0);
    }
}

#[test]
fn a_claim_is_given_back_and_never_forged() {
    let server = Server::start(Backend::Sqlite);
    let (ada, mo, ray) = (server.stakeholder("ada"), server.moderator("mo"), server.moderator("ray"));
    let reference = ada.comment_on_whole(NORM, "Work on me.", "named");
    let form = desk(&mo, &reference).form("form[action*='/claim']");
    for (name, value) in [("go", "steal"), ("go", ""), ("from", "x")] {
        form.clone().forge("go", "take-over").forge(name, value).go_unseen(value).expect(400);
    }
    claim(&mo, &reference, "claim").expect(303);
    // Giving back what somebody else holds changes nothing.
    let csrf = ray.get("/sign-out").form("main form").value("csrf").to_owned();
    let path = format!("/secretariat/comments/{reference}/claim");
    ray.post(&path, &[("csrf", &csrf), ("go", "release")]).expect(303);
    assert_eq!(server.count("claims"), 1);
    // Taking it over from somebody who does not hold it either.
    let nobody = [("csrf", csrf.as_str()), ("go", "take-over"), ("from", "018f0000-0000-7000-8000-000000000000")];
    ray.post(&path, &nobody).expect(409);
    claim(&mo, &reference, "release").expect(303).follow().reads("gave the comment back");
    assert_eq!(server.count("claims"), 0);
    mo.publish(&reference);
    let csrf = mo.get("/sign-out").form("main form").value("csrf").to_owned();
    mo.post(&path, &[("csrf", &csrf), ("go", "claim")]).expect(303).follow().reads("does not wait");
    assert_eq!(server.count("claims"), 0);
    mo.post("/secretariat/comments/GCSC-N3-0000-0/claim", &[("csrf", &csrf), ("go", "claim")]).expect(404);
}

#[test]
fn stale_claims_are_thrown_away() {
    let server = Server::start(Backend::Sqlite);
    let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
    let reference = ada.comment_on_whole(NORM, "Work on me.", "named");
    claim(&mo, &reference, "claim").expect(303);
    server.keeper_round();
    assert_eq!(server.count("claims"), 1);
    server.pass(TimeDelta::minutes(16));
    server.keeper_round();
    assert_eq!(server.count("claims"), 0);
}

#[test]
fn a_demoted_moderator_decides_nothing_more() {
    let server = Server::start(Backend::Sqlite);
    let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
    let reference = ada.comment_on_whole(NORM, "Work on me.", "named");
    claim(&mo, &reference, "claim").expect(303);
    let verdict = mo.verdict_form(&reference).set("outcome", "publish");
    let queue = mo.get("/secretariat").form("form[action*='/bulk']");
    let item = queue.offered("item")[0].clone();
    server.execute("UPDATE accounts SET role = 'stakeholder' WHERE email = 'mo@example.org'");
    verdict.press().expect(403);
    queue.tick("item", &item).go("chosen").expect(403);
    assert_eq!((server.count("decisions"), server.count("batches")), (0, 0));
}

#[test]
fn the_next_comment_is_one_that_nobody_else_works_on() {
    let server = Server::start(Backend::Sqlite);
    let (ada, mo, ray) = (server.stakeholder("ada"), server.moderator("mo"), server.moderator("ray"));
    let mut sent = Vec::new();
    for text in ["First.", "Second.", "Third."] {
        server.pass(TimeDelta::seconds(1));
        sent.push(ada.comment_on_whole(NORM, text, "named"));
    }
    claim(&ray, &sent[1], "claim").expect(303);
    let next = mo.decide(&sent[0], "publish", "", "").expect(303).location();
    assert!(next.contains(&sent[2]), "{next}");
    let next = mo.get(&format!("/secretariat/comments/{}/next", sent[2])).expect(303).location();
    assert!(next.contains(&sent[2]), "nothing else is free: {next}");
    let next = mo.decide(&sent[2], "publish", "", "").expect(303).location();
    assert_eq!(next, "/secretariat");
}
