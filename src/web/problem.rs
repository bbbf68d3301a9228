//! What a program is told that asked for data and gets none: RFC 9457 problem details.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use serde::Serialize;
use utoipa::ToSchema;

use super::language::Language;
use super::limits;
use super::page::{PageError, Rendered};
use super::shell::{name_of, text_of};

/// The media type of problem details.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// Why there is no data, as RFC 9457 writes it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// `about:blank`: the status says what sort of problem it is.
    #[schema(example = "about:blank")]
    pub r#type: &'static str,
    /// What sort of problem, in words.
    pub title: String,
    /// The status code.
    #[schema(minimum = 400, maximum = 599)]
    pub status: u16,
    /// What is wrong, and what to do.
    pub detail: String,
    /// The parameter that is wrong, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub parameter: Option<&'static str>,
}

/// The answer for an error that has no words of its own.
pub fn of_error(lang: &Language, kind: Option<&PageError>, status: StatusCode) -> HttpResponse {
    let name = name_of(kind, status);
    let (title, text) = (lang.t(&format!("error-{name}-title")), text_of(lang, kind, status));
    // The marks around a number belong on pages only.
    let text = text.replace(['\u{2068}', '\u{2069}'], "");
    let mut answer = answer(
        status,
        Problem { r#type: "about:blank", title, status: status.as_u16(), detail: text, parameter: None },
    );
    limits::retry_after(&mut answer, kind);
    answer
}

/// 400 for a parameter that can't have the value it has; `detail` says which it can have.
pub fn of_parameter(lang: &Language, parameter: &'static str, detail: String) -> HttpResponse {
    let status = StatusCode::BAD_REQUEST;
    let title = lang.t("api-wrong-parameter");
    let parameter = Some(parameter);
    answer(status, Problem { r#type: "about:blank", title, status: status.as_u16(), detail, parameter })
}

fn answer(status: StatusCode, problem: Problem) -> HttpResponse {
    let body = serde_json::to_string(&problem).unwrap_or_default();
    let mut answer = HttpResponse::build(status);
    answer.content_type(MEDIA_TYPE).insert_header((header::CACHE_CONTROL, "no-store"));
    let mut response = answer.body(body);
    response.extensions_mut().insert(Rendered);
    response
}
