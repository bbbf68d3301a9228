//! Taking one's data along, and deleting one's account.

use super::receipts::submission;
use super::{NORM, Unpacked};
use crate::harness::people::sign_in;
use crate::harness::{Answer, Person, Server, on_both};
use crate::races::{at_once, with_status};

fn deletion(person: &Person, accepted: &str) -> Answer {
    let form = person.get("/account/deletion").expect(200).form("main form");
    let form = form.set("understood", "yes");
    if accepted.is_empty() { form.press() } else { form.set("accepted", accepted).press() }
}

fn counted(server: &Server) -> i64 {
    server.number("SELECT CAST(sum(published_general) AS BIGINT) AS n FROM norms")
}

on_both! {
    fn everything_held_is_in_one_file(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reference = ada.comment_on_whole(NORM, "All of it.", "named");
        mo.decide(&reference, "decline", "off-topic", "Not here.").expect(303);
        let form = ada.get(&format!("/my-comments/{reference}/appeal")).form("main form");
        form.set("text", "But here.").press().expect(303);
        let withdrawal = ada.get(&format!("/my-comments/{reference}/withdrawal")).form("main form");
        withdrawal.set("reason", "Enough of it.").press().expect(303);
        let (whole, _) = submission(&server, &ada);
        server.stakeholder("bob").comment_on_whole(NORM, "Bob's own words.", "named");
        ada.get("/account").expect(200).reads("Download my data");
        ada.get("/account/data").expect(200);
        let answer = ada.get("/account/data/file").expect(200);
        let pack = Unpacked::read(&answer.body);
        let account = pack.json("account.json");
        assert_eq!((account["email"].as_str(), account["name"].as_str()), (Some(ada.email.as_str()), Some(&*ada.name)));
        assert_eq!(account["sessions"].as_array().unwrap().len(), 1);
        let comments = pack.json("comments.json");
        assert_eq!(comments.as_array().unwrap().len(), 3);
        let mine = comments.as_array().unwrap().iter().find(|it| it["reference"] == *reference).unwrap();
        assert_eq!(mine["revisions"][0]["text"]["rationale"], "All of it.");
        assert_eq!(mine["answers"][0]["statement"], "Not here.");
        assert_eq!((&mine["appeal"]["text"], &mine["withdrawal"]["reason"]), (&"But here.".into(), &"Enough of it.".into()));
        assert_eq!(pack.json("submissions.json")[0]["reference"], *whole);
        assert_eq!(pack.text("attachments/01-our_.._position.txt"), "The paper");
        assert!(pack.text("letters.json").contains("We have received your comment"));
        assert!(pack.text("README.txt").contains("comments.json"));
        let all = pack.names().into_iter().map(|name| pack.text(name)).collect::<String>();
        assert!(!all.contains("argon2id$") && !all.contains("Bob's own words."));
        assert!(server.anonymous().get("/account/data/file").expect(303).location().starts_with("/sign-in"));
    }

    fn an_account_goes_and_published_words_stay_without_a_name(server: Server) {
        let (mo, sec) = (server.moderator("mo"), server.secretariat("sec"));
        let ada = server.stakeholder_with("ada", |form| form.set("on_behalf_of", "myself"));
        let public = ada.comment_on_whole(NORM, "Words that stay.", "named");
        let secret = ada.comment_on_whole(NORM, "Words for the Commission.", "commission");
        let waiting = ada.comment_on_whole(NORM, "Words that wait.", "named");
        for reference in [&public, &secret] {
            mo.publish(reference);
        }
        submission(&server, &ada);
        let tab = ada.elsewhere(&server);
        let form = ada.get("/account/deletion").expect(200).reads("2 comments").form("main form");
        let wrong = form.press().expect(422);
        assert_eq!(wrong.errors().len(), 2, "{:?}", wrong.errors());
        assert_eq!(server.audited("account.deleted"), 0);
        deletion(&ada, "keep").expect(303).follow().reads("Your account is deleted");

        let shown = server.anonymous().get(&format!("/comments/{public}")).expect(200);
        shown.reads("Words that stay.").reads("Name not published (Civil society)").lacks(&ada.name);
        shown.lacks("Example Organisation of ada");
        server.anonymous().get(&format!("/comments/{waiting}")).expect(404);
        assert_eq!(server.count("comments WHERE state = 'withdrawn'"), 3, "the one that waits and two parts");
        assert_eq!(counted(&server), 1);
        mo.get(&format!("/secretariat/comments/{secret}")).expect(200).reads("Name removed at the author's request");
        assert_eq!(server.count("accounts WHERE name = 'Ada Synthetic' OR email = 'ada@example.org'"), 0);
        assert_eq!(server.count("comments WHERE author_name = 'Ada Synthetic'"), 0);
        let gone = "(SELECT id FROM accounts WHERE deleted_at IS NOT NULL)";
        for table in ["sessions", "tokens", "drafts", "memberships", "cosignatures"] {
            assert_eq!(server.count(&format!("{table} WHERE account_id IN {gone}")), 0, "{table}");
        }
        tab.get("/account").expect(303);
        sign_in(&server.anonymous(), &ada.email, &ada.password).expect(422);
        let letter = server.mail_to(&ada.email);
        assert!(letter.subject.contains("deleted"), "{letter:?}");
        assert_eq!(server.count("outbox WHERE recipient = 'ada@example.org'"), 0);
        assert_eq!(server.audited("account.deleted"), 1);
        server.assert_audit_holds();
        // The address is free again, and knows nothing of the old account.
        let again = server.stakeholder("ada");
        again.get("/my-comments").expect(200).lacks(&public);
        let export = sec.get("/secretariat/exports").expect(200).form("main form").set("edition", "commission");
        export.set("format", "csv").press().expect(303);
        assert_eq!(server.clerk_round(), 1);
    }

    fn an_account_goes_and_takes_everything_back(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let public = ada.comment_on_whole(NORM, "Words that go.", "named");
        mo.publish(&public);
        deletion(&ada, "withdraw").expect(303);
        server.anonymous().get(&format!("/comments/{public}")).expect(410);
        assert_eq!((counted(&server), server.audited("comment.withdrawn")), (0, 1));
        // For an organisation: it stays named, the person does not.
        let bob = server.stakeholder("bob");
        let kept = bob.comment_on_whole(NORM, "Words of all of us.", "named");
        mo.publish(&kept);
        deletion(&bob, "keep").expect(303);
        let shown = server.anonymous().get(&format!("/comments/{kept}")).expect(200);
        shown.reads("Example Organisation of bob").lacks(&bob.name);
        // A moderator may go; what they decided stays.
        deletion(&mo, "").expect(303);
        let sec = server.secretariat("sec");
        sec.get(&format!("/secretariat/comments/{kept}")).expect(200).reads("Somebody whose account is deleted");
        server.assert_audit_holds();
    }

    fn the_last_of_the_secretariat_stays(server: Server) {
        let sec = server.secretariat("sec");
        deletion(&sec, "").expect(422).reads("last of the Secretariat");
        sec.get("/secretariat/people").expect(200);
        let two = server.secretariat("two");
        let forms = [&sec, &two].map(|person| {
            let form = person.get("/account/deletion").form("main form");
            form.set("understood", "yes")
        });
        let answers = at_once(2, |hand| forms[hand].press());
        assert_eq!((with_status(&answers, 303), with_status(&answers, 422)), (1, 1), "{answers:?}");
        assert_eq!(server.count("accounts WHERE role = 'secretariat'"), 1);
    }

    fn deleting_while_a_comment_is_decided_leaves_nothing_in_between(server: Server) {
        let mo = server.moderator("mo");
        for round in 0..4 {
            let ada = server.stakeholder(&format!("ada{round}"));
            let reference = ada.comment_on_whole(NORM, "Both at once.", "named");
            let verdict = mo.verdict_form(&reference).set("outcome", "publish");
            let form = ada.get("/account/deletion").form("main form");
            // Whether it is asked for depends on who is quicker.
            let form = form.set("understood", "yes").forge("accepted", if round % 2 == 0 { "keep" } else { "withdraw" });
            let answers = at_once(2, |hand| if hand == 0 { verdict.press() } else { form.press() });
            assert_eq!(answers[1].0, 303, "{answers:?}");
            assert!([303, 409].contains(&answers[0].0), "{answers:?}");
        }
        assert_eq!(server.count("comments WHERE author_name <> ''"), 0);
        assert_eq!(counted(&server), server.count("comments WHERE state = 'published'"));
        assert_eq!(server.count("comments WHERE state = 'pending'"), 0);
        server.assert_audit_holds();
    }
}
