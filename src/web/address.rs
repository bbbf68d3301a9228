//! The network address behind a request, as far as it can be known.

use std::net::IpAddr;

use actix_web::HttpRequest;

/// The header in which servers in front of the portal name whom they speak for.
const FORWARDED: &str = "x-forwarded-for";

/// Where `request` came from. Only `proxies` are believed about others; this machine itself is nobody's address.
pub fn of(request: &HttpRequest, proxies: &[IpAddr]) -> Option<IpAddr> {
    let lines = request.headers().get_all(FORWARDED).filter_map(|line| line.to_str().ok());
    let forwarded = lines.collect::<Vec<_>>().join(",");
    sender(request.peer_addr()?.ip(), &forwarded, proxies)
}

/// Each server adds whom it heard from at the end, so the last address that is no proxy's is the one to believe.
fn sender(peer: IpAddr, forwarded: &str, proxies: &[IpAddr]) -> Option<IpAddr> {
    let is_proxy = |ip: IpAddr| proxies.contains(&ip.to_canonical());
    if !is_proxy(peer) {
        return Some(peer.to_canonical()).filter(|ip| !ip.is_loopback());
    }
    for part in forwarded.rsplit(',') {
        let ip = part.trim().parse::<IpAddr>().ok()?.to_canonical();
        if !is_proxy(ip) {
            return Some(ip);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_server_of_ours_is_believed_about_others() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let ours = [ip("127.0.0.1"), ip("10.0.0.2")];
        let from = |peer: &str, forwarded: &str| sender(ip(peer), forwarded, &ours).map(|found| found.to_string());
        assert_eq!(from("203.0.113.9", "198.51.100.1").as_deref(), Some("203.0.113.9"));
        assert_eq!(from("127.0.0.1", "198.51.100.1").as_deref(), Some("198.51.100.1"));
        assert_eq!(from("127.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2").as_deref(), Some("198.51.100.1"));
        assert_eq!(from("::ffff:127.0.0.1", "2001:db8::1").as_deref(), Some("2001:db8::1"));
        for nothing in ["", "unknown", "198.51.100.1, x", "10.0.0.2"] {
            assert_eq!(from("127.0.0.1", nothing), None, "{nothing:?}");
        }
        assert_eq!(sender(ip("127.0.0.1"), "198.51.100.1", &[]), None);
    }
}
