//! Answers to programs: a body, its digest as the tag by which a program learns that nothing changed.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};

use crate::ids;
use crate::web::Page;

/// Answers `request` with `body`; 304 without a body if the program has the same already. It may keep the body, but has to
/// ask each time whether it still holds: what is withdrawn is gone at once.
pub fn data(request: &HttpRequest, media_type: &'static str, body: String) -> HttpResponse {
    let digest = ids::sha256(body.as_bytes());
    // Weak: the same body may be sent compressed in several ways.
    let tag = format!("W/\"{}\"", hex::encode(digest.get(..16).unwrap_or_default()));
    let has_it = knows(request, &tag);
    let mut answer = if has_it { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer.insert_header((header::CACHE_CONTROL, "no-cache")).insert_header((header::ETAG, tag));
    if has_it { answer.finish() } else { answer.insert_header((header::CONTENT_TYPE, media_type)).body(body) }
}

/// [`data`] with a value as JSON.
pub fn json(request: &HttpRequest, media_type: &'static str, value: &impl serde::Serialize) -> Page {
    let body = serde_json::to_string(value).map_err(|error| {
        tracing::error!(%error, "an answer could not be written");
        crate::web::PageError::Fault
    })?;
    Ok(data(request, media_type, body))
}

/// Whether a tag that the program has is `tag`: compared as RFC 9110, 13.1.2 says for reading.
fn knows(request: &HttpRequest, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let known = request.headers().get_all(header::IF_NONE_MATCH).filter_map(|value| value.to_str().ok());
    known.flat_map(|list| list.split(',')).any(|one| one.trim() == "*" || opaque(one) == opaque(tag))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::StatusCode;
    use actix_web::test::TestRequest;

    fn status(if_none_match: Option<&str>) -> StatusCode {
        let request = TestRequest::default();
        let request = match if_none_match {
            Some(value) => request.insert_header((header::IF_NONE_MATCH, value)),
            None => request,
        };
        data(&request.to_http_request(), "text/plain", "body".into()).status()
    }

    #[test]
    fn only_the_same_tag_saves_the_body() {
        let first = data(&TestRequest::default().to_http_request(), "text/plain", "body".into());
        let tag = first.headers().get(header::ETAG).unwrap().to_str().unwrap().to_owned();
        assert_eq!(status(None), StatusCode::OK);
        for same in [tag.clone(), tag.trim_start_matches("W/").to_owned(), format!("\"x\", {tag}"), "*".to_owned()] {
            assert_eq!(status(Some(&same)), StatusCode::NOT_MODIFIED, "{same}");
        }
        for other in ["", "\"\"", "W/", ",,,", "\"x\"", tag.trim_start_matches("W/").trim_matches('"')] {
            assert_eq!(status(Some(other)), StatusCode::OK, "{other}");
        }
    }
}
