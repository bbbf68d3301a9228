//! The postman: many letters at a time, each with a fate of its own.

use std::sync::atomic::AtomicBool;

use super::model::{Letter, MailState};
use super::store;
use super::transport::Transport;
use super::worker::Postman;
use crate::clock::{Clock, parse_rfc3339};
use crate::db::{Db, Target};

struct Office {
    postman: Postman,
    folder: tempfile::TempDir,
}

impl Office {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&Target::Sqlite(folder.path().join("portal.db"))).unwrap();
        let clock = Clock::frozen(parse_rfc3339("2018-12-01T10:00:00Z").unwrap());
        let transport = Transport::File(folder.path().join("mail"));
        Self { postman: Postman { db, clock, transport, from: "portal@example.org".parse().unwrap() }, folder }
    }

    fn queue(&self, to: &str, key: usize) {
        let now = self.postman.clock.now();
        let letter =
            Letter { once_key: format!("test:{key}"), to: to.into(), subject: "Word".into(), body: "Words.".into() };
        self.postman.db.write_blocking(move |conn| store::queue(conn, now, letter)).unwrap();
    }

    fn count(&self, state: MailState) -> i64 {
        self.postman.db.read_blocking(|conn| store::count(conn, state)).unwrap()
    }

    fn delivered(&self) -> usize {
        std::fs::read_dir(self.folder.path().join("mail")).map_or(0, Iterator::count)
    }
}

#[test]
fn letters_of_one_round_have_each_a_fate_of_their_own() {
    let office = Office::open();
    for (key, to) in ["ada@example.org", "no address@", "bea@example.org"].into_iter().enumerate() {
        office.queue(to, key);
    }
    assert_eq!(office.postman.round().unwrap(), 3);
    assert_eq!((office.count(MailState::Sent), office.count(MailState::Dead), office.delivered()), (2, 1, 2));
    assert_eq!(office.postman.round().unwrap(), 0);
}

#[test]
fn a_round_is_fifty_letters() {
    let office = Office::open();
    for key in 0..60 {
        office.queue("ada@example.org", key);
    }
    assert_eq!(office.postman.round().unwrap(), 50);
    assert_eq!((office.count(MailState::Queued), office.delivered()), (10, 50));
    assert_eq!(office.postman.round().unwrap(), 10);
}

#[test]
fn a_worker_that_is_to_stop_gives_back_what_it_did_not_try() {
    let office = Office::open();
    office.queue("ada@example.org", 0);
    assert_eq!(office.postman.round_until(&AtomicBool::new(true)).unwrap(), 0);
    assert_eq!(office.delivered(), 0);
    let now = office.postman.clock.now();
    let due = office.postman.db.read_blocking(|conn| store::due(conn, now, 5)).unwrap();
    let claimed = office.postman.db.write_blocking(move |conn| store::claim(conn, now, &due)).unwrap();
    assert_eq!(claimed.iter().map(|letter| letter.attempts).collect::<Vec<_>>(), [1], "due at once, as if never tried");
}
