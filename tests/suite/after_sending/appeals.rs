//! The life of a comment, taking it back with a reason, and the one appeal.

use super::NORM;
use crate::harness::comments::{COMPOSER, checked};
use crate::harness::{Person, Server, on_both};
use crate::races::{at_once, with_status};

/// A comment that `mo` declined.
fn declined(ada: &Person, mo: &Person) -> String {
    let reference = ada.comment_on_whole(NORM, "Judge me twice.", "named");
    mo.decide(&reference, "decline", "off-topic", "It is about the weather.").expect(303);
    reference
}

#[track_caller]
fn appeal(ada: &Person, reference: &str, text: &str) {
    let form = ada.get(&format!("/my-comments/{reference}/appeal")).expect(200).form("main form");
    form.set("text", text).press().expect(303);
}

on_both! {
    fn an_appeal_is_heard_once_and_by_somebody_else(server: Server) {
        let (ada, mo, ray) = (server.stakeholder("ada"), server.moderator("mo"), server.moderator("ray"));
        let reference = declined(&ada, &mo);
        let letter = server.mail_to(&ada.email);
        let link = format!("/my-comments/{reference}/appeal");
        assert!(letter.body.contains(&format!("{}{link}", server.origin)), "{letter:?}");
        assert!(server.anonymous().get(&link).expect(303).location().starts_with("/sign-in?next="));

        ada.get(&format!("/my-comments/{reference}")).expect(200).reads("you may appeal once");
        let form = ada.get(&link).expect(200).reads("It is about the weather.").form("main form");
        form.press().expect(422).reads("Say why");
        let long = form.clone().set("text", &"x".repeat(5_001)).press().expect(422);
        assert_eq!(long.form("main form").value("text").len(), 5_001);
        form.clone().set("text", "It is about the norm.").press().expect(303).follow().reads("Your appeal is received");
        let again = form.set("text", "And once more.").press().expect(409);
        again.reads("And once more.").reads("Appealed");
        assert_eq!((server.count("appeals"), server.audited("comment.appealed")), (1, 1));
        let own = ada.get(&format!("/my-comments/{reference}")).expect(200);
        own.reads("It is about the norm.").reads("Somebody other than the person");
        ada.get(&format!("/my-comments/{reference}/correction")).expect(409);
        server.anonymous().get(&format!("/comments/{reference}")).expect(404);

        // Whoever declined sees it, and has no form.
        mo.get("/secretariat").expect(200).reads("Appealed (1)");
        mo.get("/secretariat?state=appealed").reads(&reference);
        let desk = mo.get(&format!("/secretariat/comments/{reference}")).expect(200);
        desk.reads("It is about the norm.").reads("You declined this comment").lacks("/decision\"");
        let form = ray.verdict_form(&reference);
        assert!(!ray.get(&format!("/secretariat/comments/{reference}")).text().contains("outcome-return"));
        let csrf = mo.get("/sign-out").form("main form").value("csrf").to_owned();
        let (revision, version) = (form.value("revision").to_owned(), form.value("version").to_owned());
        let fields = [
            ("csrf", csrf.as_str()),
            ("revision", &revision),
            ("version", &version),
            ("round", "1"),
            ("outcome", "decline"),
            ("reason", "off-topic"),
            ("statement", "Still."),
        ];
        mo.post(&format!("/secretariat/comments/{reference}/decision"), &fields).expect(403);
        assert_eq!(server.count("decisions"), 1);

        // An answer in words is a must; the second decline is the last word.
        let form = form.set("outcome", "decline").set("reason", "off-topic");
        form.press().expect(422).reads("words of your own");
        form.set("statement", "Read again: the weather.").press().expect(303);
        let letter = server.mail_to(&ada.email);
        assert!(letter.subject.contains("turned down") && letter.body.contains("Read again"), "{letter:?}");
        assert!(!letter.body.contains("/appeal"), "{letter:?}");
        assert_eq!(server.audited("comment.appeal_declined"), 1);
        ada.get(&format!("/my-comments/{reference}")).expect(200).reads("turned down").reads("is final");
        ada.get(&link).expect(409).reads("There can be no appeal");
        server.assert_audit_holds();
    }

    fn an_appeal_that_is_right_publishes(server: Server) {
        let (ada, mo, ray) = (server.stakeholder("ada"), server.moderator("mo"), server.moderator("ray"));
        let reference = declined(&ada, &mo);
        appeal(&ada, &reference, "Read it again.");
        ray.decide(&reference, "publish", "", "You are right.").expect(303);
        server.anonymous().get(&format!("/comments/{reference}")).expect(200).reads("Judge me twice.");
        let letter = server.mail_to(&ada.email);
        assert!(letter.body.contains("Your appeal was heard") && letter.body.contains("You are right."), "{letter:?}");
        assert_eq!(server.audited("comment.appeal_published"), 1);
        assert_eq!(server.number("SELECT CAST(sum(published_general) AS BIGINT) AS n FROM norms"), 1);
        ada.get(&format!("/my-comments/{reference}")).reads("Accepted on your appeal");
    }

    fn appeals_and_their_decisions_have_one_winner(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let desk = ["ray", "kit", "lee"].map(|nick| server.moderator(nick));
        let reference = declined(&ada, &mo);
        let form = ada.get(&format!("/my-comments/{reference}/appeal")).form("main form").set("text", "Again.");
        let answers = at_once(10, |_| form.press());
        assert_eq!((with_status(&answers, 303), with_status(&answers, 409)), (1, 9), "{answers:?}");
        assert_eq!((server.count("appeals"), server.audited("comment.appealed")), (1, 1));
        let before = server.mails_to(&ada.email).len();
        let forms: Vec<_> = desk.iter().map(|person| person.verdict_form(&reference)).collect();
        let answers = at_once(12, |hand| {
            let form = forms[hand % 3].clone().set("statement", "With reasons.");
            if hand % 2 == 0 {
                form.set("outcome", "publish").press()
            } else {
                form.set("outcome", "decline").set("reason", "off-topic").press()
            }
        });
        assert_eq!((with_status(&answers, 303), with_status(&answers, 409)), (1, 11), "{answers:?}");
        assert_eq!(server.count("decisions WHERE round = 1"), 1);
        assert_eq!(server.mails_to(&ada.email).len(), before + 1);
        // Whoever lost is told who won this round, not who declined before.
        let conflict = forms[0].clone().set("outcome", "publish").set("statement", "Late.").press().expect(409);
        assert!(!conflict.one("h1").contains(&mo.name), "{}", conflict.one("h1"));
        server.assert_audit_holds();
    }

    fn a_comment_goes_with_a_reason_that_few_read(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reference = ada.comment_on_whole(NORM, "Take me back.", "named");
        let path = format!("/my-comments/{reference}/withdrawal");
        let form = ada.get(&path).expect(200).form(COMPOSER);
        let long = form.clone().set("reason", &"y".repeat(2_001)).press().expect(422);
        assert_eq!(long.form(COMPOSER).value("reason").len(), 2_001);
        // The session ends meanwhile: the reason comes along.
        ada.sign_out();
        let ended = form.clone().set("reason", "We changed our mind.").press().expect(401).form("main form");
        let back = ended.set("email", &ada.email).set("password", &ada.password).press().expect(200);
        let form = back.form("main form").press().expect(200).form(COMPOSER);
        assert_eq!(form.value("reason"), "We changed our mind.");
        mo.publish(&reference);
        form.press().expect(409).reads("We changed our mind.").reads("Published");
        let form = ada.get(&path).form(COMPOSER).set("reason", "We changed our mind.");
        form.press().expect(303).follow().reads("We changed our mind.");
        ada.get(&path).expect(409);
        mo.get(&format!("/secretariat/comments/{reference}")).expect(200).reads("We changed our mind.");
        server.anonymous().get(&format!("/comments/{reference}")).expect(410).lacks("changed our mind");
        assert_eq!(server.count("audit_log WHERE detail LIKE '%changed our mind%'"), 0);
        assert_eq!(server.count("withdrawals"), 1);
    }

    fn a_life_is_told_from_beginning_to_end(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reference = ada.comment_on_wording(NORM, "should not", "must not", "named");
        mo.decide(&reference, "return", "", "Which of the two?").expect(303);
        let correction = format!("/my-comments/{reference}/correction");
        let form = ada.get(&correction).expect(200).reads("Which of the two?").form(COMPOSER);
        form.go("words").expect(200).reads("Which of the two?");
        form.go("check").expect(200).reads("Which of the two?");
        checked(&form).go("send").expect(303);
        mo.publish(&reference);
        let page = ada.get(&format!("/my-comments/{reference}")).expect(200);
        let told = page.all(".timeline li strong");
        let wanted = [
            "Received",
            "Returned to you with a request",
            "Correction received (revision 2)",
            "Accepted",
            "Now: with the Commission for its deliberations",
        ];
        assert_eq!(told, wanted);
        page.reads("Which of the two?").reads("The Commission reads it");
        ada.comment_on_whole(NORM, "Another one.", "named");
        let list = ada.get("/my-comments").expect(200).form("form.filters").set("state", "published").press();
        assert_eq!(list.expect(200).all("tbody th"), [reference]);
        ada.get("/my-comments?state=appealed").expect(200).reads("No comment has this status");
    }
}
