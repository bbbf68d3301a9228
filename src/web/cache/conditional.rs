//! Conditional requests (RFC 9110, section 13): a browser that has the page already gets none.

use actix_web::HttpResponse;
use actix_web::body::BoxBody;
use actix_web::dev::{RequestHead, ServiceResponse};
use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};

/// What a browser has of the page, as it said it.
pub struct Held(Vec<HeaderValue>);

impl Held {
    /// Reads `If-None-Match`; `None` if there is none.
    pub fn of(head: &RequestHead) -> Option<Self> {
        let values: Vec<_> = head.headers.get_all(header::IF_NONE_MATCH).cloned().collect();
        (!values.is_empty() && matches!(head.method, Method::GET | Method::HEAD)).then_some(Self(values))
    }

    /// Whether `tag` is among it. Weak tags are as good as strong ones here; nonsense fits nothing.
    fn has(&self, tag: &str) -> bool {
        let texts = self.0.iter().filter_map(|value| value.to_str().ok());
        let mut tags = texts.flat_map(|text| text.split(',')).map(str::trim);
        let opaque = |tag: &'_ str| tag.strip_prefix("W/").unwrap_or(tag).to_owned();
        tags.any(|held| held == "*" || opaque(held) == opaque(tag))
    }

    /// The answer to somebody who holds this: 304 if it is what `answer` would send.
    pub fn answer(&self, answer: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
        let tag = answer.headers().get(header::ETAG).and_then(|tag| tag.to_str().ok());
        if answer.status() == StatusCode::OK && tag.is_some_and(|tag| self.has(tag)) {
            let (request, response) = answer.into_parts();
            return ServiceResponse::new(request, not_modified(response));
        }
        answer
    }
}

fn not_modified(response: HttpResponse<BoxBody>) -> HttpResponse<BoxBody> {
    let mut empty = response.set_body(BoxBody::new(()));
    *empty.status_mut() = StatusCode::NOT_MODIFIED;
    for name in [header::CONTENT_TYPE, header::CONTENT_ENCODING, header::CONTENT_LANGUAGE, header::CONTENT_LENGTH] {
        empty.headers_mut().remove(name);
    }
    empty
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_in_lists_and_nonsense_fits_nothing() {
        let held = |text: &'static str| Held(vec![HeaderValue::from_static(text)]);
        for fits in ["\"a\"", "W/\"a\"", "\"b\", \"a\"", "*", " W/\"b\" ,W/\"a\" "] {
            assert!(held(fits).has("\"a\"") && held(fits).has("W/\"a\""), "{fits}");
        }
        for other in ["", "a", "\"a", "w/\"a\"", "W/", "\"A\"", ",,,", "\"b\""] {
            assert!(!held(other).has("\"a\""), "{other}");
        }
    }
}
