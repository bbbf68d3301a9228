//! Files that clamd looks through, as told by a clamd of our own that also falls silent, goes away and comes back.

use std::io::Read as _;
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::UnixListener;
use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use norm_portal::comments::attachments::scan::Scanner;

use super::{NORM, file_on, shows_no_file};
use crate::harness::comments::send;
use crate::harness::{Backend, Person, Server, on_both};

/// The test file of the European Institute for Computer Antivirus Research, put together here so that no scanner takes this
/// source for it.
fn eicar() -> String {
    format!("X5O!P%@AP[4\\PZX54(P^)7CC)7}}${}-ANTIVIRUS-TEST-FILE!$H+H*", "EICAR-STANDARD")
}

/// What is too long for our clamd.
const LONG: &str = "As long as can be.";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Answers,
    Hangs,
    HangsUp,
}

/// A clamd on a port.
struct Fake {
    place: String,
    mode: Arc<Mutex<Mode>>,
}

impl Fake {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let place = listener.local_addr().unwrap().to_string();
        let mode = Arc::new(Mutex::new(Mode::Answers));
        let wanted = Arc::clone(&mode);
        std::thread::spawn(move || {
            // Those that are kept are never answered.
            let mut kept: Vec<TcpStream> = Vec::new();
            for stream in listener.incoming().map_while(Result::ok) {
                let mode = *wanted.lock().unwrap();
                match mode {
                    Mode::Answers => converse(stream),
                    Mode::Hangs => kept.push(stream),
                    Mode::HangsUp => {}
                }
            }
        });
        Self { place, mode }
    }

    fn now(&self, mode: Mode) {
        *self.mode.lock().unwrap() = mode;
    }

    fn guards(&self, backend: Backend) -> Server {
        Server::start_with(backend, |config| {
            config.files.clamd = Some(self.place.clone());
            config.files.clamd_seconds = 1;
        })
    }
}

/// Reads one file by INSTREAM and says what is in it.
fn converse(mut stream: impl std::io::Read + std::io::Write) {
    let mut command = [0; 10];
    stream.read_exact(&mut command).unwrap();
    assert_eq!(&command, b"zINSTREAM\0");
    let mut file = Vec::new();
    loop {
        let mut length = [0; 4];
        stream.read_exact(&mut length).unwrap();
        let length = u64::from(u32::from_be_bytes(length));
        if length == 0 {
            break;
        }
        (&mut stream).take(length).read_to_end(&mut file).unwrap();
    }
    let text = String::from_utf8_lossy(&file).into_owned();
    let answer = match () {
        () if text.contains(&eicar()) => "stream: Eicar-Test-Signature FOUND\0",
        () if text.contains(LONG) => "INSTREAM size limit exceeded. ERROR\0",
        () => "stream: OK\0",
    };
    stream.write_all(answer.as_bytes()).unwrap();
}

fn sent(person: &Person, text: &str) -> String {
    send(&person.whole_form(NORM, "See the file.").set("publication", "named").choose("attachment", "a.txt", text))
}

fn file_of(person: &Person, reference: &str) -> String {
    file_on(&person.get(&format!("/my-comments/{reference}")).expect(200))
}

on_both! {
    fn a_file_is_held_back_until_it_was_looked_through(backend: Backend) {
        let fake = Fake::start();
        let server = fake.guards(backend);
        let (ada, mo, eve) = (server.stakeholder("ada"), server.moderator("mo"), server.anonymous());
        let reference = sent(&ada, "Nothing bad.");
        let file = file_of(&ada, &reference);
        ada.get(&format!("/my-comments/{reference}")).reads("Not looked through");
        mo.get(&format!("/secretariat/comments/{reference}")).reads("Not looked through");
        for person in [&ada, &mo] {
            let answer = person.get(&file).expect(503);
            answer.reads("has not been looked through yet").lacks("Nothing bad.");
            assert_eq!(answer.header("cache-control"), Some("no-store"));
        }
        eve.get(&file).expect(404);
        let holds = |path: &str| ada.get(path).expect(200).body.windows(5).any(|bytes| bytes == b"a.txt");
        let all = [format!("/receipts/{reference}/file"), "/account/data/file".to_owned()];
        assert!(!all.iter().any(|path| holds(path)), "no file that holds others has it either");
        mo.decide(&reference, "publish", "", "").expect(422).reads("It can be published once that is done");
        let queue = mo.get("/secretariat").expect(200).form("form[action*='/bulk']");
        let (first, page) = (queue.offered("item").remove(0), queue);
        let many = page.tick("item", &first).go("chosen").expect(200).form("form[action*='/bulk']");
        let batch = many.set("outcome", "publish").press().expect(303).follow().expect(200);
        batch.reads("Not published: a file of it has not been looked through");
        assert_eq!(server.count("decisions"), 0);
        assert_eq!(server.scanner_round(), 1);
        assert_eq!(server.scanner_round(), 0);
        assert_eq!(ada.get(&file).expect(200).text(), "Nothing bad.");
        assert!(all.iter().all(|path| holds(path)));
        ada.get(&format!("/my-comments/{reference}")).expect(200).lacks("Not looked through");
        mo.publish(&reference);
        assert_eq!(eve.get(&file).expect(200).text(), "Nothing bad.");
    }

    fn a_harmful_file_is_thrown_away_and_its_sender_told(backend: Backend) {
        let fake = Fake::start();
        let server = fake.guards(backend);
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reference = sent(&ada, &eicar());
        let file = file_of(&ada, &reference);
        let seen = mo.verdict_form(&reference);
        assert_eq!(server.scanner_round(), 1);
        for person in [&ada, &mo] {
            person.get(&file).expect(404);
        }
        assert!(shows_no_file(&ada.get(&format!("/my-comments/{reference}")).expect(200)));
        assert_eq!(server.count("attachments"), 0);
        let stored = walk(&server.data_dir().join("attachments"));
        assert!(stored.is_empty(), "{stored:?}");
        let told = server.mail_to(&ada.email).body;
        assert!(told.contains("Eicar-Test-Signature") && told.contains(&reference) && told.contains("a.txt"), "{told}");
        assert_eq!(server.audited("attachment.harmful"), 1);
        server.assert_audit_holds();
        seen.set("outcome", "publish").press().expect(409);
        mo.publish(&reference);
    }

    fn files_of_before_are_looked_through_when_the_operator_says_so(backend: Backend) {
        let server = Server::start(backend);
        let (ada, mo, eve) = (server.stakeholder("ada"), server.moderator("mo"), server.anonymous());
        let references = ["Nothing bad.".to_owned(), eicar()].map(|text| sent(&ada, &text));
        let pages = references.each_ref().map(|reference| format!("/comments/{reference}"));
        for reference in &references {
            mo.publish(reference);
        }
        let [good, bad] = pages.each_ref().map(|page| file_on(&eve.get(page).expect(200)));
        let program = crate::harness::Program::beside(&server);
        let failed = program.run(&["scan-files"]);
        assert_eq!(failed.status.code(), Some(1), "nobody would look through them");
        eve.get(&bad).expect(200);
        let fake = Fake::start();
        let told = program.with("NORM_PORTAL_FILES__CLAMD", &fake.place).done(&["scan-files"]);
        assert!(told.starts_with("2 files wait"), "{told}");
        server.pass(TimeDelta::seconds(3));
        for (page, file) in pages.iter().zip([&good, &bad]) {
            eve.get(file).expect(404);
            assert!(shows_no_file(&eve.get(page).expect(200)), "{page}");
            ada.get(file).expect(503);
        }
        let clamd = norm_portal::files::Clamd::at(&fake.place, std::time::Duration::from_secs(10)).unwrap();
        let scanner = Scanner { clamd: Some(clamd), ..server.portal().scanner().unwrap() };
        assert_eq!(scanner.round().unwrap(), 2);
        server.pass(TimeDelta::seconds(3));
        assert_eq!(eve.get(&good).expect(200).text(), "Nothing bad.");
        assert_eq!(file_on(&eve.get(&pages[0]).expect(200)), good);
        eve.get(&bad).expect(404);
        assert!(shows_no_file(&eve.get(&pages[1]).expect(200)));
        assert!(server.mail_to(&ada.email).body.contains("Eicar-Test-Signature"));
        assert_eq!((server.audited("attachments.scan_begun"), server.audited("attachment.harmful")), (1, 1));
        server.assert_audit_holds();
    }

    fn a_scanner_that_is_silent_or_away_opens_nothing(backend: Backend) {
        let fake = Fake::start();
        let server = fake.guards(backend);
        let ada = server.stakeholder("ada");
        let file = file_of(&ada, &sent(&ada, "Patience."));
        for mode in [Mode::Hangs, Mode::HangsUp] {
            fake.now(mode);
            assert_eq!(server.scanner_round(), 0);
            ada.get(&file).expect(503);
        }
        fake.now(Mode::Answers);
        assert_eq!(server.scanner_round(), 1);
        ada.get(&file).expect(200);
    }

    fn a_file_that_can_not_be_looked_through_holds_up_no_other(backend: Backend) {
        let fake = Fake::start();
        let server = fake.guards(backend);
        let ada = server.stakeholder("ada");
        let long = file_of(&ada, &sent(&ada, LONG));
        let short = file_of(&ada, &sent(&ada, "Short."));
        assert_eq!(server.scanner_round(), 1);
        ada.get(&long).expect(503);
        ada.get(&short).expect(200);
        // Whoever switches clamd off lets go what waited for it.
        let without = Scanner { clamd: None, ..server.portal().scanner().unwrap() };
        assert_eq!(without.round().unwrap(), 1);
        ada.get(&long).expect(200);
    }
}

/// Every file below a folder.
fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(walk(&path)) } else { found.push(path) }
    }
    found
}

#[test]
fn nobody_listening_is_away_and_a_socket_does_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("clamd.ctl");
    let server = Server::start_with(Backend::Sqlite, |config| config.files.clamd = Some(socket.display().to_string()));
    let ada = server.stakeholder("ada");
    let file = file_of(&ada, &sent(&ada, "By socket."));
    assert_eq!(server.scanner_round(), 0);
    ada.get(&file).expect(503);
    let listener = UnixListener::bind(&socket).unwrap();
    let clamd = std::thread::spawn(move || converse(listener.accept().unwrap().0));
    assert_eq!(server.scanner_round(), 1);
    clamd.join().unwrap();
    assert_eq!(ada.get(&file).expect(200).text(), "By socket.");
}
