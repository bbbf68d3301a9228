//! `[server]`: where the portal listens and how it is reached.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use serde::Deserialize;
use url::Url;

use super::network::Network;

/// `[server.tls]`: files in PEM form.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    /// The certificate, and those that vouch for it.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// The section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// The address people type; `None`: the one listened on.
    pub public_url: Option<String>,
    /// The address that people write to about the portal and about faults of its security.
    pub contact: String,
    /// Servers in front of the portal whose `X-Forwarded-For` is believed.
    pub proxies: Vec<Network>,
    /// Whether nobody else can listen between the portal and a server in front that is on another machine.
    pub network_is_private: bool,
    /// The most connections at once.
    pub most_connections: usize,
    /// TLS in the portal itself; `None`: a server in front ends it.
    pub tls: Option<Tls>,
    /// Seconds that the head of a request may take to arrive.
    pub head_seconds: u64,
    /// Seconds that a form may take to arrive.
    pub form_seconds: u64,
    /// Seconds that a form with files may take to arrive.
    pub upload_seconds: u64,
    /// Seconds after which a connection that asks nothing is closed.
    pub idle_seconds: u64,
    /// Seconds after which a connection is closed that takes nothing of what it asked for.
    pub stalled_seconds: u64,
    /// Addresses besides this machine's own that may read `/metrics`.
    pub metrics_from: Vec<IpAddr>,
}

impl Server {
    pub(super) fn check(&self) -> Result<(), String> {
        let times =
            [self.head_seconds, self.form_seconds, self.upload_seconds, self.idle_seconds, self.stalled_seconds];
        if !times.iter().all(|seconds| (1..=86_400).contains(seconds)) {
            return Err(
                "server.head_seconds, form_seconds, upload_seconds, idle_seconds and stalled_seconds have to be \
                        from 1 to 86400"
                    .into(),
            );
        }
        let is_address = self.contact.split_once('@').is_some_and(|(who, host)| !who.is_empty() && !host.is_empty());
        if !is_address
            || self
                .contact
                .contains(|sign: char| sign.is_whitespace() || sign.is_control() || "<>\"?&%,".contains(sign))
        {
            return Err(format!("server.contact {:?} has to be one mail address", self.contact));
        }
        if self.most_connections < 16 {
            return Err("server.most_connections has to be at least 16".into());
        }
        // ASVS 12.3.3.
        if self.tls.is_none() && !self.listen.ip().is_loopback() && !self.network_is_private {
            return Err(format!(
                "server.listen {} is reached from other machines and without encryption: set server.tls, listen on this \
                 machine alone, or set server.network_is_private where nobody else can listen between the portal and the \
                 server in front",
                self.listen
            ));
        }
        self.public_url(self.listen).map(drop)
    }

    /// The address of every link, without a slash at its end. `bound` is what the listener really got.
    pub fn public_url(&self, bound: SocketAddr) -> Result<Url, String> {
        let Some(text) = &self.public_url else {
            if !bound.ip().is_loopback() {
                return Err(format!("server.public_url must be set when server.listen ({bound}) is not loopback"));
            }
            let scheme = if self.tls.is_some() { "https" } else { "http" };
            return Url::parse(&format!("{scheme}://{bound}")).map_err(|error| error.to_string());
        };
        let url = Url::parse(text).map_err(|error| format!("server.public_url {text:?}: {error}"))?;
        let host = url.host_str().unwrap_or_default();
        match url.scheme() {
            _ if host.is_empty() => Err(format!("server.public_url {text:?} names no host")),
            _ if url.path() != "/" || url.query().is_some() || url.fragment().is_some() => {
                Err(format!("server.public_url {text:?} must be a scheme and a host, nothing behind"))
            }
            "https" => Ok(url),
            "http" if self.tls.is_some() => {
                Err(format!("server.public_url {text:?} must begin with https:// where server.tls is set"))
            }
            "http" if is_loopback(host) => Ok(url),
            "http" => Err(format!("server.public_url {text:?} must begin with https:// unless it is this machine")),
            _ => Err(format!("server.public_url {text:?} must begin with https://")),
        }
    }
}

/// Whether `host` can only be this machine.
pub fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}
