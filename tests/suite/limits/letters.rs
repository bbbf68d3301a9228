//! Letters that anybody can cause: few to one address, and nothing to be told from how long it took.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use diesel::Connection as _;
use diesel::connection::InstrumentationEvent;
use norm_portal::accounts::model::Email;
use norm_portal::accounts::reset;
use norm_portal::db::DbError;

use crate::harness::{Backend, Server, on_both};
use crate::races::at_once;

const LETTERS: i64 = 3;

on_both! {
    fn a_thousand_resets_for_one_address_mail_few_letters(backend: Backend) {
        let server = Server::start_with(backend, |config| config.limits.letters_an_hour = LETTERS);
        let ada = server.stakeholder("ada");
        let reference = ada.comment_on_whole("botnets", "Is it there?", "named");
        let before = server.mails_to(&ada.email).len();
        let eve = server.anonymous();
        let form = eve.get("/password/reset").form("main form");
        for attempt in 0..1_000 {
            let (known, unknown) = (form.clone().set("email", &ada.email), form.clone().set("email", "eve@example.org"));
            let (known, unknown) = (known.press().expect(200), unknown.press().expect(200));
            assert_eq!(known.main().replace(&ada.email, ""), unknown.main().replace("eve@example.org", ""));
            server.pass(TimeDelta::milliseconds(if attempt < 500 { 3_000 } else { 100 }));
        }
        let letters = server.mails_to(&ada.email);
        assert_eq!(letters.len() - before, 3);
        assert!(server.mails_to("eve@example.org").is_empty());
        assert_eq!(server.count("outbox WHERE recipient = 'eve@example.org'"), 0);
        // What is due comes all the same.
        let mo = server.moderator("mo");
        mo.publish(&reference);
        assert_eq!(server.mails_to(&ada.email).len(), letters.len() + 1);
        server.pass(TimeDelta::hours(1));
        form.clone().set("email", &ada.email).press().expect(200);
        let newest = server.link_in(&server.mail_to(&ada.email));
        ada.get(&newest).expect(200);
    }

    fn resets_that_come_at_the_same_moment_are_counted_one_by_one(backend: Backend) {
        let server = Server::start_with(backend, |config| config.limits.letters_an_hour = LETTERS);
        let ada = server.stakeholder("ada");
        let before = server.mails_to(&ada.email).len();
        let forms: Vec<_> = (0..16)
            .map(|_| server.anonymous().get("/password/reset").form("main form").set("email", &ada.email))
            .collect();
        for round in 0..5 {
            let answers = at_once(forms.len(), |hand| forms[hand].press());
            assert!(answers.iter().all(|(status, _)| *status == 200), "{answers:?}");
            let sent = server.mails_to(&ada.email).len() - before;
            assert_eq!(sent, (round + 1).min(3), "one in each pause, and three in an hour");
            server.pass(TimeDelta::minutes(2));
        }
    }

    fn registrations_that_come_at_the_same_moment_are_counted_one_by_one(backend: Backend) {
        let server = Server::start_with(backend, |config| config.limits.letters_an_hour = LETTERS);
        let ada = server.stakeholder("ada");
        let before = server.mails_to(&ada.email).len();
        // Somebody else registers her address again and again: she is told so, a few times.
        let forms: Vec<_> =
            (0..8).map(|_| server.registration("eve").1.set("email", &ada.email)).collect();
        for _ in 0..3 {
            let answers = at_once(forms.len(), |hand| forms[hand].press());
            assert!(answers.iter().all(|(status, _)| *status == 200), "{answers:?}");
        }
        let sent = server.mails_to(&ada.email).len() - before;
        assert!((1..=3).contains(&sent), "{sent} letters");
    }

    fn a_reset_asks_the_database_the_same_for_everybody(server: Server) {
        let ada = server.stakeholder("ada");
        let statements = |email: &str| {
            let (email, now, origin) = (Email::parse(email).unwrap(), server.clock().now(), server.origin.clone());
            let heard = Arc::new(Mutex::new(Vec::new()));
            let ear = heard.clone();
            let written: Result<(), DbError> = server.db().write_blocking(move |conn| {
                conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
                    if let InstrumentationEvent::StartQuery { query, .. } = event {
                        ear.lock().unwrap().push(query.to_string().split(" -- binds").next().unwrap().to_owned());
                    }
                });
                let outcome = reset::request(conn, now, &email, &origin, LETTERS);
                conn.set_instrumentation(|_: InstrumentationEvent<'_>| {});
                outcome
            });
            written.unwrap();
            std::mem::take(&mut *heard.lock().unwrap())
        };
        let sent = statements(&ada.email);
        assert!(sent.iter().any(|sql| sql.contains("outbox")), "{sent:#?}");
        assert_eq!(statements("nobody@example.org"), sent, "unknown");
        assert_eq!(statements(&ada.email), sent, "asked a moment ago");
        server.pass(TimeDelta::minutes(3));
        assert_eq!(statements(&ada.email), sent, "and again");
        assert_eq!(server.count("outbox WHERE recipient = 'nobody@example.org'"), 0);
    }
}
