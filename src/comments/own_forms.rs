//! What an author may do with a comment that was sent: take it back, with a reason if they like, and appeal.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::appeal::{self, AppealError};
use super::body::LONGEST_NOTE;
use super::life::model::LONGEST_APPEAL;
use super::model::Comment;
use super::own_pages::{Own, own_as_author};
use super::redaction::model::Redaction;
use super::withdraw::{self, WithdrawError};
use crate::accounts::pages::sign_in_with;
use crate::clock::Moment;
use crate::db::DbError;
use crate::ids::RedactionId;
use crate::norms::words::graphemes;
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted};

#[derive(Template)]
#[template(path = "comments/withdraw.html")]
struct WithdrawPage<'a> {
    ctx: &'a Ctx,
    comment: &'a Comment,
    form: Form,
}

#[derive(Template)]
#[template(path = "comments/appeal.html")]
struct AppealPage<'a> {
    ctx: &'a Ctx,
    comment: &'a Comment,
    /// What the author was told when it was declined.
    statement: &'a str,
    /// Until when they may appeal, if they were told a day.
    until: Option<Moment>,
    /// The messages of the lead and of the hint beside the text.
    hint: (&'static str, &'static str),
    form: Form,
}

#[derive(Template)]
#[template(path = "comments/overtaken.html")]
struct OvertakenPage<'a> {
    ctx: &'a Ctx,
    reference: &'a str,
    title: String,
    state: String,
    typed: &'a str,
}

/// 409: nothing was stored; where the comment stands now, and what was typed.
fn overtaken(ctx: &Ctx, comment: &Comment, title: &str, typed: &str) -> Page {
    let state = ctx.t(format!("state-{}", comment.state));
    let page = OvertakenPage { ctx, reference: &comment.reference, title: ctx.t(title), state, typed };
    ctx.page_as(StatusCode::CONFLICT, &page)
}

fn too_long(ctx: &Ctx, form: &mut Form, field: &'static str, longest: usize) {
    let length = graphemes(form.value(field).trim());
    if length > longest {
        form.error(field, ctx.t2("compose-too-long", "longest", longest, "length", length));
    }
}

fn with_version(fields: Fields, comment: &Comment) -> Fields {
    if fields.get("version").is_empty() { fields.with("version", comment.version.to_string()) } else { fields }
}

fn withdraw_form(ctx: &Ctx, own: &Own, form: Form) -> Page {
    let failed = form.failed();
    ctx.form_page(&WithdrawPage { ctx, comment: &own.comment, form }, failed)
}

/// `GET /my-comments/{reference}/withdrawal`
pub async fn withdraw_page(ctx: Ctx, reference: web::Path<String>) -> Page {
    let own = own_as_author(&ctx, reference.into_inner()).await?;
    if !own.comment.can_be_withdrawn() {
        return overtaken(&ctx, &own.comment, "withdraw-over-title", "");
    }
    withdraw_form(&ctx, &own, Form::filled(with_version(Fields::default(), &own.comment)))
}

/// `POST /my-comments/{reference}/withdrawal`
pub async fn withdraw(posted: Posted, reference: web::Path<String>) -> Page {
    if posted.ctx.viewer.is_none() {
        return sign_in_with(&posted.ctx, &posted.ctx.path, &posted.fields);
    }
    let (ctx, fields) = posted.checked()?;
    let own = own_as_author(&ctx, reference.clone()).await?;
    let expected = fields.get("version").parse::<i64>().map_err(|_| PageError::BadRequest)?;
    let reason = fields.get("reason").to_owned();
    let mut form = Form::filled(fields.clone());
    too_long(&ctx, &mut form, "reason", LONGEST_NOTE);
    if form.failed() || fields.get("go") == "edit" {
        return withdraw_form(&ctx, &own, form);
    }
    let (now, account) = (ctx.now, own.comment.author.account);
    let write = move |conn: &mut _| withdraw::withdraw(conn, now, account, &reference, expected, reason);
    match ctx.site().db().write(write).await {
        Ok(()) => ctx.to_with(&format!("/my-comments/{}", own.comment.reference), "flash-withdrawn"),
        Err(WithdrawError::NotFound) => Err(PageError::NotFound),
        Err(WithdrawError::Changed(now)) => overtaken(&ctx, &now, "withdraw-over-title", fields.get("reason")),
        Err(WithdrawError::Database(error)) => Err(error.into()),
    }
}

fn appeal_form(ctx: &Ctx, own: &Own, form: Form) -> Page {
    let failed = form.failed();
    let statement = own.life.answers.last().map_or("", |answer| answer.statement.as_str());
    let until = own.life.appeal_until();
    let hint = ("appeal-lead", "appeal-text-hint");
    ctx.form_page(&AppealPage { ctx, comment: &own.comment, statement, until, hint, form }, failed)
}

/// 409: the time to appeal is over; until when it was, and what was typed.
fn too_late(ctx: &Ctx, comment: &Comment, until: Moment, typed: &str) -> Page {
    let title = ctx.t1("appeal-late-title", "until", ctx.time(until));
    let state = ctx.t(format!("state-{}", comment.state));
    ctx.page_as(StatusCode::CONFLICT, &OvertakenPage { ctx, reference: &comment.reference, title, state, typed })
}

/// `GET /my-comments/{reference}/appeal`
pub async fn appeal_page(ctx: Ctx, reference: web::Path<String>) -> Page {
    let own = own_as_author(&ctx, reference.into_inner()).await?;
    if let Some(until) = own.was_appealable_until(ctx.now) {
        return too_late(&ctx, &own.comment, until, "");
    }
    if !own.can_be_appealed(ctx.now) {
        return overtaken(&ctx, &own.comment, "appeal-over-title", "");
    }
    appeal_form(&ctx, &own, Form::filled(with_version(Fields::default(), &own.comment)))
}

/// `POST /my-comments/{reference}/appeal`
pub async fn appeal(posted: Posted, reference: web::Path<String>) -> Page {
    if posted.ctx.viewer.is_none() {
        return sign_in_with(&posted.ctx, &posted.ctx.path, &posted.fields);
    }
    let (ctx, fields) = posted.checked()?;
    let found = own_as_author(&ctx, reference.clone()).await?;
    let expected = fields.get("version").parse::<i64>().map_err(|_| PageError::BadRequest)?;
    let text = fields.get("text").to_owned();
    let mut form = Form::filled(fields.clone());
    if text.is_empty() {
        form.error("text", ctx.t("appeal-text-missing"));
    }
    too_long(&ctx, &mut form, "text", LONGEST_APPEAL);
    if let Some(until) = found.was_appealable_until(ctx.now) {
        return too_late(&ctx, &found.comment, until, &text);
    }
    if !found.can_be_appealed(ctx.now) {
        return overtaken(&ctx, &found.comment, "appeal-over-title", &text);
    }
    if fields.get("go") == "edit" {
        return appeal_form(&ctx, &found, Form::filled(fields));
    }
    if form.failed() {
        return appeal_form(&ctx, &found, form);
    }
    let (now, account) = (ctx.now, found.comment.author.account);
    let (path, typed) = (reference.clone(), text.clone());
    let write = move |conn: &mut _| appeal::appeal(conn, now, account, &path, expected, text);
    match ctx.site().db().write(write).await {
        Ok(()) => ctx.to_with(&format!("/my-comments/{}", found.comment.reference), "flash-appealed"),
        Err(AppealError::NotFound) => Err(PageError::NotFound),
        Err(AppealError::Changed(now)) => overtaken(&ctx, &now, "appeal-over-title", &typed),
        Err(AppealError::TooLate(until)) => too_late(&ctx, &found.comment, until, &typed),
        Err(AppealError::Database(DbError::Taken(_))) => {
            let now = own_as_author(&ctx, reference.into_inner()).await?;
            overtaken(&ctx, &now.comment, "appeal-over-title", &typed)
        }
        Err(AppealError::Database(error)) => Err(error.into()),
    }
}

/// The redaction with this id, if it is of this comment.
fn of_own<'a>(own: &'a Own, id: &str) -> Result<&'a Redaction, PageError> {
    let id = RedactionId::parse(id).ok_or(PageError::NotFound)?;
    own.life.redactions.iter().find(|it| it.id == id).ok_or(PageError::NotFound)
}

fn redaction_appeal_form(ctx: &Ctx, own: &Own, it: &Redaction, form: Form) -> Page {
    if ctx.now > it.appeal_until {
        return too_late(ctx, &own.comment, it.appeal_until, form.value("text"));
    }
    if !it.can_be_appealed(ctx.now) {
        return overtaken(ctx, &own.comment, "appeal-over-title", form.value("text"));
    }
    let failed = form.failed();
    let (until, hint) = (Some(it.appeal_until), ("redaction-appeal-lead", "redaction-appeal-hint"));
    let page = AppealPage { ctx, comment: &own.comment, statement: &it.statement, until, hint, form };
    ctx.form_page(&page, failed)
}

/// `GET /my-comments/{reference}/redactions/{id}/appeal`
pub async fn redaction_appeal_page(ctx: Ctx, path: web::Path<(String, String)>) -> Page {
    let (reference, id) = path.into_inner();
    let own = own_as_author(&ctx, reference).await?;
    let it = of_own(&own, &id)?;
    redaction_appeal_form(&ctx, &own, it, Form::filled(with_version(Fields::default(), &own.comment)))
}

/// `POST /my-comments/{reference}/redactions/{id}/appeal`
pub async fn appeal_redaction(posted: Posted, path: web::Path<(String, String)>) -> Page {
    if posted.ctx.viewer.is_none() {
        return sign_in_with(&posted.ctx, &posted.ctx.path, &posted.fields);
    }
    let (ctx, fields) = posted.checked()?;
    let (reference, id) = path.into_inner();
    let own = own_as_author(&ctx, reference.clone()).await?;
    let it = of_own(&own, &id)?;
    let mut form = Form::filled(fields.clone());
    if fields.get("go") == "edit" {
        return redaction_appeal_form(&ctx, &own, it, form);
    }
    if fields.get("text").is_empty() {
        form.error("text", ctx.t("appeal-text-missing"));
    }
    too_long(&ctx, &mut form, "text", LONGEST_APPEAL);
    if form.failed() || !it.can_be_appealed(ctx.now) {
        return redaction_appeal_form(&ctx, &own, it, form);
    }
    let (now, account, id, text) = (ctx.now, own.comment.author.account, it.id, fields.get("text").to_owned());
    let write = move |conn: &mut _| appeal::appeal_redaction(conn, now, account, &reference, id, &text);
    match ctx.site().db().write(write).await {
        Ok(()) => ctx.to_with(&format!("/my-comments/{}", own.comment.reference), "flash-appealed"),
        Err(AppealError::NotFound) => Err(PageError::NotFound),
        Err(AppealError::TooLate(until)) => too_late(&ctx, &own.comment, until, fields.get("text")),
        Err(AppealError::Changed(_) | AppealError::Database(DbError::Taken(_))) => {
            overtaken(&ctx, &own.comment, "appeal-over-title", fields.get("text"))
        }
        Err(AppealError::Database(error)) => Err(error.into()),
    }
}
