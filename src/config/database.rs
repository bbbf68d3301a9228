//! `[database]`: which one.

use std::path::Path;

use serde::Deserialize;

use super::Secret;
use super::server::is_loopback;
use crate::db::Target;

/// The section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `sqlite://...` or `postgres://...`; may hold a password. `None`: a file in the data folder.
    pub url: Option<Secret>,
    /// Whether nobody else can listen between the portal and PostgreSQL.
    pub network_is_private: bool,
}

impl Database {
    /// Refuses what names no database, and one elsewhere that is reached in the clear (ASVS 12.3.1, 12.3.2).
    pub(super) fn check(&self) -> Result<(), String> {
        match self.target(Path::new(""))? {
            Target::Postgresql(url) if cfg!(not(feature = "postgres-tls")) && asks_for_tls(&url) => Err(
                "database.url: this program was built without TLS to PostgreSQL: build it with --features postgres-tls"
                    .into(),
            ),
            Target::Postgresql(url) if !self.network_is_private && !is_safe(&url) => Err(
                "database.url: a PostgreSQL that is not on this machine needs sslmode=verify-full (or verify-ca), or \
                 database.network_is_private where nobody else can listen between the two"
                    .into(),
            ),
            _ => Ok(()),
        }
    }

    /// The database that is meant.
    pub fn target(&self, data_dir: &Path) -> Result<Target, String> {
        match &self.url {
            None => Ok(Target::Sqlite(data_dir.join("norm-portal.db"))),
            Some(url) => Target::parse(url.reveal()).map_err(|error| error.to_string()),
        }
    }
}

/// Whether what libpq makes of `url` stays on this machine, or asks for TLS and checks the certificate. What can't be told
/// is elsewhere and in the clear.
fn is_safe(url: &str) -> bool {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let place = place.split('/').next().unwrap_or_default();
    let hosts = place.rsplit_once('@').map_or(place, |(_, hosts)| hosts);
    let (mut all, mut mode): (Vec<String>, String) = (hosts.split(',').map(host).collect(), String::new());
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        match &*name {
            // These go over the hosts before; of several, libpq takes the last.
            "host" | "hostaddr" => all.extend(value.split(',').map(str::to_owned)),
            "service" | "servicefile" => all.push("named in a file".into()),
            "sslmode" => mode = value.into_owned(),
            _ => {}
        }
    }
    let is_here = |host: &String| host.is_empty() || host.starts_with('/') || is_loopback(host);
    matches!(mode.as_str(), "verify-full" | "verify-ca") || all.iter().all(is_here)
}

/// Whether `url` says that nothing goes without TLS.
fn asks_for_tls(url: &str) -> bool {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let modes = url::form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == "sslmode");
    modes.last().is_some_and(|(_, mode)| matches!(&*mode, "require" | "verify-ca" | "verify-full"))
}

/// The host without its port, its letters decoded: the folder of a socket is written so.
fn host(place: &str) -> String {
    let bare = match place.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => place,
    };
    percent_encoding::percent_decode_str(bare).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_reached_in_the_clear() {
        for here in [
            "postgres://portal@127.0.0.1/portal",
            "postgres://portal:p@localhost:5432/portal?sslmode=disable",
            "postgresql://portal@[::1]:5432/portal",
            "postgres:///portal",
            "postgres://portal@%2Fvar%2Frun%2Fpostgresql/portal",
            "postgres://portal@/portal?host=/var/run/postgresql",
            "postgres://portal@db.example/portal?sslmode=verify-full",
            "postgres://portal@db.example,other.example:5433/portal?connect_timeout=5&sslmode=verify-ca",
        ] {
            assert!(is_safe(here), "{here}");
        }
        for elsewhere in [
            "postgres://portal@db.example/portal",
            "postgres://portal@10.0.0.7/portal",
            "postgres://a:b@c@db.example:5432/portal",
            "postgres://portal@127.0.0.1,db.example/portal",
            "postgres://portal@localhost/portal?host=db.example",
            "postgres://portal@localhost/portal?hostaddr=10.0.0.7",
            "postgres://portal@/portal?service=main",
            "postgres://portal@localhost.example/portal",
        ] {
            assert!(!is_safe(elsewhere), "{elsewhere}");
        }
        for mode in ["disable", "allow", "prefer", "require", "", "verify-full&sslmode=disable"] {
            assert!(!is_safe(&format!("postgres://portal@db.example/portal?sslmode={mode}")), "{mode}");
        }
    }
}
