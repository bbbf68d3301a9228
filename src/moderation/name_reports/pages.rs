//! The form for anybody, and the page on which the desk answers.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::model::NameReport;
use super::report::{self, ReportError};
use super::{form, store};
use crate::comments;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::NameReportId;
use crate::moderation::reports::model::Answer;
use crate::moderation::reports::staff_pages::{Lost, PATH, answers};
use crate::moderation::reports::{answer, form as answering, store as reports};
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted};

#[derive(Template)]
#[template(path = "moderation/name_report.html")]
struct ReportPage<'a> {
    ctx: &'a Ctx,
    form: Form,
    made: bool,
}

#[derive(Template)]
#[template(path = "moderation/name_report_detail.html")]
struct DetailPage<'a> {
    ctx: &'a Ctx,
    it: &'a NameReport,
    /// Each reference, and whether it leads to a comment.
    references: Vec<(String, bool)>,
    /// Reports of readers about the comments it names: address and reference.
    cases: Vec<(String, String)>,
    form: Form,
    answers: Vec<(&'static str, String, String)>,
    lost: Option<Lost>,
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
    let most = ctx.site().config().limits.letters_an_hour;
    match ctx.site().db().write(move |conn| report::report(conn, &it, by, lang, most)).await {
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

async fn show(ctx: &Ctx, id: NameReportId, form: Form, lost: Option<Lost>) -> Page {
    let found = ctx
        .site()
        .db()
        .read(move |conn| {
            let Some(it) = store::by_id(conn, id)? else { return Ok::<_, DbError>(None) };
            let (mut references, mut cases) = (Vec::new(), Vec::new());
            for reference in it.references.lines() {
                let comment = comments::store::by_reference(conn, reference)?;
                references.push((reference.to_owned(), comment.is_some()));
                let Some(comment) = comment else { continue };
                for case in reports::about(conn, comment.id)?.iter().filter(|case| case.answered.is_none()) {
                    cases.push((format!("{PATH}/{}", case.id), reference.to_owned()));
                }
            }
            Ok(Some((it, references, cases)))
        })
        .await?;
    let (it, references, cases) = found.ok_or(PageError::NotFound)?;
    let status = match (&lost, form.failed()) {
        (Some(_), _) => StatusCode::CONFLICT,
        (None, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, false) => StatusCode::OK,
    };
    ctx.page_as(status, &DetailPage { ctx, it: &it, references, cases, form, answers: answers(ctx), lost })
}

/// `GET /secretariat/name-reports/{id}`
pub async fn detail(ctx: Ctx, id: web::Path<String>) -> Page {
    ctx.staff()?;
    let id = NameReportId::parse(&id).ok_or(PageError::NotFound)?;
    show(&ctx, id, Form::default(), None).await
}

/// `POST /secretariat/name-reports/{id}`
pub async fn close(posted: Posted, id: web::Path<String>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let by = ctx.staff()?.id;
    let id = NameReportId::parse(&id).ok_or(PageError::NotFound)?;
    let given = match answering::answer(&fields, ctx.lang) {
        Ok(given) => given,
        Err(form) => return show(&ctx, id, form, None).await,
    };
    let (now, done) = (ctx.now, given.clone());
    let write = move |conn: &mut AnyConnection| -> DbResult<Option<NameReport>> {
        let Some(it) = store::by_id(conn, id)? else { return Ok(None) };
        Ok(answer::name_report(conn, now, by, &it, &done)?.then_some(it))
    };
    match ctx.site().db().write(write).await? {
        Some(_) if given.answer == Answer::Review => ctx.to_with(&ctx.path, "flash-report-review-names"),
        Some(_) => ctx.to_with(PATH, "flash-report-answered"),
        None => show(&ctx, id, Form::default(), Some(Lost { reply: given.reply, note: given.note })).await,
    }
}
