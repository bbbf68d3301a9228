//! Around every request: its id and log line, the hosts we answer for, the origin of what changes something, a page for
//! every error, the headers of every answer.

use std::panic::AssertUnwindSafe;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::uri::Authority;
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, ResponseError, web};
use askama::Template;
use futures_util::FutureExt as _;

use super::cache::Kept;
use super::language::{self, Language};
use super::page::{PageError, Rendered};
use super::problem;
use super::site::Site;
use crate::ids;

/// What every page may load: our own style, scripts, pictures and fonts; nothing inline, no frame, no other origin.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; \
     img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const PERMISSIONS_POLICY: &str = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), \
     microphone=(), payment=(), usb=(), browsing-topics=()";

#[derive(Template)]
#[template(path = "web/error.html")]
struct ErrorPage<'a> {
    lang: &'a Language,
    style: String,
    icon: String,
    status: u16,
    title: String,
    text: String,
    next: String,
    request_id: &'a str,
}

/// The middleware around every route.
pub async fn around(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let request_id = ids::request_name();
    let started = std::time::Instant::now();
    let method = request.method().clone();
    let mut response = if let Some(error) = refuse(&request) {
        request.error_response(error)
    } else {
        // The router needs the request for itself: nothing of it may be kept here.
        let Ok(answered) = AssertUnwindSafe(next.call(request)).catch_unwind().await else {
            tracing::error!(request_id, "a handler panicked");
            return Err(Panicked { request_id }.into());
        };
        answered?.map_into_boxed_body()
    };
    if response.status().as_u16() >= 400 && response.response().extensions().get::<Rendered>().is_none() {
        response = with_error_page(response, &request_id);
    }
    let https = response.request().app_data::<web::Data<Site>>().is_some_and(|site| site.is_https());
    let is_shared = is_for_programs(&method, response.request().path());
    secure(response.headers_mut(), https);
    name(response.headers_mut(), request_id.clone());
    if is_shared {
        share(response.headers_mut());
    }
    // The route's pattern, not the path: a path can hold a token or a reference.
    let route = response.request().match_pattern().unwrap_or_else(|| "none".into());
    let (status, ms) = (response.status().as_u16(), started.elapsed().as_millis());
    if response.response().extensions().get::<Kept>().is_some() {
        tracing::debug!(request_id, %method, route, status, ms, "answered from the cache");
    } else {
        tracing::info!(request_id, %method, route, status, ms, "answered");
    }
    Ok(response)
}

/// Why the request is not even routed: a host that is not ours, or a change asked for from another origin.
pub(super) fn refuse(request: &ServiceRequest) -> Option<PageError> {
    let site = request.app_data::<web::Data<Site>>()?;
    let text = |name: HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    // HTTP/2 names the host in its address.
    let host = text(header::HOST).or_else(|| request.uri().authority().map(Authority::as_str)).unwrap_or_default();
    // Whoever watches the server asks it by its bare address.
    let is_probe = matches!(request.path(), "/healthz" | "/readyz");
    // No text of ours holds a null character, and PostgreSQL takes none.
    // A compressed body can unpack to more than there is memory, and no form of ours comes as one.
    if text(header::CONTENT_ENCODING).is_some_and(|encoding| !encoding.eq_ignore_ascii_case("identity")) {
        return Some(PageError::UnsupportedMedia);
    }
    if !is_probe && !site.is_our_host(host) || request.uri().path().contains("%00") {
        return Some(PageError::BadRequest);
    }
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return None;
    }
    let foreign_site =
        text(HeaderName::from_static("sec-fetch-site")).is_some_and(|from| !matches!(from, "same-origin" | "none"));
    // A browser names the scheme too; behind a proxy only the host can be compared with what we were reached by.
    let foreign_origin = text(header::ORIGIN)
        .is_some_and(|origin| !origin.split_once("://").is_some_and(|(_, host)| site.is_our_host(host)));
    (foreign_site || foreign_origin).then_some(PageError::Stale)
}

fn with_error_page(response: ServiceResponse<BoxBody>, request_id: &str) -> ServiceResponse<BoxBody> {
    let status = response.status();
    let kind = response.response().extensions().get::<PageError>().cloned();
    let (request, old) = response.into_parts();
    let lang = language::of_request(&request);
    let mut answer = if request.path() == "/api" || request.path().starts_with("/api/") {
        problem::of_error(lang, kind.as_ref(), status)
    } else {
        error_page(lang, kind.as_ref(), status, request_id)
    };
    if let Some(allow) = old.headers().get(header::ALLOW) {
        answer.headers_mut().insert(header::ALLOW, allow.clone());
    }
    ServiceResponse::new(request, answer)
}

fn error_page(lang: &Language, kind: Option<&PageError>, status: StatusCode, request_id: &str) -> HttpResponse {
    let name = name_of(kind, status);
    let page = ErrorPage {
        lang,
        style: super::assets::url("portal.css"),
        icon: super::assets::url("icon.svg"),
        status: status.as_u16(),
        title: lang.t(&format!("error-{name}-title")),
        text: lang.t(&format!("error-{name}-text")),
        next: lang.t(&format!("error-{name}-next")),
        request_id,
    };
    let html = page.render().unwrap_or_else(|_| status.to_string());
    let mut answer = HttpResponse::build(status);
    answer.content_type("text/html; charset=utf-8").insert_header((header::CACHE_CONTROL, "no-store"));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        answer.insert_header((header::RETRY_AFTER, "10"));
    }
    answer.body(html)
}

/// A handler that panicked took its request with it: the page comes without the reader's language.
#[derive(Debug)]
struct Panicked {
    request_id: String,
}

impl std::fmt::Display for Panicked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a handler panicked")
    }
}

impl ResponseError for Panicked {
    fn error_response(&self) -> HttpResponse {
        let lang = language::named(language::DEFAULT);
        let mut answer = error_page(lang, Some(&PageError::Fault), StatusCode::INTERNAL_SERVER_ERROR, &self.request_id);
        secure(answer.headers_mut(), false);
        name(answer.headers_mut(), self.request_id.clone());
        answer
    }
}

/// Which words an error is told in.
pub(super) fn name_of(kind: Option<&PageError>, status: StatusCode) -> &'static str {
    match (kind, status.as_u16()) {
        (Some(PageError::Encoding), _) => "encoding",
        (Some(PageError::Stale), _) => "stale",
        (Some(PageError::TooSlow), _) => "slow",
        (_, 403) => "forbidden",
        (_, 404) => "not-found",
        (_, 405) => "method",
        (_, 409) => "conflict",
        (_, 410) => "gone",
        (_, 413) => "too-large",
        (_, 415) => "media",
        (_, 503) => "unavailable",
        (_, 400..=499) => "bad-request",
        _ => "fault",
    }
}

/// Whether what is asked for is data that is the same for everybody and holds nothing of who asks.
pub(super) fn is_for_programs(method: &Method, path: &str) -> bool {
    let of_norm = path.strip_prefix("/norms/").and_then(|rest| rest.strip_suffix("/feed.atom"));
    let is_feed =
        of_norm.is_some_and(|slug| !slug.contains('/')) || matches!(path, "/feed.atom" | "/announcements.atom");
    let is_data = path.starts_with("/api/") || is_feed;
    is_data && matches!(*method, Method::GET | Method::HEAD)
}

/// Lets the pages of other sites read an answer. No cookie counts: such an answer never depends on one.
pub(super) fn share(headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
}

/// Says by which name the request is in the log.
pub(super) fn name(headers: &mut HeaderMap, request_id: String) {
    if let Ok(value) = HeaderValue::try_from(request_id) {
        headers.insert(HeaderName::from_static("x-request-id"), value);
    }
}

/// The headers of every answer.
pub(super) fn secure(headers: &mut HeaderMap, https: bool) {
    // A file that is given out brings a policy of its own, which lets it do nothing at all.
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    }
    let fixed: [(HeaderName, &'static str); 7] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS_POLICY),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("x-permitted-cross-domain-policies"), "none"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if https {
        headers
            .insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=63072000; includeSubDomains"));
    }
}
