//! The page on which the Secretariat writes its part of the report.

use actix_web::http::StatusCode;
use askama::Template;

use super::model::Report;
use super::{form, store, write};
use crate::accounts::pages::sign_in_with;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::ConsultationId;
use crate::norms;
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted};

/// Where the page is.
const PATH: &str = "/secretariat/deliberation/report";

#[derive(Template)]
#[template(path = "deliberation/report.html")]
struct ReportPage<'a> {
    ctx: &'a Ctx,
    it: Report,
    form: Form,
    /// Whether somebody else was quicker: the form then holds what was typed, and the page what is written now.
    is_late: bool,
}

async fn current(ctx: &Ctx) -> Result<(ConsultationId, Report), PageError> {
    let read = |conn: &mut AnyConnection| -> DbResult<_> {
        let Some(consultation) = norms::store::consultation(conn)? else { return Ok(None) };
        Ok(Some((consultation.id, store::of(conn, consultation.id)?)))
    };
    ctx.site().db().read(read).await?.ok_or(PageError::NotFound)
}

/// `GET /secretariat/deliberation/report`
pub async fn page(ctx: Ctx) -> Page {
    ctx.secretariat()?;
    let (_, it) = current(&ctx).await?;
    let fields = Fields::default()
        .with("overview", &it.words.overview)
        .with("summary", &it.words.summary)
        .with("version", it.version.to_string());
    ctx.page(&ReportPage { ctx: &ctx, it, form: Form::filled(fields), is_late: false })
}

/// `POST /secretariat/deliberation/report`
pub async fn save(posted: Posted) -> Page {
    if posted.ctx.viewer.is_none() {
        return sign_in_with(&posted.ctx, &posted.ctx.path, &posted.fields);
    }
    let is_genuine = posted.is_genuine();
    let (ctx, fields) = (posted.ctx, posted.fields);
    let by = ctx.secretariat()?.id;
    let version: i64 = fields.get("version").parse().map_err(|_| PageError::BadRequest)?;
    let (id, it) = current(&ctx).await?;
    let words = match form::words(&fields, ctx.lang) {
        Ok(words) if is_genuine && fields.get("go") != "edit" => words,
        // Shown again with a token of today: nothing that was typed is lost.
        Ok(_) => {
            let form = Form::filled(fields);
            let status = if is_genuine { StatusCode::OK } else { StatusCode::FORBIDDEN };
            return ctx.page_as(status, &ReportPage { ctx: &ctx, it, form, is_late: false });
        }
        Err(form) => return ctx.form_page(&ReportPage { ctx: &ctx, it, form, is_late: false }, true),
    };
    let now = ctx.now;
    match ctx.site().db().write(move |conn| write::write(conn, now, by, (id, version), &words)).await {
        Ok(true) => return ctx.to_with(PATH, "flash-staff-report-written"),
        // Taken: somebody else wrote the first at the same moment.
        Ok(false) | Err(DbError::Taken(_)) => {}
        Err(error) => return Err(error.into()),
    }
    let (_, it) = current(&ctx).await?;
    let form = Form::filled(fields.with("version", it.version.to_string()));
    ctx.page_as(StatusCode::CONFLICT, &ReportPage { ctx: &ctx, it, form, is_late: true })
}
