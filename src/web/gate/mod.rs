//! The gate as visitors meet it: who is kept out, the page in place of what they asked for, and the way through. What is kept
//! ready for readers is given out before anything of this is asked.

pub mod pages;

use std::net::IpAddr;

use actix_web::ResponseError as _;
use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;

use super::cookies::Name;
use super::limits::{Kind, Kinds};
use super::page::PageError;
use super::shell;
use super::site::Site;
use crate::gate::challenge;

/// That whoever sent this is kept out: said once the form has arrived, so that nothing of it is lost.
#[derive(Debug, Clone, Copy)]
pub(super) struct KeptOut;

/// Whether a request is one that the gate is before: whatever costs more than reading, and the forms of what a stranger enters
/// by, so that nobody fills in one in vain.
pub(super) fn is_guarded(kinds: Kinds, method: &Method, route: &str, kind: Kind) -> bool {
    // The way through is open.
    let is_entrance = || matches!(*method, Method::GET | Method::HEAD) && kinds(&Method::POST, route) == Kind::Entering;
    route != pages::GATE && (!matches!(kind, Kind::Free | Kind::Reading) || is_entrance())
}

/// Whether the gate is closed and the browser has no pass for its network.
pub(super) async fn keeps_out(site: &Site, request: &ServiceRequest, ip: Option<IpAddr>) -> bool {
    let Some(standing) = site.closed_gate().await else { return false };
    let pass = request.cookie(&Name::Pass.on(site));
    !pass.is_some_and(|pass| challenge::is_pass(&standing.key, site.now(), pass.value(), &network(ip)))
}

/// The page at the gate in place of an answer that only says that the gate is closed.
pub(super) async fn in_place(response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let kind = response.response().extensions().get::<PageError>().cloned();
    match kind {
        Some(PageError::Gate(form)) if !shell::is_api(response.request().path()) => {
            let page = pages::instead(response.request(), form.as_deref()).await;
            let page = page.unwrap_or_else(|error| error.error_response());
            response.into_response(page)
        }
        _ => response,
    }
}

/// The network that challenges and passes are made for: of IPv4 the address, of IPv6 its first 64 bits; empty where only a
/// server in front of the portal is seen.
fn network(ip: Option<IpAddr>) -> String {
    match ip {
        None => String::new(),
        Some(IpAddr::V4(ip)) => ip.to_string(),
        Some(IpAddr::V6(ip)) => format!("{:x}", u128::from(ip) >> 64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_of_ipv6_is_64_bits() {
        let of = |text: &str| network(Some(text.parse().unwrap()));
        assert_eq!(of("2001:db8:1:1::1"), of("2001:db8:1:1:ffff::2"));
        assert_ne!(of("2001:db8:1:1::1"), of("2001:db8:1:2::1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_eq!(network(None), "");
    }
}
