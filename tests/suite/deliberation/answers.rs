//! The answer to authors: one letter for each comment, in the author's reach alone, and one answer to the one question.

use super::{Desk, NORM, begin, decide, draft, id, put, steps};
use crate::harness::{Server, on_both};

on_both! {
    fn everybody_who_wrote_is_told_once_and_asked_once(server: Server) {
        let desk = Desk::of(&server);
        let (ada, bob, eve) = (server.stakeholder("ada"), server.stakeholder("bob"), server.stakeholder("eve"));
        let (first, second) = (desk.accepted(&ada, "must not tamper", "named"), desk.accepted(&ada, "shall not tamper", "named"));
        let hidden = desk.accepted(&bob, "may never tamper", "commission");
        let issue = begin(&desk.mo, "Whether the duty binds.");
        put(&desk.mo, &issue, &[&first, &second, &hidden]);
        // One of them gets another answer; without reasons it gets none.
        let own = format!("{issue}/comments/{second}");
        let form = desk.mo.get(&own).expect(200).form("main form").set("disposition", "noted");
        form.press().expect(422).reads("Give the reasons");
        form.set("response", "The word is taken up elsewhere.").press().expect(303).follow().reads("Noted");
        let before = [&ada, &bob, &eve].map(|person| server.mails_to(&person.email).len());
        decide(&desk, &issue, "adopted", "A duty has to bind.");
        let after = [&ada, &bob, &eve].map(|person| server.mails_to(&person.email).len());
        assert_eq!([after[0] - before[0], after[1] - before[1], after[2] - before[2]], [2, 1, 0]);
        let letters = server.mails_to(&ada.email).split_off(before[0]);
        let to = |reference: &str| letters.iter().find(|mail| mail.subject.contains(reference)).unwrap();
        let letter = to(&first);
        for words in ["Decision: Adopted", "A duty has to bind.", "Whether the duty binds.", "Does this answer satisfy you?"] {
            assert!(letter.body.contains(words), "{words}: {letter:?}");
        }
        assert!(to(&second).body.contains("Decision: Noted") && to(&second).body.contains("taken up elsewhere"));
        assert!(server.mail_to(&bob.email).body.contains("A duty has to bind."));

        let path = format!("/my-comments/{first}/issues/{}/answer", id(&issue));
        assert!(letter.body.contains(&path));
        eve.get(&path).expect(404);
        bob.get(&path).expect(404);
        server.anonymous().get(&path).expect(303);
        assert_eq!(server.count("satisfactions"), 0, "a link that is followed says nothing");
        let form = ada.get(&path).expect(200).form("main form");
        form.press().expect(422).reads("Choose yes or no");
        let form = form.set("satisfied", "no").set("remark", "It should bind companies.");
        form.press().expect(303).follow().reads("The Secretariat has your answer");
        form.set("remark", "Once more.").press().expect(409).reads("You said this before").reads("Once more.");
        ada.get(&path).expect(200).reads("The answer does not satisfy.").reads("It should bind companies.");
        assert_eq!(server.count("satisfactions"), 1);
        let hidden_path = format!("/my-comments/{hidden}/issues/{}/answer", id(&issue));
        bob.get(&hidden_path).expect(200).form("main form").set("satisfied", "yes").press().expect(303);
        let page = desk.ray.get(&issue).expect(200);
        page.reads("Satisfied: 1. Not satisfied: 1.").reads("It should bind companies.");
        let own = ada.get(&format!("/my-comments/{first}")).expect(200);
        own.reads("Considered under issue 1: Adopted").reads("A duty has to bind.");
        own.reads("Now: considered by the Commission").reads("The Commission has considered it").lacks("for its deliberations");
        ada.get(&format!("/my-comments/{second}")).expect(200).reads("Considered under issue 1: Noted").reads("taken up elsewhere");
        bob.get(&format!("/my-comments/{hidden}")).expect(200).reads("Considered under issue 1: Adopted");
        assert_eq!(server.audited("issue.answer_rated"), 2);
        // What one wrote goes with one's account.
        assert_eq!(server.count("satisfactions WHERE remark <> ''"), 1);
        server.assert_audit_holds();
    }

    fn nobody_hears_of_a_decision_that_is_not_published(server: Server) {
        let desk = Desk::of(&server);
        let ada = server.stakeholder("ada");
        let reference = desk.accepted(&ada, "must not tamper", "named");
        let issue = begin(&desk.mo, "Whether the duty binds.");
        put(&desk.mo, &issue, &[&reference]);
        let before = server.mails_to(&ada.email).len();
        draft(&desk.mo, &issue).set("disposition", "adopted").set("reasons", "Zebra.").go("propose").expect(303);
        super::steps(&desk.ray, &issue).go("validate").expect(303);
        assert_eq!(server.mails_to(&ada.email).len(), before);
        ada.get(&format!("/my-comments/{reference}")).expect(200).lacks("Zebra").lacks("Considered under");
        ada.get(&format!("/my-comments/{reference}/issues/{}/answer", id(&issue))).expect(404);
        server.anonymous().get(&format!("/norms/{NORM}/outcome/1")).expect(404);
    }

    fn who_deleted_their_account_gets_no_letter_and_leaves_no_remark(server: Server) {
        let desk = Desk::of(&server);
        let (ada, bob) = (server.stakeholder("ada"), server.stakeholder("bob"));
        let (gone, told) = (desk.accepted(&ada, "must not tamper", "named"), desk.accepted(&bob, "shall not tamper", "named"));
        let issue = begin(&desk.mo, "Whether the duty binds.");
        put(&desk.mo, &issue, &[&gone, &told]);
        decide(&desk, &issue, "noted", "For the record.");
        let path = format!("/my-comments/{gone}/issues/{}/answer", id(&issue));
        let form = ada.get(&path).expect(200).form("main form").set("satisfied", "no").set("remark", "My neighbour Jan agrees.");
        form.press().expect(303);
        let form = ada.get("/account/deletion").expect(200).form("main form");
        form.set("understood", "yes").set("accepted", "keep").press().expect(303);
        assert_eq!(server.count("satisfactions WHERE remark <> ''"), 0);
        super::steps(&desk.ray, &issue).go("reopen").expect(303);
        let before = server.mails().len();
        decide(&desk, &issue, "adopted", "Now we know.");
        assert_eq!(server.mails().len(), before + 1, "to bob alone");
        desk.ray.get(&issue).expect(200).reads("Not satisfied: 1.").lacks("Jan");
    }
}
