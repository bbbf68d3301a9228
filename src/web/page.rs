//! Answers: a rendered page, a redirect, and what a handler can fail with.

use std::fmt;

use actix_web::body::BoxBody;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};
use askama::Template;

use super::context::Ctx;
use super::cookies::Name;
use super::fields::{Fields, Undecodable};
use super::limits::TooMany;
use crate::db::DbError;

/// What a handler returns.
pub type Page = Result<HttpResponse, PageError>;

/// Why a handler has no page of its own to show. [`super::shell`] turns each into a page that says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageError {
    /// Nobody is signed in; the path to come back to.
    SignIn(String),
    /// Somebody of the desk has to set up a second factor first.
    SetUpFactor,
    /// Whoever is signed in has to prove anew who they are; the path to come back to.
    Prove(String),
    /// 400: the address or form is not of a form the portal sends.
    BadRequest,
    /// 400: not UTF-8, or a NUL.
    Encoding,
    /// 408: a form that did not arrive in time.
    TooSlow,
    /// 403: signed in, but not for this.
    Forbidden,
    /// 403: the form's token does not fit this browser.
    Stale,
    /// 403: the gate is closed to whoever isn't signed in; the form that was sent, to be sent again.
    Gate(Option<Box<Fields>>),
    /// 404.
    NotFound,
    /// 409: somebody was quicker, or the same form came with other content.
    Conflict,
    /// 410: it was here, or the link was used.
    Gone,
    /// 413.
    TooLarge,
    /// 429: more than one network address or account may ask for.
    TooMany(Box<TooMany>),
    /// 429: as many requests of this address or account are in hand as may be.
    Crowded,
    /// 415: not a form.
    UnsupportedMedia,
    /// 503: the database or the password hashing can't take it now.
    Unavailable,
    /// 503: more is in hand than can be done.
    Busy,
    /// 500: a fault of ours.
    Fault,
}

impl From<Undecodable> for PageError {
    fn from(fault: Undecodable) -> Self {
        match fault {
            Undecodable::Encoding | Undecodable::Nul => Self::Encoding,
            Undecodable::TooMany => Self::BadRequest,
        }
    }
}

impl From<DbError> for PageError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Unavailable(_) => {
                tracing::warn!(%error, "the database is not available");
                Self::Unavailable
            }
            DbError::Taken(_) | DbError::Schema(_) | DbError::Fault(_) => {
                tracing::error!(%error, "a query failed");
                Self::Fault
            }
        }
    }
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl ResponseError for PageError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::SignIn(_) | Self::SetUpFactor | Self::Prove(_) => StatusCode::SEE_OTHER,
            Self::BadRequest | Self::Encoding => StatusCode::BAD_REQUEST,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Forbidden | Self::Stale | Self::Gate(_) => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Conflict => StatusCode::CONFLICT,
            Self::Gone => StatusCode::GONE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany(_) | Self::Crowded => StatusCode::TOO_MANY_REQUESTS,
            Self::UnsupportedMedia => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Unavailable | Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Fault => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse<BoxBody> {
        let query = |next| url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
        match self {
            Self::SignIn(next) => return see_other(&format!("/sign-in?{}", query(next))),
            Self::Prove(next) => return see_other(&format!("/account/proof?{}", query(next))),
            Self::SetUpFactor => return see_other("/account/second-factor/new"),
            _ => {}
        }
        let mut response = HttpResponse::new(self.status_code());
        response.extensions_mut().insert(self.clone());
        response
    }
}

/// Marks an answer that is whole as it is: the shell puts no error page in its place.
pub struct Rendered;

fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, path))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

/// What `template` makes: a page, or what stands in a feed or a map.
pub fn rendered(template: &impl Template) -> Result<String, PageError> {
    template.render().map_err(|error| {
        tracing::error!(%error, "a page could not be rendered");
        PageError::Fault
    })
}

impl Ctx {
    /// The page `template` with status 200.
    pub fn page(&self, template: &impl Template) -> Page {
        self.page_as(StatusCode::OK, template)
    }

    /// The page with the form's state: 422 if it has errors.
    pub fn form_page(&self, template: &impl Template, failed: bool) -> Page {
        self.page_as(if failed { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, template)
    }

    /// The page `template` with a status of its own.
    pub fn page_as(&self, status: StatusCode, template: &impl Template) -> Page {
        let html = rendered(template)?;
        let mut answer = HttpResponse::build(status);
        answer.content_type("text/html; charset=utf-8");
        answer.insert_header((header::CONTENT_LANGUAGE, self.lang.code()));
        answer.insert_header((header::VARY, "Accept-Language, Cookie"));
        let personal = self.viewer.is_some() || self.fresh_form_secret().is_some() || self.form_secret().is_some();
        answer.insert_header((header::CACHE_CONTROL, if personal { "no-store" } else { "no-cache" }));
        self.cookies(&mut answer);
        let mut response = answer.body(html);
        response.extensions_mut().insert(Rendered);
        Ok(response)
    }

    /// Data for a script of ours.
    pub fn json(&self, status: StatusCode, data: &serde_json::Value) -> Page {
        let mut answer = HttpResponse::build(status);
        answer.content_type("application/json").insert_header((header::CACHE_CONTROL, "no-store"));
        let mut response = answer.body(data.to_string());
        response.extensions_mut().insert(Rendered);
        Ok(response)
    }

    fn cookies(&self, answer: &mut HttpResponseBuilder) {
        if let Some(secret) = self.fresh_form_secret() {
            answer.cookie(Name::Form.set(self.site(), secret.to_owned()));
        }
        if self.has_flash() {
            answer.cookie(Name::Flash.clear(self.site()));
        }
    }

    /// 303 to `path`.
    pub fn to(&self, path: &str) -> Page {
        Ok(see_other(path))
    }

    /// 303 to `path`, with the message `flash` shown on the page that follows.
    pub fn to_with(&self, path: &str, flash: &'static str) -> Page {
        let mut response = see_other(path);
        let cookie = Name::Flash.set(self.site(), flash.to_owned());
        response.add_cookie(&cookie).map_err(|_| PageError::Fault)?;
        Ok(response)
    }
}
