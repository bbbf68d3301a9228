//! Builds the portal from settings and a listener: database, norms, workers, server.

use std::fs::DirBuilder;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpServer, dev::Server, web};
use socket2::SockRef;

use crate::accounts::organisations::domains::{self, FreeMail};
use crate::accounts::passkeys::store as passkeys;
use crate::accounts::password::Hasher;
use crate::accounts::sessions::store as sessions;
use crate::accounts::{invite, session, store as people};
use crate::backup::schedule;
use crate::clock::Clock;
use crate::comments::attachments::scan::Scanner;
use crate::comments::attachments::sweep::sweep;
use crate::comments::drafts::store as drafts;
use crate::comments::record::rebuild::rebuild;
use crate::config::Config;
use crate::db::{Db, DbError, dialect};
use crate::export;
use crate::files::{FileError, Files, Reader};
use crate::gate;
use crate::jobs::worker::Clerk;
use crate::keeper::{Keeper, Step};
use crate::mail::store as letters;
use crate::mail::transport::Transport;
use crate::mail::worker::Postman;
use crate::moderation::arrivals::Porter;
use crate::moderation::claims::store as claims;
use crate::moderation::flags::store as flags;
use crate::moderation::reports::store as reports;
use crate::norms::import::{self, ImportError, Imported};
use crate::norms::package::{self, Package, PackageError};
use crate::norms::shelf::Shelf;
use crate::norms::store as norms;
use crate::norms::vocabulary::{self, Vocabulary};
use crate::oversight::{digest, figures};
use crate::routes;
use crate::senders::store as senders;
use crate::web::form::body_limit;
use crate::web::{Site, cache, shell, tls};

/// Why the portal can't start: for the operator.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A setting is wrong.
    #[error("{0}")]
    Setting(String),
    /// The database can't be used.
    #[error("the database can't be used: {0}")]
    Database(#[from] DbError),
    /// The norm package can't be used.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// The norm package does not fit what is there.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The place of attachments can't be used.
    #[error("the place of attachments can't be used: {0}")]
    Files(#[from] FileError),
    /// A file or an address can't be used.
    #[error("{0}")]
    Io(String),
}

/// A portal that is set up but does not answer yet. Cheap to clone.
#[derive(Clone)]
pub struct Portal {
    site: Site,
    clock: Clock,
    transport: Transport,
    vocabulary: Arc<Vocabulary>,
    shelf: Arc<Shelf>,
    free_mail: Arc<FreeMail>,
    hasher: Hasher,
    files: Files,
    reader: Reader,
}

/// Opens the database that the settings name.
pub fn open_database(config: &Config) -> Result<Db, StartError> {
    let target = config.database.target(&config.data_dir).map_err(StartError::Setting)?;
    // Mail with links, confidential exports and the database lie here: for the portal's own user alone.
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&config.data_dir)
        .map_err(|error| StartError::Io(format!("{}: {error}", config.data_dir.display())))?;
    Ok(Db::open(&target)?)
}

/// Reads the norm package in `file`, or the one built in.
pub fn norm_package(file: Option<&Path>) -> Result<Package, StartError> {
    let Some(file) = file else { return Ok(Package::parse(package::SHIPPED)?) };
    let wrong = |error: String| StartError::Io(format!("norm package {}: {error}", file.display()));
    let text = std::fs::read_to_string(file).map_err(|error| wrong(error.to_string()))?;
    Package::parse(&text).map_err(|error| wrong(error.to_string()))
}

/// Imports the norm package in `file`, or the one built in.
pub fn import_norms(db: &Db, clock: &Clock, file: Option<&Path>) -> Result<Imported, StartError> {
    let (package, now) = (norm_package(file)?, clock.now());
    Ok(db.write_blocking(move |conn| import::import(conn, now, &package))?)
}

impl Portal {
    /// Sets the portal up: migrates the database, loads the norm package if none was ever loaded. `bound` is the
    /// address it will answer at.
    pub fn open(config: Config, clock: Clock, transport: Transport, bound: SocketAddr) -> Result<Self, StartError> {
        let db = open_database(&config)?;
        if db.read_blocking(norms::consultation)?.is_none() {
            match import_norms(&db, &clock, config.norms.package.as_deref()) {
                // Another server that started at the same moment was quicker.
                Err(StartError::Import(ImportError::Database(DbError::Taken(_)))) => {}
                imported => drop(imported?),
            }
        }
        let entered = db.write_large_blocking(rebuild)?;
        if entered > 0 {
            tracing::info!(entered, "the public record was made anew");
        }
        let vocabulary =
            Vocabulary::parse(vocabulary::SHIPPED).map_err(|error| StartError::Setting(error.to_string()))?;
        let free_mail = FreeMail::parse(domains::SHIPPED).map_err(|error| StartError::Setting(error.to_string()))?;
        let hasher = Hasher::new(config.accounts.parallel_hashes, config.accounts.waiting_hashes);
        let files = config.files.open(&config.data_dir)?;
        let reader = Reader::new(config.files.reader.clone()).map_err(|error| StartError::Io(error.to_string()))?;
        let site = Site::new(db, clock.clone(), config, bound, session::find_viewer, norms::turns, routes::kind)
            .map_err(StartError::Setting)?;
        let (vocabulary, free_mail) = (Arc::new(vocabulary), Arc::new(free_mail));
        Ok(Self { site, clock, transport, vocabulary, shelf: Arc::default(), free_mail, hasher, files, reader })
    }

    /// The running portal as handlers see it.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The link of the first invitation, while the portal has no Secretariat.
    pub fn first_invitation(&self) -> Result<Option<String>, StartError> {
        let (now, origin) = (self.site.now(), self.site.origin());
        Ok(self.site.db().write_blocking(move |conn| invite::first(conn, now, &origin))?)
    }

    /// The worker that empties the outbox.
    pub fn postman(&self) -> Result<Postman, StartError> {
        let from = self.site.config().mail.sender().map_err(StartError::Setting)?;
        Ok(Postman { db: self.site.db().clone(), clock: self.clock.clone(), transport: self.transport.clone(), from })
    }

    /// The worker that does long work.
    pub fn clerk(&self) -> Clerk {
        let (db, clock) = (self.site.db().clone(), self.clock.clone());
        let data_dir = self.site.config().data_dir.clone();
        let runner = export::job::runner((db.clone(), self.files.clone()), clock.clone(), self.site.origin(), data_dir);
        Clerk { db, clock, runner }
    }

    /// The worker that looks at what arrives.
    pub fn porter(&self) -> Porter {
        Porter::new(self.site.db().clone(), self.clock.clone())
    }

    /// The worker that has files looked through.
    pub fn scanner(&self) -> Result<Scanner, StartError> {
        let clamd = self.site.config().files.clamd().map_err(StartError::Setting)?;
        let (db, clock, files) = (self.site.db().clone(), self.clock.clone(), self.files.clone());
        Ok(Scanner { db, clock, files, clamd })
    }

    /// The worker that throws away what is past its time.
    pub fn keeper(&self) -> Keeper {
        let drafts = Step {
            name: "drafts",
            run: Arc::new(|db, now| db.write_blocking(move |conn| drafts::discard_old(conn, now))),
        };
        let claims =
            Step { name: "claims", run: Arc::new(|db, now| db.write_blocking(move |conn| claims::sweep(conn, now))) };
        let stored = self.files.clone();
        let files = Step {
            name: "files",
            run: Arc::new(move |db, now| {
                let mut all = 0;
                loop {
                    match sweep(db, &stored, now)? {
                        0 => return Ok(all),
                        some => all += some,
                    }
                }
            }),
        };
        let senders = Step {
            name: "senders",
            run: Arc::new(|db, now| {
                db.write_blocking(move |conn| {
                    let marks = senders::discard_old(conn, now)? + reports::forget_senders(conn, now)?;
                    Ok(marks + flags::discard_old(conn, now)? + gate::store::discard_old(conn, now)?)
                })
            }),
        };
        let site = self.site.clone();
        let ended = Step {
            name: "sessions, links and letters",
            run: Arc::new(move |db, now| {
                let (begun, seen) = session::horizon(&site, now);
                db.write_blocking(move |conn| {
                    let gone = sessions::discard_old(conn, now, begun, seen)?;
                    let gone = gone + passkeys::discard_old(conn, now)?;
                    Ok(gone + people::discard_ended_links(conn, now)? + letters::discard_old(conn, now)?)
                })
            }),
        };
        let site = self.site.clone();
        let exports = Step {
            name: "exports",
            run: Arc::new(move |db, now| {
                let config = site.config();
                export::sweep::sweep(db, &config.data_dir, now, config.exports.kept())
            }),
        };
        let statistics = Step {
            name: "statistics",
            run: Arc::new(|db, _| db.write_blocking(|conn| dialect::learn(conn).map(|()| 0))),
        };
        let site = self.site.clone();
        let backups = Step { name: "backups", run: Arc::new(move |db, now| schedule::round(db, site.config(), now)) };
        let steps = [vec![drafts, claims, files, senders, ended, exports, statistics], self.oversight(), vec![backups]]
            .concat();
        Keeper { db: self.site.db().clone(), clock: self.clock.clone(), steps }
    }

    /// What the portal does once a day for the desk: figures before the digest that tells them.
    fn oversight(&self) -> Vec<Step> {
        let figures = Step { name: "figures", run: Arc::new(|db, now| figures::count::days(db, now).map(|_| 0)) };
        let site = self.site.clone();
        let digest = Step {
            name: "digest",
            run: Arc::new(move |db, now| {
                digest::send(db, now, &site.config().data_dir, &site.origin())?;
                digest::alert(db, now, site.config().desk, &site.origin())?;
                Ok(0)
            }),
        };
        vec![figures, digest]
    }

    /// The server, answering on `listener` once it is awaited. It ends gracefully on SIGTERM and SIGINT.
    pub fn server(&self, listener: TcpListener, workers: usize) -> std::io::Result<Server> {
        let portal = self.clone();
        let settings = &self.site.config().server;
        SockRef::from(&listener).set_tcp_user_timeout(Some(Duration::from_secs(settings.stalled_seconds)))?;
        let server = HttpServer::new(move || {
            App::new()
                .app_data(web::Data::new(portal.site.clone()))
                .app_data(web::Data::from(portal.vocabulary.clone()))
                .app_data(web::Data::from(portal.shelf.clone()))
                .app_data(web::Data::from(portal.free_mail.clone()))
                .app_data(web::Data::new(portal.hasher.clone()))
                .app_data(web::Data::new(portal.files.clone()))
                .app_data(web::Data::new(portal.reader.clone()))
                .app_data(body_limit())
                .wrap(from_fn(shell::around))
                .wrap(Compress::default())
                .wrap(from_fn(cache::ahead))
                .configure(routes::configure)
        })
        .workers(workers)
        .max_connections(settings.most_connections.div_ceil(workers.max(1)))
        .client_request_timeout(Duration::from_secs(settings.head_seconds))
        .client_disconnect_timeout(Duration::from_secs(5))
        // An answer in two pieces would wait for the reader's word between them.
        .tcp_nodelay(true)
        .keep_alive(Duration::from_secs(settings.idle_seconds))
        .shutdown_timeout(30);
        let server = match &settings.tls {
            None => server.listen(listener)?,
            Some(files) => {
                let tls = tls::server_config(files).map_err(std::io::Error::other)?;
                server
                    .tls_handshake_timeout(Duration::from_secs(settings.head_seconds))
                    .listen_rustls_0_23(listener, tls)?
            }
        };
        Ok(server.run())
    }
}
