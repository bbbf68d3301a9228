//! The daily digest and the alert: to whom, how often, and what they say.

use chrono::TimeDelta;
use norm_portal::audit::{self, Head};

use super::{NORM, step};
use crate::harness::server::Mail;
use crate::harness::{Backend, Person, Server, on_both};

/// The letters to somebody whose subject begins so.
fn letters(server: &Server, person: &Person, subject: &str) -> Vec<Mail> {
    server.mails_to(&person.email).into_iter().filter(|mail| mail.subject.starts_with(subject)).collect()
}

fn digests(server: &Server, person: &Person) -> usize {
    letters(server, person, "Norm Portal: comments that wait").len()
}

on_both! {
    fn everybody_at_the_desk_gets_one_digest_a_day(server: Server) {
        let (sec, mo, ada) = (server.secretariat("sec"), server.moderator("mo"), server.stakeholder("ada"));
        let ray = server.moderator("ray");
        let first = ada.comment_on_whole(NORM, "First.", "named");
        ada.comment_on_whole(NORM, "Second.", "commission");
        mo.decide(&first, "decline", "off-topic", "Not here.").expect(303);
        step(&sec, &ray, "suspension").press().expect(303);
        server.pass(TimeDelta::days(1));
        std::thread::scope(|scope| {
            let rounds: Vec<_> = (0..4).map(|_| scope.spawn(|| server.keeper_round())).collect();
            for round in rounds {
                round.join().unwrap();
            }
        });
        server.keeper_round();
        assert_eq!((digests(&server, &sec), digests(&server, &mo)), (1, 1), "however many servers there are");
        assert_eq!((digests(&server, &ray), digests(&server, &ada)), (0, 0), "suspended; not at the desk");
        let letter = letters(&server, &mo, "Norm Portal: comments that wait: 1").pop().unwrap();
        for words in ["wait: 1", "24 hours", "into Botnets: 1", "2 comments arrived", "Declined: 1", "/secretariat"] {
            assert!(letter.body.contains(words), "{words}: {}", letter.body);
        }
        assert!(!letter.body.contains("Second."), "no text of a comment");
        let heads: Vec<Head> = letter.body.lines().filter_map(Head::parse).collect();
        let kept = audit::heads::files(server.data_dir()).unwrap();
        assert_eq!(heads, [Head::read(kept.last().unwrap()).unwrap()], "the head that was kept is in the letter");

        mo.sign_in();
        let form = mo.get("/account").expect(200).form("form[action='/account/digest']");
        form.without("digest").press().expect(303).follow().reads("You no longer get the daily digest.");
        server.pass(TimeDelta::days(1));
        server.keeper_round();
        assert_eq!((digests(&server, &sec), digests(&server, &mo)), (2, 1));
        ada.sign_in();
        assert!(!ada.get("/account").expect(200).text().contains("/account/digest"), "nobody else is asked");
    }

    fn the_secretariat_is_alerted_once_for_each_crossing(backend: Backend) {
        let server = Server::start_with(backend, |config| {
            config.desk.alert_waiting = 2;
            config.desk.alert_age_hours = 5;
        });
        let (sec, mo, ada) = (server.secretariat("sec"), server.moderator("mo"), server.stakeholder("ada"));
        let alerts = || letters(&server, &sec, "Norm Portal: the queue needs you");
        let first = ada.comment_on_whole(NORM, "First.", "named");
        server.keeper_round();
        assert!(alerts().is_empty());
        mo.get("/secretariat").expect(200).lacks("The queue needs attention");
        let second = ada.comment_on_whole(NORM, "Second.", "named");
        std::thread::scope(|scope| {
            let rounds: Vec<_> = (0..3).map(|_| scope.spawn(|| server.keeper_round())).collect();
            for round in rounds {
                round.join().unwrap();
            }
        });
        server.keeper_round();
        assert_eq!(alerts().len(), 1, "once, however many servers look");
        assert!(alerts()[0].body.contains("2 comments or more wait"), "{:?}", alerts());
        mo.get("/secretariat").expect(200).reads("The queue needs attention").reads("2 comments or more wait");
        mo.publish(&first);
        server.keeper_round();
        mo.get("/secretariat").lacks("The queue needs attention");
        server.pass(TimeDelta::minutes(1));
        ada.comment_on_whole(NORM, "Third.", "named");
        server.keeper_round();
        assert_eq!(alerts().len(), 2, "below in between: crossed anew");
        mo.publish(&second);
        server.keeper_round();
        server.pass(TimeDelta::hours(6));
        server.keeper_round();
        server.keeper_round();
        let letters_of_age = alerts().iter().filter(|mail| mail.body.contains("waited for 5 hours")).count();
        assert_eq!(letters_of_age, 1);
        assert!(letters(&server, &mo, "Norm Portal: the queue needs you").is_empty(), "the Secretariat alone");
    }
}
