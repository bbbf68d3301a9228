//! `[server]`: where the portal listens and how it is reached.

use std::net::{IpAddr, SocketAddr};

use serde::Deserialize;
use url::Url;

/// The section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// The address people type; `None`: the one listened on.
    pub public_url: Option<String>,
    /// Servers in front of the portal whose `X-Forwarded-For` is believed.
    pub proxies: Vec<IpAddr>,
}

impl Server {
    pub(super) fn check(&self) -> Result<(), String> {
        self.public_url(self.listen).map(drop)
    }

    /// The address of every link, without a slash at its end. `bound` is what the listener really got.
    pub fn public_url(&self, bound: SocketAddr) -> Result<Url, String> {
        let Some(text) = &self.public_url else {
            if !bound.ip().is_loopback() {
                return Err(format!("server.public_url must be set when server.listen ({bound}) is not loopback"));
            }
            return Url::parse(&format!("http://{bound}")).map_err(|error| error.to_string());
        };
        let url = Url::parse(text).map_err(|error| format!("server.public_url {text:?}: {error}"))?;
        let host = url.host_str().unwrap_or_default();
        match url.scheme() {
            _ if host.is_empty() => Err(format!("server.public_url {text:?} names no host")),
            _ if url.path() != "/" || url.query().is_some() || url.fragment().is_some() => {
                Err(format!("server.public_url {text:?} must be a scheme and a host, nothing behind"))
            }
            "https" => Ok(url),
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
