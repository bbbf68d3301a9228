//! How much one network address or account has in hand at once: so that nobody holds every place with requests that take
//! their time. What is in hand is known exactly, is as much as there are requests, and is forgotten with the last of them.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use super::Found;
use crate::config::InHand;
use crate::ids::AccountId;

/// Whose requests: of IPv6 64 bits are one subscriber, and 48 one site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Whose {
    /// Of people who are not signed in, by address.
    Strangers(IpAddr),
    /// The same of a whole site.
    Site(IpAddr),
    /// Of people who are signed in, by address.
    SignedIn(IpAddr),
    /// Of one account, wherever it is signed in.
    Account(AccountId),
}

type Counts = Arc<Mutex<HashMap<Whose, u32>>>;

/// What everybody has in hand.
#[derive(Default)]
pub(super) struct Places {
    counts: Counts,
}

/// Places that are taken, given back when this is dropped.
#[derive(Default)]
pub struct Taken {
    counts: Counts,
    whose: Vec<Whose>,
}

impl Drop for Taken {
    fn drop(&mut self) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        for whose in &self.whose {
            match counts.get_mut(whose) {
                Some(count) if *count > 1 => *count -= 1,
                _ => drop(counts.remove(whose)),
            }
        }
    }
}

impl Places {
    /// How many requests of people who are no staff hold a place of their address or account.
    pub(super) fn taken(&self) -> usize {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let of_one = |(whose, count): (&Whose, &u32)| match whose {
            Whose::Strangers(_) | Whose::Account(_) => *count as usize,
            Whose::Site(_) | Whose::SignedIn(_) => 0,
        };
        counts.iter().map(of_one).sum()
    }

    /// Takes a place for a request of `viewer` from `ip`; `None` if so many are taken already. Staff have as many as
    /// they ask for, and an address that is not known holds none. A site of IPv6 has `wider` times as many.
    pub(super) fn take(&self, most: InHand, wider: u32, ip: Option<IpAddr>, viewer: &Found) -> Option<Taken> {
        let mut wanted = Vec::new();
        match (&viewer.0, ip) {
            (Some(viewer), _) if viewer.role.is_staff() => {}
            (Some(viewer), ip) => {
                wanted.push((Whose::Account(viewer.id), most.account));
                wanted.extend(ip.map(|ip| (Whose::SignedIn(first(ip, 64)), most.address_signed_in)));
            }
            (None, Some(ip)) => {
                wanted.push((Whose::Strangers(first(ip, 64)), most.address));
                if ip.is_ipv6() {
                    wanted.push((Whose::Site(first(ip, 48)), most.address.saturating_mul(wider)));
                }
            }
            (None, None) => {}
        }
        let mut taken = Taken { counts: Arc::clone(&self.counts), whose: Vec::new() };
        for (whose, most) in wanted.into_iter().filter(|(_, most)| *most > 0) {
            let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
            let count = counts.entry(whose).or_default();
            if *count >= most {
                drop(counts);
                return None;
            }
            *count += 1;
            taken.whose.push(whose);
        }
        Some(taken)
    }
}

/// The address as it counts: of IPv4 all of it, of IPv6 its first `bits`.
fn first(ip: IpAddr, bits: u32) -> IpAddr {
    match ip {
        IpAddr::V4(_) => ip,
        IpAddr::V6(ip) => IpAddr::from((u128::from(ip) & !(u128::MAX >> bits)).to_be_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::{Role, Viewer};

    const MOST: InHand = InHand { address: 2, address_signed_in: 3, account: 2 };

    fn somebody(role: Role) -> Found {
        let id = AccountId::new();
        let (name, email) = ("n".to_owned(), "e".to_owned());
        Found(Some(Viewer { id, name, email, role, lacks_factor: false, verified_at: None }))
    }

    #[test]
    fn places_are_counted_by_network_and_by_account_and_given_back() {
        let places = Places::default();
        let take = |ip: &str, who: &Found| places.take(MOST, 2, Some(ip.parse().unwrap()), who);
        let nobody = Found(None);
        let first = take("2001:db8:1:1::1", &nobody).unwrap();
        let second = take("2001:db8:1:1:ffff::2", &nobody).unwrap();
        assert!(take("2001:db8:1:1::3", &nobody).is_none(), "64 bits are one subscriber");
        let third = [take("2001:db8:1:2::1", &nobody).unwrap(), take("2001:db8:1:3::1", &nobody).unwrap()];
        assert!(take("2001:db8:1:4::1", &nobody).is_none(), "48 bits are one site, which has twice as many here");
        drop(third);
        let (ada, bob) = (somebody(Role::Stakeholder), somebody(Role::Stakeholder));
        let hers = [take("2001:db8:1:1::1", &ada).unwrap(), take("192.0.2.1", &ada).unwrap()];
        assert!(take("192.0.2.2", &ada).is_none(), "one account has two, wherever");
        let his = [take("2001:db8:1:1::1", &bob).unwrap(), take("2001:db8:1:1::1", &bob).unwrap()];
        assert!(take("2001:db8:1:1::1", &somebody(Role::Stakeholder)).is_none(), "three who are signed in");
        let staff = somebody(Role::Moderator);
        let many: Vec<Taken> = (0..9).map(|_| take("2001:db8:1:1::1", &staff).unwrap()).collect();
        drop(first);
        let again = take("2001:db8:1:1::9", &nobody).unwrap();
        assert!(take("2001:db8:1:1::9", &nobody).is_none());
        assert!(places.take(MOST, 2, None, &nobody).is_some(), "behind a proxy that is not named");
        let free = InHand { address: 0, address_signed_in: 0, account: 0 };
        assert!(places.take(free, 2, Some("2001:db8:1:1::9".parse().unwrap()), &nobody).is_some());
        drop((second, again, hers, his, many));
        assert!(places.counts.lock().unwrap().is_empty(), "nothing is remembered of who has nothing in hand");
    }
}
