//! Taking one's second factor off.

use askama::Template;

use super::pages::{FACTOR, next_session};
use super::{set, store};
use crate::accounts::proof;
use crate::web::cookies::Name;
use crate::web::{Ctx, Page, PageError, Posted};

#[derive(Template)]
#[template(path = "accounts/factor_removal.html")]
struct RemovalPage<'a> {
    ctx: &'a Ctx,
}

/// `GET /account/second-factor/removal`; back to the factor where there is nothing to take off, or it may not be.
pub async fn show(ctx: Ctx) -> Page {
    let viewer = ctx.signed_in()?;
    let id = viewer.id;
    let is_set = ctx.site().db().read(move |conn| store::is_set(conn, id)).await?;
    if viewer.role.is_staff() || !is_set {
        return ctx.to(FACTOR);
    }
    ctx.page(&RemovalPage { ctx: &ctx })
}

/// `POST /account/second-factor/removal`
pub async fn remove(posted: Posted) -> Page {
    let (ctx, fields) = posted.checked()?;
    let (id, now) = (ctx.signed_in()?.id, ctx.now);
    if !ctx.is_proven() {
        return proof::pages::ask(&ctx, &fields).await;
    }
    let (secret, turn) = next_session(&ctx)?;
    ctx.site().db().write(move |conn| set::remove(conn, now, id, &turn)).await?;
    let mut response = ctx.to_with(FACTOR, "flash-factor-removed")?;
    response.add_cookie(&Name::Session.set(ctx.site(), secret)).map_err(|_| PageError::Fault)?;
    Ok(response)
}
