//! A portal of one test alone: own database, own data folder, own port, a clock that stands still, mail in memory.

use std::net::TcpListener;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use chrono::{NaiveDate, TimeDelta};
use norm_portal::app::Portal;
use norm_portal::audit;
use norm_portal::clock::{Clock, Moment};
use norm_portal::config::{Config, Secret};
use norm_portal::db::{Db, DbError, Target};
use norm_portal::epochs::{self, Scope};
use norm_portal::mail::model::Due;
use norm_portal::mail::transport::Transport;

use super::Backend;
use super::client::Client;
use super::rows::Rows;
use super::template;
use crate::postgres;

/// A running portal. Dropping it stops it and removes what it stored.
pub struct Server {
    /// Scheme, host and port, without a slash at the end.
    pub origin: String,
    portal: Portal,
    clock: Clock,
    letters: Arc<Mutex<Vec<Due>>>,
    stop: actix_web::dev::ServerHandle,
    thread: Option<JoinHandle<()>>,
    data: tempfile::TempDir,
    database: Option<postgres::Database>,
}

/// A letter as it arrived.
#[derive(Debug, Clone)]
pub struct Mail {
    /// The address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub body: String,
}

/// Noon of 23 November 2026, UTC: when every test begins.
pub fn noon() -> Moment {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap().and_hms_opt(12, 0, 0).unwrap()
}

/// A setting that may hold a password.
pub fn secret(text: &str) -> Secret {
    serde_json::from_value(text.into()).unwrap()
}

/// What begins the address of a portal that is reached by a name: the port is added.
const NAMED: &str = "http://localhost";

impl Server {
    /// A portal that is reached by a name, as browsers ask for where there are passkeys.
    pub fn named(backend: Backend) -> Self {
        Self::start_with(backend, |config| config.server.public_url = Some(NAMED.to_owned()))
    }

    /// A portal with the built-in settings.
    pub fn start(backend: Backend) -> Self {
        Self::start_with(backend, |_| {})
    }

    /// A portal with settings of its own.
    pub fn start_with(backend: Backend, change: impl FnOnce(&mut Config)) -> Self {
        let letters = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&letters);
        Self::start_sending(backend, change, letters, move |_| Transport::Memory(kept))
    }

    /// A portal that sends its mail by the settings, not into memory: [`Server::mails`] stays empty.
    pub fn start_posting(backend: Backend, change: impl FnOnce(&mut Config)) -> Self {
        Self::start_sending(backend, change, Arc::default(), |config| config.mail.open(&config.data_dir).unwrap())
    }

    fn start_sending(
        backend: Backend,
        change: impl FnOnce(&mut Config),
        letters: Arc<Mutex<Vec<Due>>>,
        transport: impl FnOnce(&Config) -> Transport,
    ) -> Self {
        let data = tempfile::tempdir().unwrap();
        let database = (backend == Backend::Postgresql).then(template::database);
        let mut config = Config::load(None).unwrap();
        data.path().clone_into(&mut config.data_dir);
        config.files.reader = Some(env!("CARGO_BIN_EXE_norm-portal").into());
        config.database.url = database.as_ref().map(|database| secret(&database.url));
        // Tests of the hold have one; for the others a letter leaves when they look for it.
        config.moderation.hold_seconds = 0;
        // A test sends more from one account in a second than a person does in a day.
        config.limits.on = false;
        change(&mut config);
        if let Target::Sqlite(path) = config.database.target(&config.data_dir).unwrap()
            && !path.exists()
        {
            template::copy_to(&path);
        }
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let bound = listener.local_addr().unwrap();
        let mut origin = format!("http://{bound}");
        if config.server.public_url.as_deref() == Some(NAMED) {
            origin = format!("{NAMED}:{}", bound.port());
            config.server.public_url = Some(origin.clone());
        }
        let clock = Clock::frozen(noon());
        let transport = transport(&config);
        let portal = Portal::open(config, clock.clone(), transport, bound).unwrap();
        let (tell, told) = channel();
        let serving = portal.clone();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = serving.server(listener, 2).unwrap();
                tell.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        let stop = told.recv().unwrap();
        Self { origin, portal, clock, letters, stop, thread: Some(thread), data, database }
    }

    /// The portal behind the server.
    pub fn portal(&self) -> &Portal {
        &self.portal
    }

    /// Its clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Moves its clock on.
    pub fn pass(&self, time: TimeDelta) {
        self.clock.advance(time);
    }

    /// Its database.
    pub fn db(&self) -> &Db {
        self.portal.site().db()
    }

    /// The address of its database server's database, if it is not a file.
    pub fn database_url(&self) -> Option<&str> {
        self.database.as_ref().map(|database| database.url.as_str())
    }

    /// Its data folder.
    pub fn data_dir(&self) -> &std::path::Path {
        self.data.path()
    }

    /// The one number that `query` asks for as `n`.
    pub fn number(&self, query: &str) -> i64 {
        Rows::of(self.db()).number(query)
    }

    /// Says to what keeps pages that a test changed rows which no act of the portal changes so.
    pub fn changed_by_hand(&self) {
        let raised: Result<i64, DbError> = self.db().write_blocking(|conn| epochs::raise(conn, Scope::Site));
        raised.expect("the epoch is raised");
    }

    /// How many rows a table has, or a part of one: `comments WHERE state = 'pending'`.
    pub fn count(&self, rows: &str) -> i64 {
        Rows::of(self.db()).count(rows)
    }

    /// Runs a statement; how many rows it changed.
    pub fn execute(&self, statement: &str) -> usize {
        Rows::of(self.db()).execute(statement)
    }

    /// How many audit entries `action` has.
    pub fn audited(&self, action: &str) -> i64 {
        self.count(&format!("audit_log WHERE action = '{action}'"))
    }

    /// Fails unless the audit log holds.
    pub fn assert_audit_holds(&self) {
        self.db().snapshot_blocking(audit::verify).unwrap().unwrap();
    }

    /// Sends what is due; how many letters were tried.
    pub fn deliver(&self) -> usize {
        let postman = self.portal.postman().unwrap();
        let mut tried = 0;
        loop {
            match postman.round().unwrap() {
                0 => return tried,
                more => tried += more,
            }
        }
    }

    /// Does the jobs that are due; how many were begun.
    pub fn clerk_round(&self) -> usize {
        self.portal.clerk().round().unwrap()
    }

    /// Looks at what arrived; how many revisions that were.
    pub fn porter_round(&self) -> usize {
        self.portal.porter().round().unwrap()
    }

    /// Has the files that wait looked through; of how many it is known now what they are.
    pub fn scanner_round(&self) -> usize {
        self.portal.scanner().unwrap().round().unwrap()
    }

    /// Throws away what is past its time; how many things that were.
    pub fn keeper_round(&self) -> usize {
        self.portal.keeper().round().unwrap()
    }

    /// Every letter so far, oldest first.
    pub fn mails(&self) -> Vec<Mail> {
        self.deliver();
        let letters = self.letters.lock().unwrap();
        let mail = |due: &Due| Mail { to: due.to.clone(), subject: due.subject.clone(), body: due.body.clone() };
        letters.iter().map(mail).collect()
    }

    /// Every letter to `address`, oldest first.
    pub fn mails_to(&self, address: &str) -> Vec<Mail> {
        self.mails().into_iter().filter(|mail| mail.to == address).collect()
    }

    /// The newest letter to `address`.
    #[track_caller]
    pub fn mail_to(&self, address: &str) -> Mail {
        self.mails_to(address).pop().unwrap_or_else(|| panic!("no letter to {address}"))
    }

    /// The path of the first link of ours in `mail`.
    #[track_caller]
    pub fn link_in(&self, mail: &Mail) -> String {
        let found = mail.body.split_whitespace().find_map(|word| word.strip_prefix(self.origin.as_str()));
        found.unwrap_or_else(|| panic!("no link of ours in {mail:?}")).to_owned()
    }

    /// Somebody who never came before.
    pub fn anonymous(&self) -> Client {
        Client::new(&self.origin)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The command is on its way with the call; the thread ends with the server.
        drop(self.stop.stop(false));
        let ended = self.thread.take().map(JoinHandle::join);
        // A second panic while one unwinds would abort the whole suite.
        assert!(!matches!(ended, Some(Err(_))) || std::thread::panicking(), "the server ended with a panic");
    }
}
