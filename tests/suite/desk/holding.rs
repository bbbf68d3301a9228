//! Undoing: within the hold as if nothing had been, later in words, and never what something followed from.

use chrono::TimeDelta;

use super::{NORM, UNDO, desk, holding, later, letters};
use crate::harness::comments::{COMPOSER, checked};
use crate::harness::{Backend, Server, on_both};
use crate::races::{at_once, with_status};

on_both! {
    fn what_is_undone_within_the_hold_never_was_for_its_author(backend: Backend) {
        let server = holding(backend);
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reference = ada.comment_on_wording(NORM, "should not", "must not", "named");
        let followed = mo.decide(&reference, "publish", "", "").expect(303).follow();
        server.anonymous().get(&format!("/comments/{reference}")).expect(200);
        assert_eq!(letters(&server, &ada, "is published"), 0, "the letter waits");
        followed.reads(&format!("{reference}: Accepted"));
        let undo = followed.form(UNDO);
        undo.press().expect(303).follow().reads("Its letter had not left").reads("Waiting");
        server.anonymous().get(&format!("/comments/{reference}")).expect(404);
        server.anonymous().get(&format!("/norms/{NORM}")).expect(200).lacks(&reference);
        assert_eq!(server.number("SELECT CAST(sum(published_wording) AS BIGINT) AS n FROM norms"), 0);
        assert_eq!(server.count("published") + server.count("positions") + server.count("tallies"), 0);
        later(&server);
        assert_eq!(letters(&server, &ada, "is published") + letters(&server, &ada, "withdrawn"), 0);
        let told = ada.get(&format!("/my-comments/{reference}")).expect(200).all(".timeline li.done strong");
        assert_eq!(told, ["Received"]);
        undo.press().expect(409).reads("undone already");
        assert_eq!((server.audited("decision.undone"), server.count("decisions WHERE undone_at IS NULL")), (1, 0));

        // It can be decided again, and the same moderator may.
        mo.decide(&reference, "decline", "off-topic", "").expect(303);
        later(&server);
        assert_eq!(letters(&server, &ada, "is declined"), 1);
        assert_eq!(server.count("decisions"), 2);
        desk(&mo, &reference).reads("Undone").reads("The author was told neither of the decision");
        server.assert_audit_holds();
    }

    fn an_undo_after_the_hold_is_told_in_words(backend: Backend) {
        let server = holding(backend);
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reference = ada.comment_on_whole(NORM, "Decide on me.", "named");
        mo.decide(&reference, "decline", "off-topic", "").expect(303);
        let early = mo.get("/secretariat").form(UNDO);
        later(&server);
        assert_eq!(letters(&server, &ada, "is declined"), 1);
        mo.get("/secretariat").expect(200).lacks("/undo\"");
        let asked = early.press().expect(422);
        asked.reads("Write what the author is told");
        assert_eq!(server.count("comments WHERE state = 'declined'"), 1, "nothing was undone");
        let long = asked.form("main form").set("words", &"x".repeat(5_001)).press().expect(422);
        assert_eq!(long.form("main form").value("words").len(), 5_001);
        let words = "We had mixed up two comments. Yours will be read again.";
        asked.form("main form").set("words", words).press().expect(303).follow().reads("the author is told");
        let letter = server.mail_to(&ada.email);
        assert!(letter.subject.contains("withdrawn") && letter.body.contains(words), "{letter:?}");
        assert!(!letter.body.contains(&mo.name), "staff stay unnamed");
        let own = ada.get(&format!("/my-comments/{reference}")).expect(200);
        let told = own.all(".timeline li.done strong");
        assert_eq!(told, ["Received", "Declined", "This decision was withdrawn by the Secretariat"]);
        own.reads(words);
        ada.get(&format!("/my-comments/{reference}/appeal")).expect(409);
        mo.publish(&reference);
        later(&server);
        assert_eq!(letters(&server, &ada, "is published"), 1);
        assert_eq!(server.count("audit_log WHERE detail LIKE '%mixed up%'"), 0);
        server.assert_audit_holds();
    }

    fn an_undone_answer_to_an_appeal_puts_it_before_the_desk_again(backend: Backend) {
        let server = holding(backend);
        let (ada, mo, ray) = (server.stakeholder("ada"), server.moderator("mo"), server.moderator("ray"));
        let reference = ada.comment_on_whole(NORM, "Judge me twice.", "named");
        mo.decide(&reference, "decline", "off-topic", "").expect(303);
        let first = mo.get("/secretariat").form(UNDO);
        let appeal = ada.get(&format!("/my-comments/{reference}/appeal")).form(COMPOSER).set("text", "No.");
        appeal.press().expect(303);
        first.press().expect(409).reads("The comment changed meanwhile; the decision stands").reads("Appealed");
        ray.decide(&reference, "publish", "", "You are right.").expect(303);
        server.anonymous().get(&format!("/comments/{reference}")).expect(200);
        first.press().expect(409).reads("the decision stands");
        ray.get("/secretariat").form(UNDO).press().expect(303);
        assert_eq!(server.count("comments WHERE state = 'appealed'"), 1);
        server.anonymous().get(&format!("/comments/{reference}")).expect(404);
        // Whoever declined still can't answer the appeal; whoever answered can answer again.
        desk(&mo, &reference).reads("You declined this comment");
        ray.decide(&reference, "decline", "off-topic", "Read again.").expect(303);
        assert_eq!((server.count("decisions"), server.count("decisions WHERE undone_at IS NULL")), (3, 2));
        server.assert_audit_holds();
    }

    fn two_undos_and_whatever_races_them_have_one_winner(backend: Backend) {
        let server = holding(backend);
        let (ada, mo, sec) = (server.stakeholder("ada"), server.moderator("mo"), server.secretariat("sec"));
        let decided = |text: &str, outcome: &str| {
            let reference = ada.comment_on_whole(NORM, text, "named");
            mo.decide(&reference, outcome, "", "Say more.").expect(303);
            let id = desk(&mo, &reference);
            let dom = id.dom();
            let link = dom.select(&crate::harness::client::css("a[href$='/undo']")).next().expect("a link to undo");
            (reference, link.value().attr("href").unwrap().to_owned())
        };
        let (_, path) = decided("Undone by two.", "publish");
        let forms = [mo.get(&path).expect(200).form("main form"), sec.get(&path).expect(200).form("main form")];
        let answers = at_once(12, |hand| forms[hand % 2].press());
        assert_eq!((with_status(&answers, 303), with_status(&answers, 409)), (1, 11), "{answers:?}");
        for round in 0..4 {
            let (reference, path) = decided(&format!("Taken back in round {round}."), "publish");
            let undo = mo.get(&path).form("main form");
            let withdrawal = ada.get(&format!("/my-comments/{reference}/withdrawal")).form(COMPOSER);
            let answers = at_once(2, |hand| if hand == 0 { undo.press() } else { withdrawal.press() });
            assert_eq!((with_status(&answers, 303), with_status(&answers, 409)), (1, 1), "{answers:?}");
        }
        for round in 0..4 {
            let (reference, path) = decided(&format!("Corrected in round {round}."), "return");
            let undo = mo.get(&path).form("main form");
            let form = ada.get(&format!("/my-comments/{reference}/correction")).form(COMPOSER);
            let correction = checked(&form.set("rationale", &format!("Corrected {round}.")));
            let answers = at_once(2, |hand| if hand == 0 { undo.press() } else { correction.go("send") });
            assert_eq!((with_status(&answers, 303), with_status(&answers, 409)), (1, 1), "{answers:?}");
        }
        let counted = server.number("SELECT CAST(sum(published_general) AS BIGINT) AS n FROM norms");
        assert_eq!(counted, server.count("comments WHERE state = 'published'"));
        server.assert_audit_holds();
    }
}

#[test]
fn only_the_decider_and_the_secretariat_undo() {
    let server = holding(Backend::Sqlite);
    let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
    let (ray, sec) = (server.moderator("ray"), server.secretariat("sec"));
    let reference = ada.comment_on_whole(NORM, "Decide on me.", "named");
    mo.publish(&reference);
    let form = mo.get("/secretariat").form(UNDO);
    let path = form.action().to_owned();
    ray.get("/secretariat").expect(200).lacks("/undo\"");
    desk(&ray, &reference).lacks("/undo\"");
    ray.get(&path).expect(403);
    let csrf = ray.get("/sign-out").form("main form").value("csrf").to_owned();
    ray.post(&path, &[("csrf", &csrf)]).expect(403);
    ada.get(&path).expect(403);
    sec.get(&path).expect(200).reads("they hear nothing of it").form("main form").press().expect(303);
    assert_eq!(server.count("decisions WHERE undone_by <> decided_by"), 1);
    sec.get("/secretariat/decided/018f0000-0000-7000-8000-000000000000/undo").expect(404);
    sec.get("/secretariat/decided/x/undo").expect(404);
}

#[test]
fn a_letter_on_its_way_is_not_taken_back() {
    let server = Server::start(Backend::Sqlite);
    let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
    let reference = ada.comment_on_whole(NORM, "Decide on me.", "named");
    mo.publish(&reference);
    let path = desk(&mo, &reference);
    let dom = path.dom();
    let link = dom.select(&crate::harness::client::css("a[href$='/undo']")).next().unwrap();
    let path = link.value().attr("href").unwrap().to_owned();
    mo.get(&path).expect(200).reads("has not left");
    // A worker has it in hand.
    server.execute("UPDATE outbox SET attempts = 1 WHERE state = 'queued' AND once_key LIKE 'decision:%'");
    let form = mo.get(&path).expect(200).reads("gets a letter").form("main form");
    form.press().expect(422);
    form.set("words", "Sorry.").press().expect(303);
    assert_eq!(letters(&server, &ada, "withdrawn"), 1);
}

#[test]
fn an_author_who_is_gone_is_written_to_no_more() {
    let server = holding(Backend::Sqlite);
    let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
    let reference = ada.comment_on_whole(NORM, "Keep me.", "named");
    mo.publish(&reference);
    later(&server);
    server.deliver();
    let form = ada.get("/account/deletion").form("main form").set("accepted", "keep");
    form.set("understood", "yes").press().expect(303);
    let page = desk(&mo, &reference);
    let dom = page.dom();
    let link = dom.select(&crate::harness::client::css("a[href$='/undo']")).next().unwrap();
    let form = mo.get(link.value().attr("href").unwrap()).form("main form");
    let before = server.mails().len();
    form.press().expect(303);
    assert_eq!(server.mails().len(), before);
    assert_eq!(server.count("outbox WHERE state <> 'sent'"), 0);
}

on_both! {
    fn a_return_asks_for_an_answer_by_a_day_and_says_when_it_is_overdue(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reference = ada.comment_on_whole(NORM, "It is bad.", "named");
        let form = mo.verdict_form(&reference);
        assert_eq!(form.value("answer_by"), "2026-12-07", "two weeks are proposed");
        let form = form.set("outcome", "return").set("statement", "What is bad?");
        form.clone().set("answer_by", "").press().expect(422).reads("Name a day");
        let kept = form.clone().set("answer_by", "2026-11-23").press().expect(422);
        assert_eq!(kept.form(crate::harness::comments::VERDICT).value("answer_by"), "2026-11-23");
        form.set("answer_by", "2026-11-30").press().expect(303);
        let letter = server.mail_to(&ada.email);
        assert!(letter.body.contains("Please answer by 30 November 2026, 23:59 UTC"), "{letter:?}");
        ada.get(&format!("/my-comments/{reference}")).reads("An answer is asked by 30 November 2026");
        mo.get("/secretariat?state=returned").expect(200).reads("Answer asked by 30 November 2026");
        server.pass(TimeDelta::days(8));
        mo.sign_in();
        mo.get("/secretariat?state=returned").expect(200).reads("Answer overdue");
        assert_eq!(server.count("comments WHERE state = 'returned'"), 1, "nothing happens by itself");
        ada.sign_in();
        let form = ada.get(&format!("/my-comments/{reference}/correction")).expect(200).form(COMPOSER);
        checked(&form.set("rationale", "Clause (b).")).go("send").expect(303);
        ada.get(&format!("/my-comments/{reference}")).lacks("An answer is asked");
    }
}
