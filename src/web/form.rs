//! A form that was sent, and a form that is shown: raw values beside their errors.

use std::borrow::Cow;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::rt::time::timeout;
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::future::LocalBoxFuture;

use super::context::Ctx;
use super::csrf;
use super::fields::Fields;
use super::limits::TooMany;
use super::page::PageError;

/// The largest body that is read: 4 MiB, room for every field at its limit in any script, also when it is carried
/// through the sign-in page.
pub(super) const MOST_BYTES: usize = 4 << 20;

/// The name that the boxes of a list share: each that is ticked is sent.
pub const BOX: &str = "item";

/// A field that says of files sent before that they did not stay.
pub const FILES_LOST: &str = "files_lost";

/// The state of a form on a page.
#[derive(Debug, Clone, Default)]
pub struct Form {
    values: Fields,
    errors: Vec<(Cow<'static, str>, String)>,
}

impl Form {
    /// A form filled with `values`, without errors.
    pub fn filled(values: Fields) -> Self {
        Self { values, errors: Vec::new() }
    }

    /// Puts `value` into a field that was left empty.
    pub fn prefill(&mut self, name: &str, value: &str) {
        if self.values.get(name).is_empty() {
            self.values.set(name, value);
        }
    }

    /// Adds an error to the field `name`, in the reader's language.
    pub fn error(&mut self, name: impl Into<Cow<'static, str>>, message: String) {
        self.errors.push((name.into(), message));
    }

    /// The value to show in the field.
    pub fn value(&self, name: &str) -> &str {
        self.values.raw(name)
    }

    /// Whether the field holds exactly `value`: for radios, boxes and lists.
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.values.get(name) == value
    }

    /// The first error of the field; empty if it has none.
    pub fn error_of(&self, name: &str) -> &str {
        self.errors.iter().find(|(field, _)| *field == name).map_or("", |(_, message)| message)
    }

    /// Every error, in the order found.
    pub fn errors(&self) -> &[(Cow<'static, str>, String)] {
        &self.errors
    }

    /// Whether there is any error.
    pub fn failed(&self) -> bool {
        !self.errors.is_empty()
    }

    /// The values, apart from those named: to be carried along unseen.
    pub fn carried(&self, except: &[&str]) -> Vec<(&str, &str)> {
        self.values.except(except)
    }
}

/// A form sent by POST, decoded, with the page's context. Its token was compared; [`Posted::checked`] insists on it.
pub struct Posted {
    /// The page's context.
    pub ctx: Ctx,
    /// What was sent, without the token.
    pub fields: Fields,
    /// Every value of the field called [`BOX`]: of all others only one is kept.
    pub boxes: Vec<String>,
    genuine: bool,
}

impl Posted {
    /// The parts, if the form's token fits the browser; 403 if not.
    pub fn checked(self) -> Result<(Ctx, Fields), PageError> {
        if self.genuine { Ok((self.ctx, self.fields)) } else { Err(PageError::Stale) }
    }

    /// Whether the form's token fits the browser.
    pub fn is_genuine(&self) -> bool {
        self.genuine
    }
}

impl FromRequest for Posted {
    type Error = PageError;
    type Future = LocalBoxFuture<'static, Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let ctx = Ctx::from_request(request, payload);
        let is_form = is_of_type(request, "application/x-www-form-urlencoded");
        let body = web::Bytes::from_request(request, payload);
        Box::pin(async move {
            let ctx = ctx.await?;
            if !is_form {
                return Err(PageError::UnsupportedMedia);
            }
            let slowest = Duration::from_secs(ctx.site().config().server.form_seconds);
            let body = timeout(slowest, body).await.map_err(|_| PageError::TooSlow)?;
            let body = body.map_err(|error| match error.as_response_error().status_code().as_u16() {
                413 => PageError::TooLarge,
                _ => PageError::BadRequest,
            })?;
            Self::of(ctx, &Fields::decode(&body).map_err(PageError::from)?, false)
        })
    }
}

impl Posted {
    /// A form with these fields: of repeated ones the first that says anything, the token apart. From somebody who sends
    /// too much nothing is taken, but what was written goes back to be sent again. `files`: whether some came along.
    pub(super) fn of(ctx: Ctx, fields: &Fields, files: bool) -> Result<Self, PageError> {
        let genuine = ctx.form_secret().is_some_and(|secret| csrf::fits(secret, fields.get(csrf::FIELD)));
        if ctx.is_kept_out() {
            // Of somebody whose session ended the token fits nothing any more: their words are kept all the same.
            let form = if files { fields.clone().with(FILES_LOST, "yes") } else { fields.clone() };
            return Err(PageError::Gate(Some(Box::new(form))));
        }
        if let Some(seconds) = ctx.over() {
            let has_secret = fields.except(&[]).iter().any(|(name, _)| name.contains("password"));
            let mut form = fields.clone();
            if files {
                form.set(FILES_LOST, "yes");
            }
            return Err(TooMany { seconds, form: (genuine && !has_secret).then_some(form) }.into());
        }
        let mut kept = Fields::default();
        for (name, value) in fields.except(&[csrf::FIELD]) {
            if kept.raw(name).is_empty() {
                kept.set(name, value);
            }
        }
        let boxes = fields.all(BOX).map(str::to_owned).collect();
        Ok(Self { ctx, fields: kept, boxes, genuine })
    }
}

/// Whether the body is of this type.
pub(super) fn is_of_type(request: &HttpRequest, wanted: &str) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(wanted)
}

/// The body limit, for the server's set-up.
pub fn body_limit() -> web::PayloadConfig {
    web::PayloadConfig::new(MOST_BYTES)
}
