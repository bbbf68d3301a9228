//! An issue's way: written, proposed by one, validated by another, published, taken up once more; and who is too late.

use super::{Desk, NORM, PATH, begin, beginning, decide, decision, draft, publish_all, put, steps};
use crate::harness::{Server, on_both};
use crate::races::{at_once, with_status};

on_both! {
    fn a_decision_is_proposed_by_one_and_validated_by_another(server: Server) {
        let desk = Desk::of(&server);
        let (ada, reader) = (server.stakeholder("ada"), server.anonymous());
        let reference = desk.accepted(&ada, "must not tamper", "named");
        beginning(&desk.mo, NORM).press().expect(422).reads("Say what the issue is about");
        beginning(&desk.mo, NORM).set("about", "words").set("quote", "no such words").set("statement", "Whether?")
            .press().expect(422).reads("do not stand in the text");
        let issue = begin(&desk.mo, "Whether the duty binds.");
        put(&desk.mo, &issue, &[&reference]);
        draft(&desk.mo, &issue).go("propose").expect(422).reads("Choose the decision").reads("Give the reasons");
        let form = decision(&desk.mo, &issue, "adopted", "A duty has to bind.");
        form.set("options", "keep it\nmake it a duty").go("propose").expect(303).follow().reads("Somebody else validates it");
        reader.get(&format!("/norms/{NORM}/outcome")).expect(200).lacks("duty binds").lacks("A duty has to bind");
        // Its proposer is told so, has no button, and is refused.
        let own = desk.mo.get(&issue).expect(200);
        own.reads("You proposed this decision");
        let forged = own.form("main form[action$='/steps']");
        forged.go_unseen("validate").expect(403);
        // Whoever sends it back says why.
        steps(&desk.ray, &issue).go("validate").expect(303);
        let form = steps(&desk.ray, &issue);
        form.go("return").expect(422).reads("Say why it is sent back");
        form.set("sent_back", "Say what binds whom.").go("return").expect(303);
        let page = desk.mo.get(&issue).expect(200);
        page.reads("Say what binds whom.").reads("Draft");
        decide(&desk, &issue, "adopted-in-part", "It binds states.");
        desk.mo.get(&format!("{PATH}/publication")).expect(403);
        let shown = reader.get(&format!("/norms/{NORM}/outcome")).expect(200);
        shown.reads("Whether the duty binds.").reads("Adopted in part").reads("It binds states.");
        reader.get(&format!("/norms/{NORM}/outcome/1")).expect(200).reads(&reference);
        let board = desk.ray.get(&format!("{PATH}/norms/{NORM}")).expect(200);
        board.reads("make it a duty").reads("Published").reads("1 organisation or person");
        desk.ray.get(PATH).expect(200);
        for (action, times) in [("proposed", 2), ("validated", 2), ("sent_back", 1), ("published", 1)] {
            assert_eq!(server.audited(&format!("issue.{action}")), times, "{action}");
        }
        server.assert_audit_holds();
    }

    fn what_is_published_stays_until_another_decision_is(server: Server) {
        let desk = Desk::of(&server);
        let (ada, bob, reader) = (server.stakeholder("ada"), server.stakeholder("bob"), server.anonymous());
        let first = desk.accepted(&ada, "must not tamper", "named");
        let second = desk.accepted(&bob, "shall not tamper", "named");
        let issue = begin(&desk.mo, "Whether the duty binds.");
        put(&desk.mo, &issue, &[&first]);
        decide(&desk, &issue, "noted", "Not decided in Geneva.");
        let outcome = format!("/norms/{NORM}/outcome");
        steps(&desk.ray, &issue).go("reopen").expect(303);
        put(&desk.ray, &issue, &[&second]);
        draft(&desk.ray, &issue).set("statement", "Whether it binds states.").set("reasons", "Now we know.").go("save").expect(303);
        // A draft is nobody's business outside, nor is what is under it.
        reader.get(&outcome).expect(200).reads("Not decided in Geneva.").reads("1 comment in all").lacks("Now we know");
        reader.get(&format!("/comments/{second}")).expect(200).lacks("Not decided in Geneva");
        decide(&desk, &issue, "adopted", "Now we know.");
        let page = reader.get(&outcome).expect(200);
        page.reads("Whether it binds states.").reads("Now we know.").reads("2 comments in all").lacks("Geneva");
        reader.get(&format!("/comments/{first}")).expect(200).reads("Now we know.").lacks("Geneva");
        assert!(server.mail_to(&ada.email).subject.contains("New decision"));
        assert!(server.mail_to(&bob.email).subject.starts_with("Decision on your comment"));
        assert_eq!((server.count("issue_decisions"), server.count("answers")), (2, 3));
    }

    fn who_comes_too_late_keeps_what_was_typed(server: Server) {
        let desk = Desk::of(&server);
        let issue = begin(&desk.mo, "Whether the duty binds.");
        let (mine, yours) = (draft(&desk.mo, &issue), draft(&desk.ray, &issue));
        mine.clone().set("recommendation", "Keep it.").go("save").expect(303);
        let late = yours.set("recommendation", "Drop it altogether.").go("save").expect(409);
        late.reads("Somebody was quicker").reads("Keep it.").reads("Drop it altogether.");
        // The form goes on from what is there now.
        late.form("main form").go("save").expect(303).follow().reads("Drop it altogether.");
        let late = draft(&desk.mo, &issue).set("reasons", "Typed for nothing?");
        decide(&desk, &issue, "noted", "For the record.");
        late.go("save").expect(409).reads("Typed for nothing?").reads("For the record.");
        steps(&desk.mo, &issue).forge("version", "1").go("reopen").expect(409);
        desk.mo.get(&format!("{PATH}/issues/018f0000-0000-7000-8000-000000000000")).expect(404);
    }

    fn eight_who_propose_validate_or_publish_at_once_are_one(server: Server) {
        let desk = Desk::of(&server);
        let ada = server.stakeholder("ada");
        let reference = desk.accepted(&ada, "must not tamper", "named");
        let issue = begin(&desk.mo, "Whether the duty binds.");
        put(&desk.mo, &issue, &[&reference]);
        let staff: Vec<_> = (0..4).map(|number| server.moderator(&format!("staff{number}"))).collect();
        let forms: Vec<_> = staff.iter().map(|one| decision(one, &issue, "noted", &format!("By {}.", one.name))).collect();
        let answers = at_once(8, |hand| forms[hand % 4].go("propose"));
        assert_eq!((with_status(&answers, 303), with_status(&answers, 409)), (1, 7), "{answers:?}");
        let forms: Vec<_> = [&desk.mo, &desk.ray, &desk.sec].iter().map(|one| steps(one, &issue)).collect();
        let answers = at_once(8, |hand| forms[hand % 3].go("validate"));
        assert_eq!((with_status(&answers, 303), with_status(&answers, 409)), (1, 7), "{answers:?}");
        let before = server.mails_to(&ada.email).len();
        let form = desk.sec.get(&format!("{PATH}/publication")).expect(200).form("main form");
        let item = form.offered("item").remove(0);
        let form = form.tick("item", &item);
        assert_eq!(with_status(&at_once(8, |_| form.press()), 303), 8);
        assert_eq!((server.count("issue_decisions"), server.count("answers")), (1, 1));
        assert_eq!(server.mails_to(&ada.email).len(), before + 1);
        assert_eq!(server.audited("issue.published"), 1);
        server.assert_audit_holds();
    }

    fn a_comment_of_ones_own_keeps_one_from_proposing_and_validating(server: Server) {
        let desk = Desk::of(&server);
        let own = desk.mo.comment_on_whole(NORM, "I think so, too.", "named");
        desk.ray.publish(&own);
        let issue = begin(&desk.ray, "Whether the duty binds.");
        put(&desk.ray, &issue, &[&own]);
        let page = desk.mo.get(&issue).expect(200);
        page.reads("A comment of your own is under this issue");
        let form = page.form("main form").set("disposition", "noted").set("reasons", "So do I.");
        form.go_unseen("propose").expect(403);
        // Nothing of it was kept.
        decision(&desk.ray, &issue, "noted", "Said before.").go("propose").expect(303);
        let page = desk.mo.get(&issue).expect(200);
        page.reads("A comment of your own is under this issue").lacks("So do I.");
        page.form("main form[action$='/steps']").go_unseen("validate").expect(403);
        steps(&desk.sec, &issue).go("validate").expect(303);
        publish_all(&desk.sec);
    }

    fn what_is_not_there_is_not_found(server: Server) {
        let desk = Desk::of(&server);
        let reference = server.stakeholder("ada").comment_on_whole(NORM, "It waits.", "named");
        let none = "018f0000-0000-7000-8000-000000000000";
        for path in [
            format!("/secretariat/deliberation/issues/{none}"),
            format!("/secretariat/deliberation/issues/{none}/comments"),
            format!("/secretariat/deliberation/issues/{none}/comments/{reference}"),
            format!("/secretariat/deliberation/codes/{none}"),
            format!("/secretariat/deliberation/norms/{none}"),
            format!("/secretariat/deliberation/norms/{none}/issues"),
            format!("/secretariat/deliberation/norms/{none}/left"),
        ] {
            desk.mo.get(&path).expect(404);
        }
        let issue = begin(&desk.mo, "Whether the duty binds.");
        desk.mo.get(&format!("{issue}/comments/{reference}")).expect(404);
        let form = draft(&desk.mo, &issue);
        form.clone().at(&format!("/secretariat/deliberation/issues/{none}/steps")).go_unseen("reopen").expect(404);
        form.at(&format!("{issue}/steps")).go_unseen("fly").expect(400);
        desk.sec.get("/secretariat/deliberation/publication").expect(200).reads("Nothing waits to be published");
        desk.sec.get("/secretariat/deliberation/codes").expect(200).reads("No code yet");
    }

    fn a_draft_that_nobody_read_can_be_thrown_away(server: Server) {
        let desk = Desk::of(&server);
        let ada = server.stakeholder("ada");
        let reference = desk.accepted(&ada, "must not tamper", "named");
        let issue = begin(&desk.mo, "Whether the duty binds.");
        put(&desk.mo, &issue, &[&reference]);
        assert_eq!(server.number("SELECT CAST(sum(issues) AS BIGINT) AS n FROM comments"), 1);
        steps(&desk.ray, &issue).go("discard").expect(303);
        desk.ray.get(&issue).expect(404);
        assert_eq!(server.number("SELECT CAST(sum(issues) AS BIGINT) AS n FROM comments"), 0);
        let issue = begin(&desk.mo, "Whether it binds at all.");
        decide(&desk, &issue, "noted", "For the record.");
        steps(&desk.ray, &issue).go("reopen").expect(303);
        // Behind a form of a draft there would be a button; here there is none.
        let form = draft(&desk.ray, &issue).at(&format!("{issue}/steps"));
        form.go_unseen("discard").expect(409);
        server.assert_audit_holds();
    }
}
