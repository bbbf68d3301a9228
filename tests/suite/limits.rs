//! How much one may ask, what a slow or greedy visitor costs the others, what every answer says to browsers.

mod allowances;
pub mod flood;
mod hashes;
pub mod headers;
mod journey;
mod letters;
mod places;
mod slow;
mod smuggled;
pub mod tls;

use norm_portal::config::{Allowances, Config, Rate};
use norm_portal::web::limits::Limits;

use crate::harness::{Answer, Backend, Client, Server};

/// Without limit.
pub const FREE: Rate = Rate { at_once: 0, a_minute: 0 };

/// So many, then one a minute.
pub fn few(at_once: u32) -> Rate {
    Rate { at_once, a_minute: 1 }
}

/// Where everybody in these tests comes from.
pub const HERE: &str = "198.51.100.1";

/// Somewhere else.
pub const THERE: &str = "203.0.113.9";

/// Waits until this is so. An answer arrives before its place is given back: whoever asks next waits for that too.
fn wait_until(server: &Server, is_so: impl Fn(&Limits) -> bool) {
    while !is_so(server.portal().site().limits()) {
        std::thread::yield_now();
    }
}

/// Waits until so many requests are in hand.
pub fn wait_for(server: &Server, count: usize) {
    wait_until(server, |limits| limits.in_hand() == count);
}

/// A portal with limits, all of them open until `change` shuts some, behind a server on the same machine.
pub fn limited(backend: Backend, change: impl FnOnce(&mut Config)) -> Server {
    Server::start_with(backend, |config| {
        let open = Allowances { entering: FREE, sending: FREE, searching: FREE, exporting: FREE, reading: FREE };
        config.limits.on = true;
        config.limits.address = open.clone();
        config.limits.account = open.clone();
        config.limits.staff = open;
        config.server.proxies = vec!["127.0.0.1".parse().unwrap()];
        change(config);
    })
}

/// Asks from an address.
#[track_caller]
pub fn get_from(client: &Client, path: &str, address: &str) -> Answer {
    client.get_with(path, &[("x-forwarded-for", address)])
}

/// Posts from an address.
#[track_caller]
pub fn post_from(client: &Client, path: &str, fields: &[(&str, &str)], address: &str) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("x-forwarded-for", address)];
    client.post_with(path, &headers, body.as_bytes())
}
