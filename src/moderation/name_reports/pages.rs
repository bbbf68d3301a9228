//! The form for anybody, and the desk's list of what came.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::model::NameReport;
use super::report::{self, ReportError};
use super::{form, handle, store};
use crate::comments;
use crate::db::DbError;
use crate::ids::NameReportId;
use crate::web::paging::{self, Cursor};
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted};

/// Where the desk's list is.
const PATH: &str = "/secretariat/name-reports";

#[derive(Template)]
#[template(path = "moderation/name_report.html")]
struct ReportPage<'a> {
    ctx: &'a Ctx,
    form: Form,
    made: bool,
}

#[derive(Template)]
#[template(path = "moderation/name_reports.html")]
struct ListPage<'a> {
    ctx: &'a Ctx,
    reports: Vec<NameReport>,
    is_handled: bool,
    open: i64,
    first_page: String,
    next_page: String,
}

#[derive(Template)]
#[template(path = "moderation/name_report_detail.html")]
struct DetailPage<'a> {
    ctx: &'a Ctx,
    it: &'a NameReport,
    /// Each reference, and whether it leads to a comment.
    references: Vec<(String, bool)>,
    form: Form,
    /// What was typed where somebody else was quicker.
    lost: String,
}

/// `GET /name-report`
pub async fn page(ctx: Ctx) -> Page {
    let mut fields = Fields::default()
        .with("reference", ctx.query.get("reference"))
        .with("form_id", NameReportId::new().to_string());
    if let Some(viewer) = &ctx.viewer {
        fields = fields.with("name", &viewer.name).with("email", &viewer.email);
    }
    ctx.page(&ReportPage { ctx: &ctx, form: Form::filled(fields), made: false })
}

/// `POST /name-report`
pub async fn make(posted: Posted) -> Page {
    let (ctx, fields) = posted.checked()?;
    let id = NameReportId::parse(fields.get("form_id")).ok_or(PageError::BadRequest)?;
    let it = match form::report(&fields, id, ctx.now, ctx.lang) {
        Ok(it) => it,
        Err(form) => return ctx.form_page(&ReportPage { ctx: &ctx, form, made: false }, true),
    };
    let (by, lang) = (ctx.viewer.as_ref().map(|viewer| viewer.id), ctx.lang);
    match ctx.site().db().write(move |conn| report::report(conn, &it, by, lang)).await {
        // Taken: the same form came twice at the same moment.
        Ok(()) | Err(ReportError::Database(DbError::Taken(_))) => {
            ctx.page(&ReportPage { ctx: &ctx, form: Form::default(), made: true })
        }
        Err(ReportError::TooMany) => {
            let mut form = Form::filled(fields);
            form.error("text", ctx.t("name-report-too-many"));
            ctx.form_page(&ReportPage { ctx: &ctx, form, made: false }, true)
        }
        Err(ReportError::Database(error)) => Err(error.into()),
    }
}

/// `GET /secretariat/name-reports`
pub async fn list(ctx: Ctx) -> Page {
    ctx.staff()?;
    let is_handled = ctx.query.get("state") == "handled";
    let after = match ctx.query.get("after") {
        "" => None,
        text => Some(paging::decode(text, NameReportId::parse).ok_or(PageError::BadRequest)?),
    };
    let (mut reports, open) = ctx
        .site()
        .db()
        .read(move |conn| Ok::<_, DbError>((store::listed(conn, is_handled, after)?, store::open(conn)?)))
        .await?;
    let first = if is_handled { format!("{PATH}?state=handled") } else { PATH.to_owned() };
    let next = paging::cut(&mut reports, |it| Cursor { at: it.made_at, id: it.id });
    let mark = if is_handled { '&' } else { '?' };
    let next_page = next.map(|cursor| format!("{first}{mark}after={}", cursor.encode())).unwrap_or_default();
    let first_page = if after.is_some() { first } else { String::new() };
    ctx.page(&ListPage { ctx: &ctx, reports, is_handled, open, first_page, next_page })
}

async fn show(ctx: &Ctx, id: NameReportId, form: Form, lost: String) -> Page {
    let found = ctx
        .site()
        .db()
        .read(move |conn| {
            let Some(it) = store::by_id(conn, id)? else { return Ok::<_, DbError>(None) };
            let mut references = Vec::new();
            for reference in it.references.lines() {
                let is_comment = comments::store::by_reference(conn, reference)?.is_some();
                references.push((reference.to_owned(), is_comment));
            }
            Ok(Some((it, references)))
        })
        .await?;
    let (it, references) = found.ok_or(PageError::NotFound)?;
    let status = match (lost.is_empty(), form.failed()) {
        (false, _) => StatusCode::CONFLICT,
        (true, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (true, false) => StatusCode::OK,
    };
    ctx.page_as(status, &DetailPage { ctx, it: &it, references, form, lost })
}

/// `GET /secretariat/name-reports/{id}`
pub async fn detail(ctx: Ctx, id: web::Path<String>) -> Page {
    ctx.staff()?;
    let id = NameReportId::parse(&id).ok_or(PageError::NotFound)?;
    show(&ctx, id, Form::default(), String::new()).await
}

/// `POST /secretariat/name-reports/{id}`
pub async fn close(posted: Posted, id: web::Path<String>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let by = ctx.staff()?.id;
    let id = NameReportId::parse(&id).ok_or(PageError::NotFound)?;
    let note = match form::note(&fields, ctx.lang) {
        Ok(note) => note,
        Err(form) => return show(&ctx, id, form, String::new()).await,
    };
    let (now, kept) = (ctx.now, note.clone());
    if ctx.site().db().write(move |conn| handle::handle(conn, now, by, id, &note)).await? {
        return ctx.to_with(PATH, "flash-name-report-handled");
    }
    show(&ctx, id, Form::default(), kept).await
}
