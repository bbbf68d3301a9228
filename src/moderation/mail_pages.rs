//! Letters that did not leave: what failed, and the button that sends one again.

use actix_web::web;
use askama::Template;

use super::revive;
use crate::db::{AnyConnection, DbResult};
use crate::ids::MailId;
use crate::mail;
use crate::mail::model::MailState;
use crate::mail::store::Stuck;
use crate::web::form::Posted;
use crate::web::{Ctx, Page, PageError};

const PATH: &str = "/secretariat/mail";

#[derive(Template)]
#[template(path = "moderation/mail.html")]
struct MailPage<'a> {
    ctx: &'a Ctx,
    letters: Vec<Stuck>,
    queued: i64,
    dead: i64,
}

/// `GET /secretariat/mail`
pub async fn list(ctx: Ctx) -> Page {
    ctx.staff()?;
    let (letters, queued, dead) = ctx.site().db().read(load).await?;
    ctx.page(&MailPage { ctx: &ctx, letters, queued, dead })
}

fn load(conn: &mut AnyConnection) -> DbResult<(Vec<Stuck>, i64, i64)> {
    let letters = mail::store::stuck(conn)?;
    let queued = mail::store::count(conn, MailState::Queued)?;
    let dead = mail::store::count(conn, MailState::Dead)?;
    Ok((letters, queued, dead))
}

/// `POST /secretariat/mail/{id}/retry`
pub async fn retry(posted: Posted, path: web::Path<String>) -> Page {
    let (ctx, _) = posted.checked()?;
    let by = ctx.staff()?.id;
    let id = MailId::parse(&path).ok_or(PageError::NotFound)?;
    let now = ctx.now;
    let revived = ctx.site().db().write(move |conn| revive::revive(conn, now, by, id)).await?;
    ctx.to_with(PATH, if revived { "flash-moderation-mail-revived" } else { "flash-moderation-mail-not-dead" })
}
