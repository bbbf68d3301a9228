//! The page that takes words out: what it finds, what it refuses, what it changes.

use super::{NORM, audited, form, passage, published, take_out};
use crate::harness::comments::{COMPOSER, send};
use crate::harness::{Server, on_both};
use crate::races::{at_once, with_status};

on_both! {
    fn a_comment_is_published_without_the_words(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let text = "Ask Jan Qwertz, or write to jan@qwertz.example.\n\nJan Qwertz knows.";
        let reference = ada.comment_on_whole(NORM, text, "named");
        let detail = mo.get(&format!("/secretariat/comments/{reference}")).expect(200);
        assert!(detail.text().contains(&format!("/secretariat/comments/{reference}/redaction")));
        let filled = passage(&mo, &reference, "Jan Qwertz");
        let two = filled.go("add").expect(200).form("main form");
        let two = two.set("p2_words", "jan@qwertz.example").set("p2_code", "personal-data").set("p2_place", "1");
        let check = two.set("p2_reason", "An address.").go("preview").expect(200);
        check.reads("3 passages are taken out").reads("[redacted: third party's personal data] knows.");
        let form = check.form("main form");
        assert!(form.value("statement").contains("another person"), "{}", form.value("statement"));
        assert_eq!(server.count("originals"), 0, "looking changes nothing");
        form.set("note", "Seen twice.").go("publish").expect(303).follow().reads("the author is told");

        let page = server.anonymous().get(&format!("/comments/{reference}")).expect(200);
        page.reads("Words were taken out of this comment in 3 places");
        page.reads("Third party's personal data (2)").reads("Personal data (1)");
        page.reads("Ask [redacted: third party's personal data], or write to [redacted: personal data].");
        page.lacks("Qwertz").lacks("qwertz").lacks("An address.").lacks("Seen twice.");
        server.anonymous().get(&format!("/norms/{NORM}")).expect(200).reads("[redacted:").lacks("Qwertz");
        let found = server.anonymous().get("/api/v1/comments?q=Qwertz").expect(200);
        assert!(found.text().contains("\"comments\":[]"), "{}", found.text());
        assert_eq!((audited(&server, "comment.published"), audited(&server, "comment.redacted")), (1, 0), "one entry");
        assert_eq!(server.count("audit_log WHERE detail LIKE '%Qwertz%'"), 0);
        assert_eq!((server.count("decisions"), server.count("redaction_spans")), (1, 3));
        mo.get(&format!("/secretariat/comments/{reference}")).expect(200).lacks("Qwertz");
        server.assert_audit_holds();
    }

    fn undoing_puts_back_what_the_decision_took_out(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reference = ada.comment_on_whole(NORM, "Ask Jan Qwertz about it.", "named");
        let other = published(&ada, &mo, "Nothing is taken out of this.");
        take_out(&mo, &reference, "Jan Qwertz");
        let tab = mo.get("/secretariat?state=redacted").expect(200);
        tab.reads("Accepted, redacted (1)").reads("Accepted (2)").reads(&reference).lacks(&other);
        let page = format!("/secretariat/comments/{reference}");
        server.mails();
        let undo = mo.get(&page).expect(200).lacks("Qwertz").link("a[href$='/undo']");
        let form = mo.get(&undo).expect(200).form("main form");
        form.set("words", "We look at it again.").press().expect(303);
        mo.get(&page).expect(200).reads("Ask Jan Qwertz about it.");
        server.anonymous().get(&format!("/comments/{reference}")).expect(404);
        mo.get("/secretariat?state=redacted").expect(200).reads("Accepted, redacted (0)").lacks(&reference);
        mo.publish(&reference);
        server.anonymous().get(&format!("/comments/{reference}")).expect(200).reads("Ask Jan Qwertz about it.");
        ada.get(&format!("/my-comments/{reference}")).expect(200).reads("Put back").lacks("/redactions/");
        server.assert_audit_holds();
    }

    fn words_leave_a_published_comment_and_its_author_is_told(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reference = published(&ada, &mo, "Ask Jan Qwertz about it.");
        let reader = server.anonymous();
        for path in [format!("/comments/{reference}"), format!("/norms/{NORM}"), "/feed.atom".to_owned()] {
            assert!(reader.get(&path).expect(200).text().contains("Jan Qwertz"), "{path}");
        }
        let late = passage(&mo, &reference, "Ask").go("preview").expect(200).form("main form");
        let before = server.mails_to(&ada.email).len();
        take_out(&mo, &reference, "Jan Qwertz");
        for path in [format!("/comments/{reference}"), format!("/norms/{NORM}"), "/feed.atom".to_owned()] {
            reader.get(&path).expect(200).lacks("Qwertz");
        }
        assert!(reader.get("/search?q=Qwertz").expect(200).all(".comments .comment").is_empty());
        let told = server.mails_to(&ada.email);
        assert_eq!(told.len(), before + 1);
        let letter = told.last().unwrap();
        assert!(letter.subject.contains("Words were taken out") && !letter.body.contains("Qwertz"), "{letter:?}");
        assert_eq!((audited(&server, "comment.redacted"), server.count("decisions")), (1, 1));
        // Whoever had the page open before is told, and keeps what was typed.
        late.go("publish").expect(409).reads("nothing was taken out").reads("Ask");
        // More of it, later: what is out stays out, and is not taken out again.
        passage(&mo, &reference, "Jan Qwertz").go("preview").expect(422).reads("taken out already");
        take_out(&mo, &reference, "about");
        reader.get(&format!("/comments/{reference}")).expect(200).reads("in 2 places").lacks("Qwertz");
        assert_eq!(server.count("originals WHERE body LIKE '%Ask Jan Qwertz about it.%'"), 1);
        server.assert_audit_holds();
    }

    fn what_is_for_the_commission_alone_is_redacted_too(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reference = ada.comment_on_whole(NORM, "Ask Jan Qwertz about it.", "commission");
        take_out(&mo, &reference, "Jan Qwertz");
        let letter = server.mail_to(&ada.email);
        assert!(letter.subject.contains("is accepted") && !letter.body.contains("Qwertz"), "{letter:?}");
        take_out(&mo, &reference, "about");
        server.anonymous().get(&format!("/comments/{reference}")).expect(404);
        assert_eq!(server.count("comment_revisions WHERE rationale LIKE '%Qwertz%' OR rationale LIKE '%about%'"), 0);
    }

    fn one_of_many_takes_words_out_and_the_others_are_told(server: Server) {
        let (ada, mo, ray) = (server.stakeholder("ada"), server.moderator("mo"), server.moderator("ray"));
        let waiting = ada.comment_on_whole(NORM, "Ask Jan Qwertz about it.", "named");
        let there = published(&ada, &mo, "Ask Jan Qwertz about that.");
        for reference in [&waiting, &there] {
            let forms = [&mo, &ray].map(|person| {
                passage(person, reference, "Jan Qwertz").go("preview").expect(200).form("main form")
            });
            let answers = at_once(8, |hand| forms[hand % 2].go("publish"));
            assert_eq!((with_status(&answers, 303), with_status(&answers, 409)), (1, 7), "{answers:?}");
        }
        assert_eq!((server.count("redactions"), server.count("redaction_spans")), (2, 2));
        server.assert_audit_holds();
    }

    fn wrong_passages_are_named_and_nothing_is_lost(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let text = "Annual reports of Ann. Cafe\u{301} owners agree with Ann.";
        let reference = ada.comment_on_whole(NORM, text, "named");
        let path = format!("/secretariat/comments/{reference}/redaction");
        form(&mo, &reference).go("preview").expect(422).reads("Name the words");
        passage(&mo, &reference, "Bob").go("preview").expect(422).reads("do not stand there");
        passage(&mo, &reference, "Annua").go("preview").expect(422).reads("as a part of longer words");
        passage(&mo, &reference, "Cafe").go("preview").expect(422).reads("as a part of longer words");
        passage(&mo, &reference, text).go("preview").expect(422).reads("Nothing of the comment would be left");
        passage(&mo, &reference, "Ann").set("p1_place", "3").go("preview").expect(422).reads("in 2 places only");
        for place in ["0", "-1", "x", "99999999999999999999"] {
            passage(&mo, &reference, "Ann").set("p1_place", place).go("preview").expect(422).reads("number from 1");
        }
        let forged = passage(&mo, &reference, "Ann").forge("p1_field", "note").forge("p1_code", "viewpoint");
        assert_eq!(forged.go("preview").expect(422).errors().len(), 2);
        passage(&mo, &reference, "Ann").forge("p1_field", "cost").go("preview").expect(422).reads("no such text");
        let overlap = passage(&mo, &reference, "with Ann").go("add").expect(200).form("main form");
        let overlap = overlap.set("p2_words", "Ann").set("p2_place", "2").set("p2_code", "abuse").set("p2_reason", "Mine.");
        // The second place of "Ann" is taken by the first passage.
        let again = overlap.go("preview").expect(422).form("main form");
        let kept = ["p1_words", "p2_words", "p2_place", "p2_code", "p2_reason"].map(|name| again.value(name).to_owned());
        assert_eq!(kept, ["with Ann", "Ann", "2", "abuse", "Mine."]);
        let check = passage(&mo, &reference, "Ann").go("preview").expect(200).form("main form");
        let without = check.clone().set("statement", " ").go("publish").expect(422);
        without.reads("Write to the author");
        let long = check.clone().set("note", &"n".repeat(5_001)).go("publish").expect(422).form("main form");
        assert_eq!(long.value("note").len(), 5_001);
        let back = check.clone().set("note", "Kept.").go("edit").expect(200).form("main form");
        assert_eq!((back.value("p1_words"), back.value("note")), ("Ann", "Kept."));
        for name in ["version", "revision", "round"] {
            check.clone().forge(name, "x").go("publish").expect(400);
        }
        assert_eq!((server.count("originals"), server.count("redactions"), server.count("decisions")), (0, 0, 0));
        // Bounded, whatever is asked for.
        let many = form(&mo, &reference).forge("passages", "4000").go("add").expect(200);
        assert_eq!(many.all("main form section").len(), 30);
        mo.get("/secretariat/comments/GCSC-N3-7K4Q-MW2R-9/redaction").expect(404);
        ada.get(&path).expect(403);
    }

    fn every_sort_of_text_can_lose_words(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let wording = send(
            &ada.wording_form(NORM, "should not").set("proposed_wording", "must not, says Jan Qwertz,")
                .set("rationale", "Jan Qwertz told us.").set("evidence", "https://example.org/jan-qwertz")
                .set("publication", "named"),
        );
        let check = passage(&mo, &wording, "Jan Qwertz").go("add").expect(200).form("main form")
            .set("p2_field", "evidence").set("p2_code", "personal-data")
            .go("add").expect(200).form("main form").set("p3_field", "author_name").set("p3_code", "personal-data")
            .go("preview").expect(200);
        check.reads("4 passages").lacks("Jan Qwertz says");
        check.form("main form").go("publish").expect(303);
        let page = server.anonymous().get(&format!("/comments/{wording}")).expect(200);
        page.lacks("Qwertz").lacks("qwertz").lacks(&ada.name).reads("[redacted: personal data]");
        assert!(page.all("ins").iter().any(|words| words.contains("[redacted: third party's personal data]")));
        let lever = send(&ada.lever_form("botnets", "Do as Jan Qwertz says.").set("example", "Jan Qwertz did it."));
        take_out(&mo, &lever, "Jan Qwertz");
        server.anonymous().get(&format!("/comments/{lever}")).expect(200).lacks("Qwertz").reads("in 2 places");
    }

    fn nobody_redacts_their_own_or_what_is_over(server: Server) {
        let (ada, mo, ray) = (server.stakeholder("ada"), server.moderator("mo"), server.moderator("ray"));
        let own = mo.comment_on_whole(NORM, "Ask Jan Qwertz.", "named");
        mo.get(&format!("/secretariat/comments/{own}/redaction")).expect(409);
        let form = passage(&ray, &own, "Jan Qwertz").go("preview").expect(200).form("main form");
        let csrf = mo.get("/sign-out").form("main form").value("csrf").to_owned();
        let mut fields = form.values();
        fields.retain(|(name, _)| *name != "csrf");
        fields.extend([("csrf", csrf.as_str()), ("go", "publish")]);
        mo.post(&format!("/secretariat/comments/{own}/redaction"), &fields).expect(409);
        let gone = published(&ada, &mo, "Ask Jan Qwertz.");
        let late = passage(&ray, &gone, "Jan Qwertz").go("preview").expect(200).form("main form");
        ada.get(&format!("/my-comments/{gone}/withdrawal")).form(COMPOSER).press().expect(303);
        late.go("publish").expect(409).reads("Withdrawn").reads("Jan Qwertz");
        assert_eq!(server.count("redactions"), 0);
    }
}
