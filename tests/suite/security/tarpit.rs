//! A mail server that takes minutes for a word: readers and senders notice nothing, the letter is given up in time and tried
//! again, and other letters go on.

use chrono::TimeDelta;
use norm_portal::config::MailTransport;

use crate::harness::server::secret;
use crate::harness::{Backend, Server, on_both};
use crate::smtp::{Catcher, Mode};

/// A portal whose mail server may be silent for so many seconds.
fn sending(backend: Backend, catcher: &Catcher, seconds: u64) -> Server {
    let url = format!("smtp://{}", catcher.addr);
    Server::start_posting(backend, |config| {
        config.mail.transport = MailTransport::Smtp;
        config.mail.smtp_url = Some(secret(&url));
        config.mail.smtp_seconds = seconds;
        config.mail.from = "portal@norms.example".into();
    })
}

fn registers(server: &Server, nick: &str) {
    server.registration(nick).1.press().expect(200);
}

/// To whom letters came.
fn reached(catcher: &Catcher) -> Vec<String> {
    catcher.messages().into_iter().flat_map(|letter| letter.to).collect()
}

const WAITS: &str = "outbox WHERE state = 'queued' AND attempts = 1 AND last_error <> ''";

on_both! {
    fn readers_and_senders_go_on_while_a_mail_server_says_nothing(backend: Backend) {
        let catcher = Catcher::start(Mode::NeverGreet);
        let server = sending(backend, &catcher, 40);
        registers(&server, "ada");
        std::thread::scope(|scope| {
            let delivering = scope.spawn(|| server.portal().postman().unwrap().round().unwrap());
            while catcher.connections() == 0 {
                std::thread::yield_now();
            }
            server.anonymous().get("/").expect(200);
            registers(&server, "bob");
            assert!(!delivering.is_finished(), "the mail server is still waited for");
            drop(catcher);
            assert_eq!(delivering.join().unwrap(), 1);
        });
        assert_eq!((server.count(WAITS), server.count("outbox")), (1, 2));
    }

    fn a_server_that_never_says_a_word_is_left_in_time(backend: Backend) {
        let catcher = Catcher::start(Mode::NeverGreet);
        let server = sending(backend, &catcher, 1);
        registers(&server, "ada");
        assert_eq!(server.deliver(), 1);
        assert_eq!(server.count(WAITS), 1);
        catcher.switch(Mode::Accept);
        server.pass(TimeDelta::minutes(2));
        assert_eq!(server.deliver(), 1);
        assert_eq!(reached(&catcher), ["ada@example.org"]);
    }

    fn a_server_that_says_a_word_letter_by_letter_holds_up_no_other_letter(backend: Backend) {
        let catcher = Catcher::start(Mode::Drip("ada@example.org"));
        let server = sending(backend, &catcher, 1);
        registers(&server, "ada");
        registers(&server, "bob");
        assert_eq!(server.deliver(), 2);
        assert_eq!(reached(&catcher), ["bob@example.org"]);
        assert!(catcher.dripped() > 3, "it was never silent for a second: {}", catcher.dripped());
        assert_eq!(server.count(&format!("{WAITS} AND last_error LIKE '%too long%'")), 1);
        catcher.switch(Mode::Accept);
        server.pass(TimeDelta::minutes(2));
        assert_eq!(server.deliver(), 1);
        assert!(reached(&catcher).contains(&"ada@example.org".to_owned()));
    }
}
