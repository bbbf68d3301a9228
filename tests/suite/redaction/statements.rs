//! The statement of reasons: what a letter says, and that its author reads the same again afterwards.

use super::{NORM, take_out};
use crate::harness::{Server, on_both};

on_both! {
    fn a_letter_says_what_why_by_whom_and_how_to_appeal(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let gone = ada.comment_on_whole(NORM, "Buy it.", "named");
        mo.decide(&gone, "decline", "advertising", "It sells a product.").expect(303);
        let letter = server.mail_to(&ada.email).body;
        for part in [
            "it is declined",
            "Reason: Advertising",
            "Rule: A comment must be about the texts",
            "What the decision rests on:\n\nIt sells a product.",
            "A person at the Secretariat",
            "Nothing here\nis decided by a machine",
            "until\n23 December 2026, 23:59 UTC",
            &format!("/my-comments/{gone}/appeal"),
        ] {
            assert!(letter.contains(part), "{part:?} is not in\n{letter}");
        }
        let back = ada.comment_on_whole(NORM, "It is bad.", "named");
        mo.decide(&back, "return", "", "Which words?").expect(303);
        let letter = server.mail_to(&ada.email).body;
        for part in ["Which words?", "A person at the Secretariat", "no refusal", &format!("/my-comments/{back}")] {
            assert!(letter.contains(part), "{part:?} is not in\n{letter}");
        }
        let cut = ada.comment_on_whole(NORM, "Ask Jan Qwertz about it.", "named");
        take_out(&mo, &cut, "Jan Qwertz");
        let letter = server.mail_to(&ada.email).body;
        for part in [
            "now public,\nbut for words",
            "- Text of the comment: Third party's personal data",
            "Rule: A comment must not disclose personal data of another person",
            "We have taken out data about another person",
            "A person at the Secretariat",
            "until 23 December 2026, 23:59 UTC",
            &format!("/my-comments/{cut}"),
        ] {
            assert!(letter.contains(part), "{part:?} is not in\n{letter}");
        }
        assert!(!letter.contains("Qwertz"), "{letter}");
    }

    fn what_was_sent_is_read_again_word_for_word(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reference = ada.comment_on_whole(NORM, "Buy it.", "named");
        mo.decide(&reference, "decline", "advertising", "It sells a product.").expect(303);
        let letter = server.mail_to(&ada.email);
        assert_eq!(server.count("outbox WHERE body <> ''"), 0, "the outbox keeps no text");
        let link = server.link_in(&letter);
        ada.sign_out();
        assert!(ada.get(&link).expect(303).location().starts_with("/sign-in?next="));
        ada.sign_in();
        let own = ada.get(&format!("/my-comments/{reference}")).expect(200);
        own.reads(&letter.subject).reads(&letter.body.split_whitespace().collect::<Vec<_>>().join(" "));
        let eve = server.stakeholder("eve");
        eve.get(&format!("/my-comments/{reference}")).expect(404);
        // Of one decision there is one letter, kept once.
        assert_eq!(server.count("statements"), 1);
        // A letter that was taken out of the outbox was never sent, and is not shown.
        server.execute("DELETE FROM outbox WHERE once_key LIKE 'decision:%'");
        ada.get(&format!("/my-comments/{reference}")).expect(200).lacks("is decided by a machine");
    }
}
