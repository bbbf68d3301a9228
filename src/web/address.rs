//! The network address behind a request, as far as it can be known.

use std::net::{IpAddr, SocketAddr};

use actix_web::HttpRequest;

use crate::config::Network;

/// The header in which servers in front of the portal name whom they speak for. `Forwarded` is not read beside it: a
/// proxy adds to one of the two and hands the other on as the visitor wrote it.
const FORWARDED: &str = "x-forwarded-for";

/// Where `request` came from. Only `proxies` are believed about others; this machine itself is nobody's address.
pub fn of(request: &HttpRequest, proxies: &[Network]) -> Option<IpAddr> {
    let lines = request.headers().get_all(FORWARDED).map(|line| line.to_str().unwrap_or("?"));
    let forwarded = lines.collect::<Vec<_>>().join(",");
    sender(request.peer_addr()?.ip(), &forwarded, proxies)
}

/// Each server adds whom it heard from at the end, so the last address that is no proxy's is the one to believe.
fn sender(peer: IpAddr, forwarded: &str, proxies: &[Network]) -> Option<IpAddr> {
    let is_proxy = |ip: IpAddr| proxies.iter().any(|proxy| proxy.holds(ip));
    if !is_proxy(peer) {
        return Some(peer.to_canonical()).filter(|ip| !ip.is_loopback());
    }
    for part in forwarded.rsplit(',') {
        let ip = one(part.trim())?.to_canonical();
        if !is_proxy(ip) {
            return Some(ip);
        }
    }
    None
}

/// An address, which some proxies write with its port.
fn one(text: &str) -> Option<IpAddr> {
    text.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn from(peer: &str, forwarded: &str, proxies: &[&str]) -> Option<String> {
        let proxies: Vec<Network> = proxies.iter().map(|text| text.parse().unwrap()).collect();
        sender(ip(peer), forwarded, &proxies).map(|found| found.to_string())
    }

    #[test]
    fn only_a_server_of_ours_is_believed_about_others() {
        let ours = ["127.0.0.1", "10.0.0.0/8", "fd00::/8"];
        for (peer, forwarded, found) in [
            ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
            ("203.0.113.9", "127.0.0.1", "203.0.113.9"),
            ("203.0.113.9", "", "203.0.113.9"),
            ("11.0.0.1", "198.51.100.1", "11.0.0.1"),
            ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
            ("10.255.255.255", "198.51.100.1", "198.51.100.1"),
            ("127.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
            ("127.0.0.1", "10.0.0.9, 198.51.100.1,10.1.2.3 , 10.0.0.2", "198.51.100.1"),
            ("127.0.0.1", "127.0.0.1, 198.51.100.1", "198.51.100.1"),
            ("127.0.0.1", "nonsense, ,,, 198.51.100.1", "198.51.100.1"),
            ("127.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
            ("127.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"),
            ("::ffff:127.0.0.1", "2001:db8::1", "2001:db8::1"),
            ("127.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"),
            ("fd00::5", "2001:db8::1, ::ffff:10.0.0.2", "2001:db8::1"),
        ] {
            assert_eq!(from(peer, forwarded, &ours).as_deref(), Some(found), "{peer} {forwarded:?}");
        }
        for nothing in ["", "unknown", "198.51.100.1, x", "198.51.100.1,", "10.0.0.2", "127.0.0.1", "198.51.100.1\u{0}"]
        {
            assert_eq!(from("127.0.0.1", nothing, &ours), None, "{nothing:?}");
        }
        assert_eq!(from("127.0.0.1", "198.51.100.1", &[]), None);
    }

    #[test]
    fn a_network_is_written_in_either_way() {
        assert!("10.0.0.0/33".parse::<Network>().is_err());
        assert!("proxy.example.org".parse::<Network>().is_err());
        assert!("0.0.0.0/0".parse::<Network>().unwrap().holds(ip("203.0.113.9")));
        assert!(!"10.0.0.2".parse::<Network>().unwrap().holds(ip("10.0.0.3")));
    }
}
