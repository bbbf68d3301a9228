//! What the web layer knows of the running portal.

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;

use url::Url;

use super::cache::Cache;
use super::events::Events;
use super::limits::{Kinds, Limits};
use super::viewer::Viewer;
use super::watch::Watch;
use crate::clock::{Clock, Moment};
use crate::config::{Config, is_loopback};
use crate::db::{Db, DbResult};
use crate::epochs::{Epochs, Turns};
use crate::gate::{Gate, Standing};

/// Finds the person behind the hash of a session cookie, and renews the session's idle time.
pub type FindViewer = fn(Site, [u8; 32]) -> Pin<Box<dyn Future<Output = DbResult<Option<Viewer>>>>>;

/// The running portal, as handlers see it. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    inner: Arc<Inner>,
}

struct Inner {
    db: Db,
    clock: Clock,
    config: Config,
    public_url: Url,
    /// Host and port of the public address.
    host: String,
    find_viewer: FindViewer,
    epochs: Epochs,
    cache: Cache,
    limits: Limits,
    watch: Watch,
    gate: Gate,
    events: Events,
}

impl Site {
    /// `bound` is the address the listener got; it becomes the public address when none is configured.
    /// `turns` reads the moments at which pages change by themselves; `kinds` tells what a request costs.
    pub fn new(
        db: Db,
        clock: Clock,
        config: Config,
        bound: SocketAddr,
        find_viewer: FindViewer,
        turns: Turns,
        kinds: Kinds,
    ) -> Result<Self, String> {
        let public_url = config.server.public_url(bound)?;
        let name = public_url.host_str().unwrap_or_default();
        let host = public_url.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"));
        let (epochs, cache) = (Epochs::new(db.clone(), turns), Cache::default());
        let limits = Limits::new(&config.limits, kinds);
        let (watch, gate, events) = (Watch::default(), Gate::default(), Events::default());
        let inner =
            Inner { db, clock, config, public_url, host, find_viewer, epochs, cache, limits, watch, gate, events };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.inner.db
    }

    /// The present moment.
    pub fn now(&self) -> Moment {
        self.inner.clock.now()
    }

    /// What changed of what readers are shown, counted.
    pub fn epochs(&self) -> &Epochs {
        &self.inner.epochs
    }

    /// Answers that are kept.
    pub fn cache(&self) -> &Cache {
        &self.inner.cache
    }

    /// Who may ask how much.
    pub fn limits(&self) -> &Limits {
        &self.inner.limits
    }

    /// What was answered, counted.
    pub fn watch(&self) -> &Watch {
        &self.inner.watch
    }

    /// Security events, on their way into the log.
    pub fn events(&self) -> &Events {
        &self.inner.events
    }

    /// How the gate stands, if it is closed now.
    pub async fn closed_gate(&self) -> Option<Arc<Standing>> {
        self.inner.gate.closed(self.db(), self.epochs(), self.now()).await
    }

    /// The settings.
    pub fn config(&self) -> &Config {
        &self.inner.config
    }

    /// The full address of `path` (which begins with a slash), never built from the request's Host.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.origin())
    }

    /// Scheme, host and port, as in an `Origin` header.
    pub fn origin(&self) -> String {
        self.inner.public_url.origin().ascii_serialization()
    }

    /// The name of the public address, without its port; `None` where it is an address in figures.
    pub fn domain(&self) -> Option<&str> {
        self.inner.public_url.domain()
    }

    /// Whether people reach the portal over TLS.
    pub fn is_https(&self) -> bool {
        self.inner.public_url.scheme() == "https"
    }

    /// Whether `host` (a Host header, or the host of an Origin) is this portal. One that is reached on this machine
    /// only goes by any name of the machine.
    pub fn is_our_host(&self, host: &str) -> bool {
        if host.eq_ignore_ascii_case(&self.inner.host) {
            return true;
        }
        let ours = self.inner.public_url.host_str().unwrap_or_default();
        let bare = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
            _ => host,
        };
        is_loopback(ours) && is_loopback(bare)
    }

    pub(super) async fn viewer(&self, session: [u8; 32]) -> DbResult<Option<Viewer>> {
        (self.inner.find_viewer)(self.clone(), session).await
    }
}
