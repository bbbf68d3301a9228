//! Who may ask how much: allowances by network address and by account, what staff have apart from both, and what is
//! refused while there is more in hand than can be done. In the memory of each server: what has to be shared among
//! servers, as letters to one address have, is counted in rows of the database.

mod buckets;
mod places;

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use actix_web::dev::ServiceRequest;
use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpMessage as _, HttpResponse};
use chrono::TimeDelta;

use super::cookies::Name;
use super::page::PageError;
use super::site::Site;
use super::viewer::Viewer;
use super::{Fields, address, gate};
use crate::clock::Moment;
use crate::config::{self, Allowances, Rate};
use crate::ids;
use buckets::Buckets;
use places::{Places, Taken};

/// What is asked for, by what it costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing worth counting: static files, and whether the portal lives.
    Free,
    /// A page.
    Reading,
    /// A search or a comparison.
    Searching,
    /// A file that is made for whoever asks.
    Exporting,
    /// Registering, signing in, new passwords, letters to others.
    Entering,
    /// Sending and keeping what was written.
    Sending,
}

/// Which kind a request is of, by its method and the pattern of its route.
pub type Kinds = fn(&Method, &str) -> Kind;

/// How often sessions that nobody has seen yet may be looked up for one address.
const STRANGERS: Rate = Rate { at_once: 60, a_minute: 60 };

/// How many sessions are remembered as good, and for how long.
const KNOWN: (u64, Duration) = (10_000, Duration::from_secs(3600));

/// The allowances of everybody, and what is in hand.
pub struct Limits {
    kinds: Kinds,
    buckets: Buckets,
    /// Sessions that were good a short time ago: looking them up again is not a stranger's attempt.
    known: moka::sync::Cache<[u8; 32], ()>,
    in_hand: Arc<AtomicUsize>,
    places: Places,
}

/// A place among all requests in hand, and among those of its address and account; given back when it is dropped.
pub(super) struct Place {
    in_hand: Arc<AtomicUsize>,
    own: Taken,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.in_hand.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Who is signed in, found before the request was routed.
#[derive(Clone)]
pub(super) struct Found(pub Option<Viewer>);

/// That somebody signed in has sent too much: said once the form has arrived, so that it can be sent again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Over(pub u64);

/// Too much was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooMany {
    /// Seconds after which it may be asked for again.
    pub seconds: u64,
    /// The form that was sent, to be sent again; `None` where it was not read.
    pub form: Option<Fields>,
}

impl TooMany {
    fn after(wait: TimeDelta) -> Self {
        Self { seconds: seconds(wait), form: None }
    }
}

impl Limits {
    pub(super) fn new(settings: &config::Limits, kinds: Kinds) -> Self {
        let known = moka::sync::Cache::builder().max_capacity(KNOWN.0).time_to_live(KNOWN.1).build();
        let (buckets, places) = (Buckets::new(settings.most_remembered), Places::default());
        Self { kinds, buckets, known, in_hand: Arc::default(), places }
    }

    /// How many requests are in hand.
    pub fn in_hand(&self) -> usize {
        self.in_hand.load(Ordering::Relaxed)
    }

    /// How many of them hold a place of an address or an account: less than are in hand while it is looked up whose they are.
    pub fn places_taken(&self) -> usize {
        self.places.taken()
    }

    /// How many allowances are remembered.
    pub fn remembered(&self) -> usize {
        self.buckets.remembered()
    }

    /// A session that was begun here: nobody at the same address can keep its person out.
    pub(super) fn know(&self, secret: &str) {
        self.known.insert(ids::sha256(secret.as_bytes()), ());
    }

    /// What a request costs.
    pub(super) fn kinds(&self) -> Kinds {
        self.kinds
    }

    /// Takes from what people who waited at the gate are let in by: `own` of an address, `all` of everybody.
    pub(super) fn let_in(&self, site: &Site, ip: Option<IpAddr>, own: Rate, all: Rate) -> Result<(), TooMany> {
        let asked = Asked { limits: self, settings: &site.config().limits, now: site.now(), ip };
        asked.of_address("gate", own)?;
        asked.take("everybody at the gate", &[], all)
    }

    fn enter(&self) -> Place {
        self.in_hand.fetch_add(1, Ordering::Relaxed);
        Place { in_hand: Arc::clone(&self.in_hand), own: Taken::default() }
    }
}

/// Seconds, rounded up.
fn seconds(wait: TimeDelta) -> u64 {
    u64::try_from(wait.num_milliseconds()).unwrap_or_default().div_ceil(1000).max(1)
}

fn rate(of: &Allowances, kind: Kind) -> Rate {
    match kind {
        Kind::Free => Rate { at_once: 0, a_minute: 0 },
        Kind::Reading => of.reading,
        Kind::Searching => of.searching,
        Kind::Exporting => of.exporting,
        Kind::Entering => of.entering,
        Kind::Sending => of.sending,
    }
}

/// One request as it is judged.
struct Asked<'a> {
    limits: &'a Limits,
    settings: &'a config::Limits,
    now: Moment,
    ip: Option<IpAddr>,
}

impl Asked<'_> {
    fn take(&self, what: &str, who: &[u8], rate: Rate) -> Result<(), TooMany> {
        let whose = [what.as_bytes(), who].concat();
        self.limits.buckets.take(&whose, rate, self.now).map_err(TooMany::after)
    }

    /// Takes from the allowance of the address: all of IPv4, of IPv6 64 bits and, for several of those, 48.
    fn of_address(&self, what: &str, rate: Rate) -> Result<(), TooMany> {
        match self.ip {
            None => Ok(()),
            Some(IpAddr::V4(ip)) => self.take(what, &ip.octets(), rate),
            Some(IpAddr::V6(ip)) => {
                let [narrow @ .., _, _, _, _, _, _, _, _] = ip.octets();
                let [wide @ .., _, _] = narrow;
                self.take(what, &narrow, rate)?;
                let wider = |count: u32| count.saturating_mul(self.settings.wider);
                self.take(what, &wide, Rate { at_once: wider(rate.at_once), a_minute: wider(rate.a_minute) })
            }
        }
    }

    /// Who is signed in. Sessions that nobody has seen yet are looked up only so often for one address.
    async fn viewer(&self, site: &Site, request: &ServiceRequest) -> Result<Option<Viewer>, PageError> {
        let cookie = request.cookie(&Name::Session.on(site)).filter(|cookie| !cookie.value().is_empty());
        let Some(cookie) = cookie else { return Ok(None) };
        let hash = ids::sha256(cookie.value().as_bytes());
        if self.settings.on && !self.limits.known.contains_key(&hash) {
            self.of_address("session", STRANGERS)?;
        }
        let viewer = site.viewer(hash).await?;
        if viewer.is_some() {
            self.limits.known.insert(hash, ());
        }
        Ok(viewer)
    }

    /// While more is in hand than can be done, people who are not signed in get no more of what costs much, and when it is
    /// twice as much, nobody but staff gets anything that was not kept ready.
    fn is_refused(&self, viewer: Option<&Viewer>, kind: Kind) -> bool {
        let (most, in_hand) = (self.settings.busy_requests, self.limits.in_hand());
        let is_staff = viewer.is_some_and(|viewer| viewer.role.is_staff());
        let costs = viewer.is_none() && kind != Kind::Reading;
        most > 0 && !is_staff && (in_hand > most.saturating_mul(2) || costs && in_hand > most)
    }

    /// Takes from the allowances that count for this request.
    fn charge(&self, viewer: Option<&Viewer>, kind: Kind) -> Result<(), TooMany> {
        let (settings, what) = (self.settings, format!("{kind:?}"));
        match viewer {
            Some(viewer) if viewer.role.is_staff() => {
                self.take(&what, viewer.id.as_bytes(), rate(&settings.staff, kind))
            }
            Some(viewer) => {
                self.take(&what, viewer.id.as_bytes(), rate(&settings.account, kind))?;
                self.of_address(&what, rate(&settings.address, kind))
            }
            None => self.of_address(&what, rate(&settings.address, kind)),
        }
    }
}

/// Lets a request in, or says why not. The place is held until it is answered.
pub(super) async fn admit(site: &Site, request: &ServiceRequest) -> Result<Option<Place>, PageError> {
    let (limits, settings) = (site.limits(), &site.config().limits);
    // As it is routed: an address whose letters are written as codes is the same address.
    let line = request.resource_map().match_pattern(request.match_info().as_str());
    let line = line.unwrap_or_default();
    let mut kind = (limits.kinds)(request.method(), &line);
    if kind == Kind::Free {
        return Ok(None);
    }
    let mut place = limits.enter();
    let ip = address::of(request.request(), &site.config().server.proxies);
    let asked = Asked { limits, settings, now: site.now(), ip };
    let found = Found(asked.viewer(site, request).await?);
    if settings.on {
        let own = limits.places.take(settings.in_hand, settings.wider, ip, &found);
        place.own = own.ok_or(PageError::Crowded)?;
    }
    let Found(viewer) = found.clone();
    request.extensions_mut().insert(found);
    let is_guarded = viewer.is_none() && gate::is_guarded(limits.kinds, request.method(), &line, kind);
    let is_kept_out = is_guarded && gate::keeps_out(site, request, ip).await;
    if is_kept_out && *request.method() != Method::POST {
        // The page at the gate costs no more than any other. A form is read and given back: that does.
        kind = Kind::Reading;
    }
    if asked.is_refused(viewer.as_ref(), kind) {
        return Err(PageError::Busy);
    }
    let charged = if settings.on { asked.charge(viewer.as_ref(), kind) } else { Ok(()) };
    let is_form = viewer.is_some() && *request.method() == Method::POST;
    match charged {
        Ok(()) => {}
        Err(too_many) if is_form => drop(request.extensions_mut().insert(Over(too_many.seconds))),
        Err(too_many) => return Err(too_many.into()),
    }
    match (is_kept_out, request.method()) {
        (false, _) => {}
        (true, &Method::POST) => drop(request.extensions_mut().insert(gate::KeptOut)),
        (true, _) => return Err(PageError::Gate(None)),
    }
    Ok(Some(place))
}

impl From<TooMany> for PageError {
    fn from(too_many: TooMany) -> Self {
        Self::TooMany(Box::new(too_many))
    }
}

/// Says in a header when what was refused may be asked for again.
pub(super) fn retry_after(answer: &mut HttpResponse, kind: Option<&PageError>) {
    let seconds = match kind {
        Some(PageError::TooMany(too_many)) => too_many.seconds,
        Some(PageError::Crowded) => 10,
        _ if answer.status() == StatusCode::SERVICE_UNAVAILABLE => 10,
        _ => return,
    };
    answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> config::Limits {
        let mut config = config::Config::load(None).unwrap();
        let few = Rate { at_once: 2, a_minute: 1 };
        config.limits.address.reading = few;
        config.limits.wider = 2;
        config.limits
    }

    #[test]
    fn an_ipv6_network_counts_as_one_and_a_site_as_some() {
        let (settings, now) = (settings(), crate::clock::from_micros(1_700_000_000_000_000));
        let limits = Limits::new(&settings, |_, _| Kind::Reading);
        let take = |ip: &str| {
            let asked = Asked { limits: &limits, settings: &settings, now, ip: Some(ip.parse().unwrap()) };
            asked.charge(None, Kind::Reading).is_ok()
        };
        assert!(take("2001:db8:1:1::1") && take("2001:db8:1:1:ffff::2"));
        assert!(!take("2001:db8:1:1::3"), "64 bits are one subscriber");
        assert!(take("2001:db8:1:2::1") && take("2001:db8:1:3::1"));
        assert!(!take("2001:db8:1:4::1"), "48 bits are one site, which has twice as much here");
        assert!(take("2001:db8:2:4::1"));
        assert!(take("203.0.113.9") && take("203.0.113.9"));
        assert!(!take("203.0.113.9"));
        assert!(take("203.0.113.8"), "of IPv4 every address counts");
    }

    #[test]
    fn a_wait_is_told_in_whole_seconds() {
        assert_eq!(seconds(TimeDelta::milliseconds(1)), 1);
        assert_eq!(seconds(TimeDelta::milliseconds(1001)), 2);
        assert_eq!(seconds(TimeDelta::seconds(60)), 60);
    }
}
