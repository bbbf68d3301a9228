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
        let Target::Postgresql(url) = self.target(Path::new(""))? else { return Ok(()) };
        let way = Way::of(&url);
        if cfg!(not(feature = "postgres-tls")) && way.asks_for_tls() {
            return Err(
                "database.url: this program was built without TLS to PostgreSQL: build it with --features postgres-tls"
                    .into(),
            );
        }
        if !self.network_is_private && !way.is_safe() {
            return Err(
                "database.url: a PostgreSQL that is not on this machine needs sslmode=verify-full (or verify-ca), or \
                 database.network_is_private where nobody else can listen between the two"
                    .into(),
            );
        }
        Ok(())
    }

    /// The database that is meant.
    pub fn target(&self, data_dir: &Path) -> Result<Target, String> {
        match &self.url {
            None => Ok(Target::Sqlite(data_dir.join("norm-portal.db"))),
            Some(url) => Target::parse(url.reveal()).map_err(|error| error.to_string()),
        }
    }
}

/// Where libpq goes by an address, and how.
struct Way {
    hosts: Vec<String>,
    sslmode: String,
}

impl Way {
    /// What can't be told is elsewhere and in the clear.
    fn of(url: &str) -> Self {
        let rest = url.split_once("://").map_or("", |(_, rest)| rest);
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let place = place.split('/').next().unwrap_or_default();
        let hosts = place.rsplit_once('@').map_or(place, |(_, hosts)| hosts);
        let mut way = Self { hosts: hosts.split(',').map(host).collect(), sslmode: String::new() };
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                // These go over the hosts before; of several, libpq takes the last.
                "host" | "hostaddr" => way.hosts.extend(value.split(',').map(str::to_owned)),
                "service" | "servicefile" => way.hosts.push("named in a file".into()),
                "sslmode" => way.sslmode = value.into_owned(),
                _ => {}
            }
        }
        way
    }

    /// Whether nothing goes without TLS.
    fn asks_for_tls(&self) -> bool {
        self.sslmode == "require" || self.checks_certificate()
    }

    fn checks_certificate(&self) -> bool {
        matches!(self.sslmode.as_str(), "verify-full" | "verify-ca")
    }

    /// Whether it stays on this machine, or asks for TLS and checks the certificate.
    fn is_safe(&self) -> bool {
        let is_here = |host: &String| host.is_empty() || host.starts_with('/') || is_loopback(host);
        self.checks_certificate() || self.hosts.iter().all(is_here)
    }
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
            assert!(Way::of(here).is_safe(), "{here}");
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
            assert!(!Way::of(elsewhere).is_safe(), "{elsewhere}");
        }
        for mode in ["disable", "allow", "prefer", "require", "", "verify-full&sslmode=disable"] {
            let url = format!("postgres://portal@db.example/portal?sslmode={mode}");
            assert!(!Way::of(&url).is_safe(), "{mode}");
        }
    }
}
