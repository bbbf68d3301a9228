//! The list of one's sessions.

use askama::Template;

use super::model::Session;
use super::{end, store};
use crate::accounts::proof;
use crate::accounts::session::horizon;
use crate::web::{Ctx, Page, PageError, Posted};

/// Where the list is.
const SESSIONS: &str = "/account/sessions";

#[derive(Template)]
#[template(path = "accounts/sessions.html")]
struct SessionsPage<'a> {
    ctx: &'a Ctx,
    rows: Vec<Row>,
    has_others: bool,
}

/// A session in words.
struct Row {
    session: Session,
    digest: String,
    device: String,
    is_this: bool,
}

/// `Firefox on Linux`.
pub(in crate::accounts) fn device(ctx: &Ctx, browser: &str, system: &str) -> String {
    match (browser, system) {
        ("", "") => ctx.t("sessions-device-unknown"),
        (browser, "") => browser.to_owned(),
        ("", system) => ctx.t1("sessions-device-system", "system", system),
        _ => ctx.t2("sessions-device", "browser", browser, "system", system),
    }
}

impl Row {
    fn of(ctx: &Ctx, session: Session) -> Self {
        let device = device(ctx, &session.browser, &session.system);
        let is_this = ctx.session_hash().is_some_and(|hash| hash.as_slice() == session.hash);
        Self { digest: hex::encode(&session.hash), device, is_this, session }
    }
}

/// `GET /account/sessions`
pub async fn list(ctx: Ctx) -> Page {
    let id = ctx.signed_in()?.id;
    let (begun_after, seen_after) = horizon(ctx.site(), ctx.now);
    let sessions = ctx.site().db().read(move |conn| store::of(conn, id, begun_after, seen_after)).await?;
    let has_others = sessions.len() > 1;
    let rows = sessions.into_iter().map(|it| Row::of(&ctx, it)).collect();
    ctx.page(&SessionsPage { ctx: &ctx, rows, has_others })
}

/// `POST /account/sessions`: ends the one that the form names, or with `which=others` all but this one.
pub async fn end(posted: Posted) -> Page {
    let (ctx, fields) = posted.checked()?;
    let id = ctx.signed_in()?.id;
    if !ctx.is_proven() {
        return proof::pages::ask(&ctx, &fields).await;
    }
    let (now, this) = (ctx.now, ctx.session_hash().ok_or(PageError::Fault)?);
    if fields.get("which") == "others" {
        ctx.site().db().write(move |conn| end::others(conn, now, id, &this)).await?;
        return ctx.to_with(SESSIONS, "flash-sessions-others");
    }
    let hash = hex::decode(fields.get("session")).map_err(|_| PageError::BadRequest)?;
    if ctx.site().db().write(move |conn| end::one(conn, now, id, &hash)).await? {
        ctx.to_with(SESSIONS, "flash-sessions-one")
    } else {
        ctx.to_with(SESSIONS, "flash-sessions-gone")
    }
}
