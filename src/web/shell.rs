//! Around every request: its id and log line, the hosts we answer for, the origin of what changes something, a page for
//! every error, the headers of every answer.

use std::panic::AssertUnwindSafe;
use std::sync::LazyLock;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::uri::Authority;
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, HttpResponse, ResponseError, web};
use askama::Template;
use futures_util::FutureExt as _;

use super::cache::Kept;
use super::events::{Event, RequestName, Told};
use super::fields::Fields;
use super::gate;
use super::language::{self, Language};
use super::limits;
use super::page::{PageError, Rendered};
use super::problem;
use super::site::Site;
use crate::ids;

/// What every page may load: our own style, pictures and fonts, and of scripts those whose digests are known (decision 38);
/// nothing inline, no frame, no other origin.
static CONTENT_SECURITY_POLICY: LazyLock<String> = LazyLock::new(|| {
    format!(
        "default-src 'none'; script-src {}; worker-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; \
         font-src 'self'; object-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        super::assets::script_sources()
    )
});

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
    /// Where the form goes that was sent too soon, and what was in it.
    form: Option<(&'a str, &'a Fields)>,
}

/// The middleware around every route.
pub async fn around(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let request_id = ids::request_name();
    let started = std::time::Instant::now();
    let method = request.method().clone();
    request.extensions_mut().insert(RequestName(request_id.clone()));
    let https = request.app_data::<web::Data<Site>>().is_some_and(|site| site.is_https());
    let mut response = if let Some(error) = refuse(&request) {
        request.error_response(error)
    } else {
        match admitted(&request).await {
            Err(error) => request.error_response(error),
            Ok(_place) => {
                // The router needs the request for itself: nothing of it may be kept here.
                let Ok(answered) = AssertUnwindSafe(next.call(request)).catch_unwind().await else {
                    tracing::error!(request_id, "a handler panicked");
                    return Err(Panicked { request_id, https }.into());
                };
                answered?.map_into_boxed_body()
            }
        }
    };
    response = gate::in_place(response).await;
    note_refusal(&response, &request_id);
    if response.status().as_u16() >= 400 && response.response().extensions().get::<Rendered>().is_none() {
        response = with_error_page(response, &request_id);
    }
    let is_shared = is_for_programs(&method, response.request().path());
    secure(response.headers_mut(), https);
    name(response.headers_mut(), request_id.clone());
    if is_shared {
        share(response.headers_mut());
    }
    // The route's pattern, not the path: a path can hold a token or a reference.
    let route = response.request().match_pattern().unwrap_or_else(|| "none".into());
    let (status, took) = (response.status().as_u16(), started.elapsed());
    let is_kept = response.response().extensions().get::<Kept>().is_some();
    if let Some(site) = response.request().app_data::<web::Data<Site>>() {
        site.watch().answered(&method, &route, status, took);
        if is_kept {
            site.watch().hit();
        }
    }
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    if is_kept {
        tracing::debug!(request_id, %method, route, status, ms, "answered from the cache");
    } else {
        tracing::info!(request_id, %method, route, status, ms, "answered");
    }
    Ok(response)
}

/// Writes a line into the log if the answer is a security event.
fn note_refusal(response: &ServiceResponse<BoxBody>, request_id: &str) {
    let event = response.response().extensions().get::<PageError>().and_then(Event::of);
    let (Some(event), Some(site)) = (event, response.request().app_data::<web::Data<Site>>()) else { return };
    let found = response.request().extensions().get::<limits::Found>().cloned();
    let account = found.and_then(|found| found.0).map(|viewer| viewer.id);
    let route = response.request().match_pattern().unwrap_or_else(|| "none".into());
    site.events().write(site.now(), event, &Told { account, about: &route, request_id });
}

/// A place for the request, if there is one.
async fn admitted(request: &ServiceRequest) -> Result<Option<limits::Place>, PageError> {
    match request.app_data::<web::Data<Site>>() {
        Some(site) => limits::admit(site, request).await,
        None => Ok(None),
    }
}

/// Why the request is not even routed: a host that is not ours, or a change asked for from another origin.
pub(super) fn refuse(request: &ServiceRequest) -> Option<PageError> {
    let site = request.app_data::<web::Data<Site>>()?;
    let text = |name: HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    // HTTP/2 names the host in its address.
    let host = text(header::HOST).or_else(|| request.uri().authority().map(Authority::as_str)).unwrap_or_default();
    // Whoever watches the server asks it by its bare address; the numbers only so, for a page of anybody can make a browser
    // on this machine ask under a name of its own.
    let is_bare = || is_bare_address(host);
    let is_probe = matches!(request.path(), "/healthz" | "/readyz") || request.path() == "/metrics" && is_bare();
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

/// Whether a host is no name: an address in figures with or without a port, or this machine.
fn is_bare_address(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, port)| if port.ends_with(']') { host } else { name });
    name == "localhost" || name.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok()
}

fn with_error_page(response: ServiceResponse<BoxBody>, request_id: &str) -> ServiceResponse<BoxBody> {
    let status = response.status();
    let kind = response.response().extensions().get::<PageError>().cloned();
    let (request, old) = response.into_parts();
    let lang = language::of_request(&request);
    let mut answer = if is_api(request.path()) {
        problem::of_error(lang, kind.as_ref(), status)
    } else {
        error_page(lang, kind.as_ref(), status, (request.path(), request_id))
    };
    // What the request could have asked instead.
    for name in [header::ALLOW, header::CONTENT_RANGE] {
        if let Some(value) = old.headers().get(&name) {
            answer.headers_mut().insert(name, value.clone());
        }
    }
    ServiceResponse::new(request, answer)
}

fn error_page(
    lang: &Language,
    kind: Option<&PageError>,
    status: StatusCode,
    (path, request_id): (&str, &str),
) -> HttpResponse {
    let name = name_of(kind, status);
    let form = match kind {
        Some(PageError::TooMany(too_many)) => too_many.form.as_ref().map(|fields| (path, fields)),
        _ => None,
    };
    let page = ErrorPage {
        lang,
        style: super::assets::url("portal.css"),
        icon: super::assets::url("icon.svg"),
        status: status.as_u16(),
        title: lang.t(&format!("error-{name}-title")),
        text: text_of(lang, kind, status),
        next: lang.t(&format!("error-{name}-next")),
        request_id,
        form,
    };
    let html = page.render().unwrap_or_else(|_| status.to_string());
    let mut answer = HttpResponse::build(status);
    answer.content_type("text/html; charset=utf-8").insert_header((header::CACHE_CONTROL, "no-store"));
    let mut answer = answer.body(html);
    limits::retry_after(&mut answer, kind);
    answer
}

/// What is wrong, in words; of too much also when to try again.
pub(super) fn text_of(lang: &Language, kind: Option<&PageError>, status: StatusCode) -> String {
    let text = lang.t(&format!("error-{}-text", name_of(kind, status)));
    let Some(PageError::TooMany(too_many)) = kind else { return text };
    let when = match too_many.seconds {
        seconds @ 0..=90 => lang.tn("error-too-many-seconds", seconds),
        seconds => lang.tn("error-too-many-minutes", seconds.div_ceil(60)),
    };
    format!("{text} {when}")
}

/// A handler that panicked took its request with it: the page comes without the reader's language.
#[derive(Debug)]
struct Panicked {
    request_id: String,
    https: bool,
}

impl std::fmt::Display for Panicked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a handler panicked")
    }
}

impl ResponseError for Panicked {
    fn error_response(&self) -> HttpResponse {
        let lang = language::named(language::DEFAULT);
        let mut answer =
            error_page(lang, Some(&PageError::Fault), StatusCode::INTERNAL_SERVER_ERROR, ("/", &self.request_id));
        secure(answer.headers_mut(), self.https);
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
        (Some(PageError::Busy), _) => "busy",
        (Some(PageError::Gate(_)), _) => "gate",
        (Some(PageError::Crowded), _) => "crowded",
        (_, 429) => "too-many",
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

/// Whether programs ask there, who are told in their own form what is wrong.
pub(super) fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
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
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(&CONTENT_SECURITY_POLICY));
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
