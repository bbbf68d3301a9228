//! Mail on its way through a real mail server that misbehaves in every way it can.

use chrono::TimeDelta;
use norm_portal::config::MailTransport;

use crate::harness::server::secret;
use crate::harness::{Backend, Server, on_both};
use crate::smtp::{Catcher, Caught, Encryption, Mode};

/// A portal that sends through `catcher`, trusting `authority`.
fn sending(backend: Backend, catcher: &Catcher, url: &str, authority: Option<&str>) -> Server {
    let folder = tempfile::tempdir().unwrap();
    let file = authority.map(|pem| {
        let file = folder.path().join("ca.pem");
        std::fs::write(&file, pem).unwrap();
        file
    });
    let url = url.replace("{port}", &catcher.addr.port().to_string());
    Server::start_posting(backend, |config| {
        config.mail.transport = MailTransport::Smtp;
        config.mail.smtp_url = Some(secret(&url));
        config.mail.smtp_ca_file = file;
        config.mail.from = "portal@norms.example".into();
    })
}

/// Somebody registers: one letter is in the outbox.
fn one_letter(server: &Server) {
    server.registration("ada").1.press().expect(200);
    assert_eq!(server.count("outbox WHERE state = 'queued'"), 1);
}

fn header(letter: &Caught, name: &str) -> String {
    let text = letter.text();
    let head = text.split("\r\n\r\n").next().unwrap_or_default().to_owned();
    let prefix = format!("{name}: ");
    let line = head.split("\r\n").find_map(|line| line.strip_prefix(prefix.as_str()).map(str::to_owned));
    line.unwrap_or_else(|| panic!("no {name} in\n{head}"))
}

/// The text of a letter, its transfer encoding undone.
fn body(letter: &Caught) -> String {
    let text = letter.text();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    if head.contains("quoted-printable") {
        return body.replace("=\r\n", "").replace("=3D", "=");
    }
    body.to_owned()
}

const PLAIN: &str = "smtp://127.0.0.1:{port}";
const STARTTLS: &str = "smtp://127.0.0.1:{port}?tls=required";
const TLS: &str = "smtps://127.0.0.1:{port}";

on_both! {
    fn letters_arrive_plain_by_starttls_and_in_tls(backend: Backend) {
        for (encryption, url) in [(Encryption::None, PLAIN), (Encryption::StartTls, STARTTLS), (Encryption::Implicit, TLS)] {
            let catcher = Catcher::start_with(Mode::Accept, encryption);
            let authority = catcher.ca_pem();
            let server = sending(backend, &catcher, url, (encryption != Encryption::None).then_some(authority.as_str()));
            one_letter(&server);
            assert_eq!(server.deliver(), 1);
            let [letter] = &catcher.messages()[..] else { panic!("{:?}", catcher.messages()) };
            assert_eq!((letter.from.as_str(), letter.to.as_slice()), ("portal@norms.example", &["ada@example.org".to_owned()][..]));
            assert_eq!(letter.encrypted, encryption != Encryption::None, "{url}");
            assert!(header(letter, "From").contains("Norm Portal"));
            assert_eq!(header(letter, "Subject"), "Confirm your address for Norm Portal");
            assert!(header(letter, "Message-ID").ends_with("@norms.example>"));
            assert!(header(letter, "Date").contains("23 Nov 2026 12:00:00"));
            let text = body(letter);
            let link = text.split_whitespace().find_map(|word| word.strip_prefix(server.origin.as_str())).unwrap();
            server.anonymous().get(link).expect(200);
            assert_eq!(server.count("outbox WHERE state = 'sent' AND last_error = ''"), 1);
            assert_eq!(server.deliver(), 0);
        }
    }

    fn a_server_under_a_foreign_authority_gets_no_letter(backend: Backend) {
        let foreign = Catcher::start_with(Mode::Accept, Encryption::Implicit).ca_pem();
        for (encryption, url) in [(Encryption::StartTls, STARTTLS), (Encryption::Implicit, TLS)] {
            for authority in [None, Some(foreign.as_str())] {
                let catcher = Catcher::start_with(Mode::Accept, encryption);
                let server = sending(backend, &catcher, url, authority);
                one_letter(&server);
                assert_eq!(server.deliver(), 1);
                assert!(catcher.messages().is_empty(), "{url}: {:?}", catcher.messages());
                assert_eq!(server.count("outbox WHERE state = 'queued' AND last_error <> ''"), 1, "it is tried again");
            }
        }
        // A server that offers no encryption where it is required gets nothing either.
        let catcher = Catcher::start_with(Mode::Accept, Encryption::None);
        let server = sending(backend, &catcher, STARTTLS, Some(&foreign));
        one_letter(&server);
        server.deliver();
        assert!(catcher.messages().is_empty());
    }

    fn a_refused_recipient_is_given_up_shown_and_sent_again(backend: Backend) {
        let catcher = Catcher::start(Mode::Accept);
        let server = sending(backend, &catcher, PLAIN, None);
        let sec = server.secretariat("sec");
        catcher.switch(Mode::RefuseRecipient);
        // The letter about the second factor of the desk is none of those looked at here.
        server.execute("DELETE FROM outbox");
        one_letter(&server);
        server.deliver();
        assert_eq!(server.count("outbox WHERE state = 'dead'"), 1);
        assert_eq!(server.deliver(), 0, "a dead letter rests");
        let page = sec.get("/secretariat/mail").expect(200);
        page.reads("ada@example.org").reads("550").reads("Given up");
        catcher.switch(Mode::Accept);
        let again = page.form("form[action$='/retry']");
        again.press().expect(303).follow().reads("will be sent again").lacks("/retry");
        again.press().expect(303).follow().reads("nothing was changed");
        assert_eq!(server.deliver(), 1);
        assert_eq!(catcher.messages().len(), 1);
        assert_eq!(server.audited("mail.revived"), 1);
        sec.get("/secretariat/mail").expect(200).reads("Nothing has failed");
    }

    fn a_server_that_asks_for_patience_is_asked_again_ever_later(backend: Backend) {
        let catcher = Catcher::start(Mode::TryLater);
        let server = sending(backend, &catcher, PLAIN, None);
        let sec = server.secretariat("sec");
        // The letter about the second factor of the desk is none of those looked at here.
        server.execute("DELETE FROM outbox");
        one_letter(&server);
        let mut waits = Vec::new();
        let mut waited = TimeDelta::zero();
        assert_eq!(server.deliver(), 1);
        assert_eq!(server.deliver(), 0, "not before its time");
        sec.get("/secretariat/mail").expect(200).reads("ada@example.org").reads("451").lacks("/retry");
        while server.count("outbox WHERE state = 'queued'") == 1 {
            let step = TimeDelta::seconds(30);
            server.pass(step);
            waited += step;
            if server.deliver() == 1 {
                waits.push(waited.num_seconds());
                waited = TimeDelta::zero();
            }
        }
        assert_eq!(waits, [30, 60, 120, 240, 480, 960, 1_920, 3_840, 7_680, 15_360, 28_800]);
        assert_eq!(server.count("outbox WHERE state = 'dead' AND attempts = 12"), 1);
        assert!(catcher.messages().is_empty());
    }

    fn a_letter_taken_without_a_word_is_sent_again_under_the_same_name(backend: Backend) {
        let catcher = Catcher::start(Mode::DropAfterData);
        let server = sending(backend, &catcher, PLAIN, None);
        one_letter(&server);
        server.deliver();
        assert_eq!(server.count("outbox WHERE state = 'queued' AND attempts = 1"), 1);
        catcher.switch(Mode::Accept);
        server.pass(TimeDelta::seconds(30));
        assert_eq!(server.deliver(), 1);
        let letters = catcher.messages();
        assert_eq!(letters.iter().map(|letter| letter.acknowledged).collect::<Vec<_>>(), [false, true]);
        assert_eq!(header(&letters[0], "Message-ID"), header(&letters[1], "Message-ID"));
        assert_eq!(body(&letters[0]), body(&letters[1]));
        assert_eq!(server.count("outbox WHERE state = 'sent'"), 1);
    }

    fn a_mail_server_that_is_gone_stops_nobody(backend: Backend) {
        let catcher = Catcher::start(Mode::Accept);
        let server = sending(backend, &catcher, PLAIN, None);
        drop(catcher);
        one_letter(&server);
        assert_eq!(server.deliver(), 1);
        assert_eq!(server.count("outbox WHERE state = 'queued' AND attempts = 1"), 1);
        server.anonymous().get("/").expect(200);
    }

    fn a_worker_that_was_killed_leaves_its_letter_to_the_next(server: Server) {
        server.registration("ada").1.press().expect(200);
        // What a killed worker leaves: claimed, not noted as sent.
        let ids = server.db().read_blocking(|conn| norm_portal::mail::store::due(conn, crate::harness::server::noon(), 1)).unwrap();
        let now = server.clock().now();
        let claimed = server.db().write_blocking(move |conn| norm_portal::mail::store::claim(conn, now, &ids)).unwrap();
        assert_eq!(claimed.len(), 1);
        assert_eq!(server.deliver(), 0, "it is held");
        server.pass(TimeDelta::minutes(5));
        assert_eq!(server.mails_to("ada@example.org").len(), 1);
    }
}
