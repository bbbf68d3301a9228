//! Many hands at once: one winner each time.

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::thread;

use crate::harness::comments::{COMPOSER, checked};
use crate::harness::people::password;
use crate::harness::{Answer, Server, on_both};

const NORM: &str = "avoid-tampering";

/// What `work` answers when it begins everywhere at the same moment.
pub fn at_once(hands: usize, work: impl Fn(usize) -> Answer + Sync) -> Vec<(u16, String)> {
    let start = Barrier::new(hands);
    thread::scope(|scope| {
        let (start, work) = (&start, &work);
        let threads: Vec<_> = (0..hands)
            .map(|hand| {
                scope.spawn(move || {
                    start.wait();
                    let answer = work(hand);
                    (answer.status, answer.header("location").unwrap_or_default().to_owned())
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

/// How many answers have this status.
pub fn with_status(answers: &[(u16, String)], status: u16) -> usize {
    answers.iter().filter(|(found, _)| *found == status).count()
}

on_both! {
    fn fifty_sends_of_one_form_are_one_comment(server: Server) {
        let ada = server.stakeholder("ada");
        let before = server.mails_to(&ada.email).len();
        let form = checked(&ada.whole_form(NORM, "Sent by fifty impatient fingers."));
        let answers = at_once(50, |_| form.go("send"));
        assert_eq!(with_status(&answers, 303), 50, "{answers:?}");
        let receipts: BTreeSet<_> = answers.iter().map(|(_, location)| location).collect();
        assert_eq!(receipts.len(), 1, "{receipts:?}");
        assert_eq!((server.count("comments"), server.count("comment_revisions")), (1, 1));
        assert_eq!(server.audited("comment.submitted"), 1);
        assert_eq!(server.mails_to(&ada.email).len(), before + 1);
        server.assert_audit_holds();
    }

    fn fifty_decisions_on_one_comment_are_one_decision(server: Server) {
        let ada = server.stakeholder("ada");
        let staff = ["mo", "ray", "kit", "lee"].map(|nick| server.moderator(nick));
        let reference = ada.comment_on_whole(NORM, "Decide on me.", "named");
        let before = server.mails_to(&ada.email).len();
        let forms: Vec<_> = staff.iter().map(|moderator| moderator.verdict_form(&reference)).collect();
        let answers = at_once(50, |hand| {
            let form = forms[hand % 4].clone();
            match hand % 3 {
                0 => form.set("outcome", "publish").press(),
                1 => form.set("outcome", "return").set("statement", "Say more.").press(),
                _ => form.set("outcome", "decline").set("reason", "off-topic").press(),
            }
        });
        assert_eq!((with_status(&answers, 303), with_status(&answers, 409)), (1, 49), "{answers:?}");
        assert_eq!(server.count("decisions"), 1);
        let entries = ["published", "returned", "declined"].map(|what| server.audited(&format!("comment.{what}")));
        assert_eq!(entries.iter().sum::<i64>(), 1, "{entries:?}");
        assert_eq!(server.mails_to(&ada.email).len(), before + 1);
        let public = server.anonymous().get(&format!("/comments/{reference}")).status;
        assert_eq!(public == 200, server.count("decisions WHERE outcome = 'publish'") == 1);
        let counted = server.number("SELECT CAST(sum(published_general) AS BIGINT) AS n FROM norms");
        assert_eq!(counted, server.count("comments WHERE state = 'published'"));
        server.assert_audit_holds();
    }

    fn publishing_and_withdrawing_at_once_leave_the_counters_right(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        for round in 0..5 {
            let reference = ada.comment_on_whole(NORM, &format!("Round {round}."), "named");
            let verdict = mo.verdict_form(&reference).set("outcome", "publish");
            let withdrawal = ada.get(&format!("/my-comments/{reference}/withdrawal")).form(COMPOSER);
            let answers = at_once(2, |hand| if hand == 0 { verdict.press() } else { withdrawal.press() });
            assert_eq!((with_status(&answers, 303), with_status(&answers, 409)), (1, 1), "{answers:?}");
        }
        let counted = server.number("SELECT CAST(sum(published_general) AS BIGINT) AS n FROM norms");
        assert_eq!(counted, server.count("comments WHERE state = 'published'"));
        server.assert_audit_holds();
    }

    fn a_correction_and_a_decision_at_once_have_one_winner(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        for round in 0..5 {
            let reference = ada.comment_on_whole(NORM, &format!("Round {round}."), "named");
            let verdict = mo.verdict_form(&reference).set("outcome", "publish");
            let form = ada.get(&format!("/my-comments/{reference}/correction")).form(COMPOSER);
            let correction = checked(&form.set("rationale", &format!("Corrected {round}.")));
            let answers = at_once(2, |hand| if hand == 0 { verdict.press() } else { correction.go("send") });
            assert_eq!((with_status(&answers, 303), with_status(&answers, 409)), (1, 1), "{answers:?}");
        }
        assert_eq!(server.count("comments WHERE state = 'published'") + server.count("comments WHERE revision = 2"), 5);
    }

    fn one_address_registered_by_many_is_one_account(server: Server) {
        let forms: Vec<_> = (0..20).map(|_| server.registration("ada").1).collect();
        let answers = at_once(20, |hand| forms[hand].press());
        assert_eq!(with_status(&answers, 200), 20, "{answers:?}");
        assert_eq!(server.count("accounts"), 1);
        server.assert_audit_holds();
    }

    fn a_link_pressed_by_many_works_once(server: Server) {
        let (ada, form) = server.registration("ada");
        form.press().expect(200);
        let link = server.link_in(&server.mail_to(&ada.email));
        let button = ada.get(&link).form("main form");
        let answers = at_once(20, |_| button.press());
        assert_eq!((with_status(&answers, 303), with_status(&answers, 410)), (1, 19), "{answers:?}");
        let link = server.invitation("mo@example.org", "Mo", norm_portal::web::Role::Moderator);
        let invited = server.anonymous().get(&link).form("main form").set("password", &password("mo"));
        let answers = at_once(10, |_| invited.press());
        assert_eq!((with_status(&answers, 303), with_status(&answers, 410)), (1, 9), "{answers:?}");
        assert_eq!(server.audited("staff.joined"), 1);
    }

    fn many_writers_keep_the_audit_chain_whole(server: Server) {
        let people: Vec<_> = ["ada", "bob", "cy", "dee"].iter().map(|nick| server.stakeholder(nick)).collect();
        let forms: Vec<_> =
            (0..40).map(|n| checked(&people[n % 4].whole_form(NORM, &format!("Text number {n}.")))).collect();
        let answers = at_once(40, |hand| forms[hand].go("send"));
        assert_eq!(with_status(&answers, 303), 40, "{answers:?}");
        assert_eq!(server.count("comments"), 40);
        assert_eq!(server.number("SELECT count(DISTINCT reference) AS n FROM comments"), 40);
        server.assert_audit_holds();
    }
}
