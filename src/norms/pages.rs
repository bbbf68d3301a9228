//! The Secretariat's page about the consultation: when comments are taken.

use askama::Template;
use chrono::{Datelike as _, NaiveDateTime};

use super::model::Consultation;
use super::store;
use super::window::{self, WindowError};
use crate::clock::Moment;
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted};

#[derive(Template)]
#[template(path = "norms/consultation.html")]
struct ConsultationPage<'a> {
    ctx: &'a Ctx,
    form: Form,
    consultation: &'a Consultation,
    is_open: bool,
    version: i64,
}

async fn show(ctx: &Ctx, form: Option<Form>) -> Page {
    let consultation = ctx.site().db().read(store::consultation).await?.ok_or(PageError::NotFound)?;
    let failed = form.as_ref().is_some_and(Form::failed);
    let form = form.unwrap_or_else(|| {
        let closes = consultation.closes_at.map(|at| ctx.local_input(at)).unwrap_or_default();
        Form::filled(
            Fields::default().with("opens_at", ctx.local_input(consultation.opens_at)).with("closes_at", closes),
        )
    });
    // A form with errors keeps the version it was made for: what changed meanwhile is still noticed.
    let version = form.value("version").parse().unwrap_or(consultation.version);
    let is_open = consultation.is_open(ctx.now);
    ctx.form_page(&ConsultationPage { ctx, form, consultation: &consultation, is_open, version }, failed)
}

/// `GET /secretariat/consultations`
pub async fn consultations(ctx: Ctx) -> Page {
    ctx.secretariat()?;
    show(&ctx, None).await
}

/// `POST /secretariat/consultations`
pub async fn set_window(posted: Posted) -> Page {
    let (ctx, fields) = posted.checked()?;
    let by = ctx.secretariat()?.id;
    let expected = fields.get("version").parse::<i64>().map_err(|_| PageError::BadRequest)?;
    let mut form = Form::filled(fields.clone());
    let opens_at = moment(fields.get("opens_at"));
    if opens_at.is_none() {
        form.error("opens_at", ctx.t("consultation-time-wrong"));
    }
    let closes_at = match fields.get("closes_at") {
        "" => None,
        text => {
            let closes_at = moment(text);
            if closes_at.is_none() {
                form.error("closes_at", ctx.t("consultation-time-wrong"));
            }
            closes_at
        }
    };
    if let (Some(opens), Some(closes)) = (opens_at, closes_at)
        && closes <= opens
    {
        form.error("closes_at", ctx.t("consultation-closes-before"));
    }
    let (Some(opens_at), false) = (opens_at, form.failed()) else { return show(&ctx, Some(form)).await };
    let now = ctx.now;
    match ctx.site().db().write(move |conn| window::set(conn, now, by, expected, opens_at, closes_at)).await {
        Ok(()) => ctx.to_with("/secretariat/consultations", "flash-window-saved"),
        Err(WindowError::Changed) => Err(PageError::Conflict),
        Err(WindowError::NoConsultation) => Err(PageError::NotFound),
        Err(WindowError::Database(error)) => Err(error.into()),
    }
}

/// Reads `2019-01-17T23:59`, with or without seconds, as UTC; a year of this millennium.
fn moment(text: &str) -> Option<Moment> {
    let text = text.trim_end_matches('Z').replacen(' ', "T", 1);
    NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M")
        .or_else(|_| NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S"))
        .ok()
        .filter(|at| (2000..3000).contains(&at.year()))
}
