//! For whoever watches the server: is it there, and does its database answer.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};

use super::store;
use crate::web::Site;
use crate::web::page::Rendered;

fn plain(status: StatusCode, word: &'static str) -> HttpResponse {
    let mut answer = HttpResponse::build(status)
        .content_type("text/plain; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(word);
    answer.extensions_mut().insert(Rendered);
    answer
}

/// `GET /healthz`: the process answers. Asks nothing of the database.
pub async fn healthz() -> HttpResponse {
    plain(StatusCode::OK, "ok")
}

/// `GET /readyz`: the database answers, 503 if it does not.
pub async fn readyz(site: web::Data<Site>) -> HttpResponse {
    match site.db().read(store::answers).await {
        Ok(()) => plain(StatusCode::OK, "ready"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            plain(StatusCode::SERVICE_UNAVAILABLE, "not ready")
        }
    }
}
