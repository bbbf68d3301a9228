//! The Secretariat's pages of announcements: list, writing, correcting, withdrawing.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::model::Announcement;
use super::{form, store, write};
use crate::db::{AnyConnection, DbError};
use crate::ids::AnnouncementId;
use crate::web::paging::{self, Cursor};
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted};

/// Where the list is.
const PATH: &str = "/secretariat/announcements";

#[derive(Template)]
#[template(path = "announcements/list.html")]
struct ListPage<'a> {
    ctx: &'a Ctx,
    form: Form,
    announcements: Vec<Announcement>,
    first_page: String,
    next_page: String,
}

#[derive(Template)]
#[template(path = "announcements/edit.html")]
struct EditPage<'a> {
    ctx: &'a Ctx,
    it: &'a Announcement,
    form: Form,
    /// Whether somebody else was quicker: the form then holds what was typed, and the page what is shown now.
    is_late: bool,
}

#[derive(Template)]
#[template(path = "announcements/withdraw.html")]
struct WithdrawPage<'a> {
    ctx: &'a Ctx,
    it: &'a Announcement,
    is_late: bool,
}

async fn show_list(ctx: &Ctx, form: Form) -> Page {
    let after = match ctx.query.get("after") {
        "" => None,
        text => Some(paging::decode(text, AnnouncementId::parse).ok_or(PageError::BadRequest)?),
    };
    let mut announcements =
        ctx.site().db().read(move |conn: &mut AnyConnection| store::listed(conn, true, after)).await?;
    let next = paging::cut(&mut announcements, |it| Cursor { at: it.published_at, id: it.id });
    let failed = form.failed();
    let page = ListPage {
        ctx,
        form,
        announcements,
        first_page: after.map(|_| PATH.to_owned()).unwrap_or_default(),
        next_page: next.map(|cursor| format!("{PATH}?after={}", cursor.encode())).unwrap_or_default(),
    };
    ctx.form_page(&page, failed)
}

/// `GET /secretariat/announcements`
pub async fn list(ctx: Ctx) -> Page {
    ctx.secretariat()?;
    let fresh = Fields::default().with("form_id", AnnouncementId::new().to_string());
    show_list(&ctx, Form::filled(fresh)).await
}

/// `POST /secretariat/announcements`
pub async fn announce(posted: Posted) -> Page {
    let (ctx, fields) = posted.checked()?;
    let by = ctx.secretariat()?.id;
    let id = AnnouncementId::parse(fields.get("form_id")).ok_or(PageError::BadRequest)?;
    let words = match form::words(&fields, ctx.lang) {
        Ok(words) => words,
        Err(form) => return show_list(&ctx, form).await,
    };
    let now = ctx.now;
    match ctx.site().db().write(move |conn| write::announce(conn, now, by, id, &words)).await {
        // Taken: the same form came twice at the same moment.
        Ok(()) | Err(DbError::Taken(_)) => ctx.to_with(PATH, "flash-announcement-published"),
        Err(error) => Err(error.into()),
    }
}

async fn found(ctx: &Ctx, id: &str) -> Result<Announcement, PageError> {
    let id = AnnouncementId::parse(id).ok_or(PageError::NotFound)?;
    let found = ctx.site().db().read(move |conn: &mut AnyConnection| store::by_id(conn, id)).await?;
    found.ok_or(PageError::NotFound)
}

/// The version that a form was made for.
fn version(fields: &Fields) -> Result<i64, PageError> {
    fields.get("version").parse().map_err(|_| PageError::BadRequest)
}

/// `GET /secretariat/announcements/{id}`
pub async fn edit(ctx: Ctx, id: web::Path<String>) -> Page {
    ctx.secretariat()?;
    let it = found(&ctx, &id).await?;
    let fields =
        Fields::default().with("title", &it.title).with("text", &it.text).with("version", it.version.to_string());
    ctx.page(&EditPage { ctx: &ctx, it: &it, form: Form::filled(fields), is_late: false })
}

/// `POST /secretariat/announcements/{id}`
pub async fn correct(posted: Posted, id: web::Path<String>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let by = ctx.secretariat()?.id;
    let it = found(&ctx, &id).await?;
    let version = version(&fields)?;
    let words = match form::words(&fields, ctx.lang) {
        Ok(words) => words,
        Err(form) => return ctx.form_page(&EditPage { ctx: &ctx, it: &it, form, is_late: false }, true),
    };
    let (now, id) = (ctx.now, it.id);
    if ctx.site().db().write(move |conn| write::correct(conn, now, by, (id, version), &words)).await? {
        return ctx.to_with(PATH, "flash-announcement-corrected");
    }
    // What is shown now stands beside what was typed, and the form goes on from it.
    let it = found(&ctx, &id.to_string()).await?;
    let form = Form::filled(fields.with("version", it.version.to_string()));
    ctx.page_as(StatusCode::CONFLICT, &EditPage { ctx: &ctx, it: &it, form, is_late: true })
}

/// `GET /secretariat/announcements/{id}/withdrawal`
pub async fn withdraw_page(ctx: Ctx, id: web::Path<String>) -> Page {
    ctx.secretariat()?;
    let it = found(&ctx, &id).await?;
    ctx.page(&WithdrawPage { ctx: &ctx, it: &it, is_late: false })
}

/// `POST /secretariat/announcements/{id}/withdrawal`
pub async fn withdraw(posted: Posted, id: web::Path<String>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let by = ctx.secretariat()?.id;
    let it = found(&ctx, &id).await?;
    let version = version(&fields)?;
    let (now, id) = (ctx.now, it.id);
    if ctx.site().db().write(move |conn| write::withdraw(conn, now, by, (id, version))).await? {
        return ctx.to_with(PATH, "flash-announcement-withdrawn");
    }
    let it = found(&ctx, &id.to_string()).await?;
    ctx.page_as(StatusCode::CONFLICT, &WithdrawPage { ctx: &ctx, it: &it, is_late: true })
}
