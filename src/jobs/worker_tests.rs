//! The clerk: done, tried again, given up, taken up after a server was killed.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::TimeDelta;

use super::model::{Job, JobState, LEASE, MOST_ATTEMPTS, back_off};
use super::store;
use super::worker::{Clerk, Runner};
use crate::accounts;
use crate::clock::{Clock, Moment, parse_rfc3339};
use crate::db::{Db, DbError, Target};
use crate::ids::{AccountId, JobId};

struct Office {
    db: Db,
    clock: Clock,
    by: AccountId,
    _folder: tempfile::TempDir,
}

impl Office {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&Target::Sqlite(folder.path().join("portal.db"))).unwrap();
        let clock = Clock::frozen(parse_rfc3339("2018-12-01T10:00:00Z").unwrap());
        let by = AccountId::new();
        let now = clock.now();
        db.write_blocking(move |conn| accounts::store::insert(conn, now, &somebody(by))).unwrap();
        Self { db, clock, by, _folder: folder }
    }

    fn enqueue(&self) -> JobId {
        let (now, by) = (self.clock.now(), self.by);
        self.db.write_blocking(move |conn| store::enqueue(conn, now, "test", "{}".into(), by)).unwrap()
    }

    fn clerk(
        &self,
        work: impl Fn(&Job, &mut dyn FnMut(i64, i64)) -> Result<String, String> + Send + Sync + 'static,
    ) -> Clerk {
        let runner: Runner = Arc::new(work);
        Clerk { db: self.db.clone(), clock: self.clock.clone(), runner }
    }

    fn claim(&self, id: JobId) -> Option<Job> {
        let now = self.clock.now();
        self.db.write_blocking(move |conn| store::claim(conn, now, id)).unwrap()
    }

    fn job(&self, id: JobId) -> Job {
        self.db.read_blocking(|conn| store::by_id(conn, "test", id)).unwrap().unwrap()
    }

    fn write<T: Send + 'static>(
        &self,
        unit: impl FnOnce(&mut crate::db::AnyConnection, Moment) -> Result<T, DbError> + Send + 'static,
    ) -> T {
        let now = self.clock.now();
        self.db.write_blocking(move |conn| unit(conn, now)).unwrap()
    }
}

fn somebody(id: AccountId) -> accounts::model::Account {
    accounts::model::Account {
        id,
        email: "staff@example.org".into(),
        details: accounts::model::Details {
            name: "Staff".into(),
            stakeholder_group: "other".into(),
            organisation: None,
            country: None,
            on_behalf_of: accounts::model::OnBehalfOf::Myself,
        },
        language: "en".into(),
        password_hash: String::new(),
        role: crate::web::Role::Secretariat,
        confirmed_at: None,
        version: 1,
    }
}

#[test]
fn a_job_is_done_once_and_shows_how_far_it_is() {
    let office = Office::open();
    let id = office.enqueue();
    let (db, seen) = (office.db.clone(), Arc::new(AtomicUsize::new(0)));
    let counted = seen.clone();
    let clerk = office.clerk(move |job, progress| {
        progress(3, 10);
        let now = db.read_blocking(|conn| store::by_id(conn, "test", job.id)).unwrap().unwrap();
        assert_eq!((now.state, now.done, now.total), (JobState::Running, 3, 10));
        counted.fetch_add(1, Ordering::SeqCst);
        Ok("result".into())
    });
    assert_eq!(clerk.round().unwrap(), 1);
    assert_eq!(clerk.round().unwrap(), 0);
    assert_eq!(seen.load(Ordering::SeqCst), 1);
    let job = office.job(id);
    assert_eq!((job.state, job.done, job.result.as_str()), (JobState::Done, 10, "result"));
    assert_eq!(job.finished_at, Some(office.clock.now()));
}

#[test]
fn a_failing_job_is_tried_three_times_and_a_panic_is_a_failure() {
    let office = Office::open();
    let id = office.enqueue();
    let clerk = office.clerk(|job, _| if job.attempts == 2 { panic!("on purpose") } else { Err("no disk".into()) });
    for attempt in 1..=MOST_ATTEMPTS {
        assert_eq!(clerk.round().unwrap(), 1, "{attempt}");
        assert_eq!(clerk.round().unwrap(), 0, "not before its time");
        let job = office.job(id);
        assert_eq!(job.attempts, attempt);
        assert_eq!(job.state, if attempt < MOST_ATTEMPTS { JobState::Queued } else { JobState::Failed });
        office.clock.advance(back_off(attempt));
    }
    assert_eq!(clerk.round().unwrap(), 0);
    assert_eq!(office.job(id).result, "no disk");
}

#[test]
fn the_job_of_a_killed_server_is_taken_up_after_its_lease_and_not_before() {
    let office = Office::open();
    let id = office.enqueue();
    let first = office.claim(id).unwrap();
    assert_eq!(office.claim(id), None, "one winner");
    let clerk = office.clerk(|_, _| Ok("second".into()));
    office.clock.advance(LEASE - TimeDelta::seconds(1));
    assert_eq!(clerk.round().unwrap(), 0);
    office.clock.advance(TimeDelta::seconds(1));
    assert_eq!(clerk.round().unwrap(), 1);
    let kept = office.write(move |conn, now| store::finish(conn, now, id, first.attempts, "first"));
    assert!(!kept, "who lost the lease changes nothing");
    assert_eq!(office.job(id).result, "second");
}

#[test]
fn a_live_worker_keeps_its_job_beyond_the_lease() {
    let office = Office::open();
    let id = office.enqueue();
    let held = office.claim(id).unwrap();
    office.clock.advance(LEASE - TimeDelta::seconds(1));
    assert!(office.write(move |conn, now| store::renew(conn, now, id, held.attempts)));
    office.clock.advance(TimeDelta::seconds(2));
    assert_eq!(office.claim(id), None);
    assert!(office.write(move |conn, now| store::progress(conn, now, id, 1, 1, 2)));
    office.clock.advance(LEASE);
    let again = office.claim(id).unwrap();
    assert_eq!((again.attempts, again.done, again.total), (2, 0, 0));
    assert!(!office.write(move |conn, now| store::renew(conn, now, id, 1)));
}

#[test]
fn a_job_that_kills_its_server_each_time_is_given_up() {
    let office = Office::open();
    let id = office.enqueue();
    for _ in 0..MOST_ATTEMPTS {
        assert!(office.claim(id).is_some());
        office.clock.advance(LEASE);
    }
    assert_eq!(office.claim(id), None);
    let clerk = office.clerk(|_, _| Ok(String::new()));
    assert_eq!(clerk.round().unwrap(), 0);
    assert_eq!(office.job(id).state, JobState::Failed);
}
