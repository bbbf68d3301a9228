//! Answers to programs: a body, and its digest as the tag by which a program learns that nothing changed.

use actix_web::HttpResponse;
use actix_web::http::header;

use crate::ids;
use crate::web::Page;

/// `body` under a tag of its own. A program may keep it, but has to ask each time whether it still holds: what is withdrawn
/// is gone at once. The comparison is the cache's.
pub fn data(media_type: &'static str, body: String) -> HttpResponse {
    let digest = ids::sha256(body.as_bytes());
    // Weak: the same body may be sent compressed in several ways.
    let tag = format!("W/\"{}\"", hex::encode(digest.get(..16).unwrap_or_default()));
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::ETAG, tag))
        .insert_header((header::CONTENT_TYPE, media_type))
        .body(body)
}

/// [`data`] with a value as JSON.
pub fn json(media_type: &'static str, value: &impl serde::Serialize) -> Page {
    let body = serde_json::to_string(value).map_err(|error| {
        tracing::error!(%error, "an answer could not be written");
        crate::web::PageError::Fault
    })?;
    Ok(data(media_type, body))
}
