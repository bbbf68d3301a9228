//! What becomes of a network address: a hash under a random key of the day.

use std::net::IpAddr;

use chrono::TimeDelta;

use crate::clock::Moment;
use crate::ids;

/// How long a mark and the key it was made with are kept.
pub const KEPT: TimeDelta = TimeDelta::hours(48);

/// An address as it is stored: the same for one address within a day, and of no use to find the address by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark(Vec<u8>);

impl Mark {
    /// The mark of `ip` under the key of a day.
    pub fn of(key: &[u8], ip: IpAddr) -> Self {
        Self(ids::keyed(key, &network(ip)).to_vec())
    }

    /// The bytes that are stored.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// The part of an address that stands for one household or office: all of IPv4, the first 64 bits of IPv6, where one
/// subscriber has all the rest.
fn network(ip: IpAddr) -> Vec<u8> {
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.octets().to_vec(),
        IpAddr::V6(ip) => ip.octets()[..8].to_vec(),
    }
}

/// The day whose key is used at `now`.
pub fn day(now: Moment) -> String {
    now.format("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_subscriber_has_one_mark_a_day() {
        let mark = |key: &[u8], ip: &str| Mark::of(key, ip.parse().unwrap());
        let key = [7; 32];
        assert_eq!(mark(&key, "2001:db8:1:2::1"), mark(&key, "2001:db8:1:2:ffff::9"));
        assert_ne!(mark(&key, "2001:db8:1:2::1"), mark(&key, "2001:db8:1:3::1"));
        assert_eq!(mark(&key, "::ffff:203.0.113.9"), mark(&key, "203.0.113.9"));
        assert_ne!(mark(&key, "203.0.113.9"), mark(&key, "203.0.113.8"));
        assert_ne!(mark(&key, "203.0.113.9"), mark(&[8; 32], "203.0.113.9"), "another day");
        assert_eq!(mark(&key, "203.0.113.9").as_bytes(), ids::keyed(&key, &[203, 0, 113, 9]), "an HMAC");
    }
}
