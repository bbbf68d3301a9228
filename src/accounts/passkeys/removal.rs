//! Removing one's passkey.

use actix_web::web;
use askama::Template;

use super::model::Passkey;
use super::pages::PASSKEYS;
use super::{remove as taking, store};
use crate::accounts::factor::pages::next_session;
use crate::accounts::{proof, store as accounts};
use crate::db::{AnyConnection, DbResult};
use crate::ids::PasskeyId;
use crate::web::cookies::Name;
use crate::web::{Ctx, Page, PageError, Posted};

#[derive(Template)]
#[template(path = "accounts/passkey_removal.html")]
struct RemovalPage<'a> {
    ctx: &'a Ctx,
    passkey: Passkey,
    /// Whether the desk would have no second factor of the person's any more.
    is_last: bool,
}

async fn read(ctx: &Ctx, id: &str) -> Result<(Passkey, bool), PageError> {
    let owner = ctx.signed_in()?.id;
    let id = PasskeyId::parse(id).ok_or(PageError::NotFound)?;
    let found = move |conn: &mut AnyConnection| -> DbResult<_> {
        let Some(passkey) = store::of_account(conn, owner, id)? else { return Ok(None) };
        let owner = accounts::by_id(conn, owner)?;
        Ok(Some((passkey, taking::is_last_factor(conn, &owner)?)))
    };
    ctx.site().db().read(found).await?.ok_or(PageError::NotFound)
}

/// `GET /account/passkeys/{id}/removal`
pub async fn show(ctx: Ctx, id: web::Path<String>) -> Page {
    let (passkey, is_last) = read(&ctx, &id).await?;
    ctx.page(&RemovalPage { ctx: &ctx, passkey, is_last })
}

/// `POST /account/passkeys/{id}/removal`
pub async fn remove(posted: Posted, id: web::Path<String>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let (passkey, _) = read(&ctx, &id).await?;
    if !ctx.is_proven() {
        return proof::pages::ask(&ctx, &fields).await;
    }
    let (secret, turn) = next_session(&ctx)?;
    let (now, origin) = (ctx.now, ctx.site().origin());
    ctx.site().db().write(move |conn| taking::remove(conn, now, &passkey, &turn, &origin)).await?;
    let mut response = ctx.to_with(PASSKEYS, "flash-passkey-removed")?;
    response.add_cookie(&Name::Session.set(ctx.site(), secret)).map_err(|_| PageError::Fault)?;
    Ok(response)
}
