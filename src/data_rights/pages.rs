//! The pages on which a person takes their data along, or deletes their account.

use std::io;

use actix_web::web;
use askama::Template;
use tokio::runtime::Handle;

use super::erase::{self, Accepted, EraseError};
use super::store;
use super::takeout::{self, TakeoutError};
use crate::accounts::proof;
use crate::files::Files;
use crate::web::cookies::Name;
use crate::web::download::streamed;
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted};

#[derive(Template)]
#[template(path = "data_rights/data.html")]
struct DataPage<'a> {
    ctx: &'a Ctx,
}

#[derive(Template)]
#[template(path = "data_rights/deletion.html")]
struct DeletionPage<'a> {
    ctx: &'a Ctx,
    form: Form,
    /// Comments that are public, or accepted for the Commission alone.
    accepted: i64,
    choices: Vec<(&'static str, String, String)>,
}

/// `GET /account/data`
pub async fn data(ctx: Ctx) -> Page {
    ctx.signed_in()?;
    ctx.page(&DataPage { ctx: &ctx })
}

/// `GET /account/data/file`
pub async fn file(ctx: Ctx, files: web::Data<Files>) -> Page {
    let account = ctx.signed_in()?.id;
    let (site, read_me, on) = (ctx.site().clone(), ctx.lang.plain("data-read-me", &[]), Handle::current());
    let made = web::block(move || {
        let folder = site.config().data_dir.join("downloads");
        takeout::make(site.db(), &files, &folder, account, &read_me, &on)
    });
    let made = made.await.unwrap_or_else(|_| Err(io::Error::other("the packing ended early").into()));
    match made {
        Ok((file, length)) => Ok(streamed(file, length, "norm-portal-my-data.zip", "application/zip")),
        Err(TakeoutError::Database(error)) => Err(error.into()),
        Err(TakeoutError::Files(error)) => {
            tracing::error!(%error, "a person's data could not be packed");
            Err(PageError::Unavailable)
        }
    }
}

async fn deletion_page(ctx: &Ctx, form: Form) -> Page {
    let account = ctx.signed_in()?.id;
    let accepted = ctx.site().db().read(move |conn| store::accepted(conn, account)).await?;
    let choices = vec![
        (Accepted::Keep.as_str(), ctx.t("deletion-keep"), ctx.t("deletion-keep-hint")),
        (Accepted::Withdraw.as_str(), ctx.t("deletion-withdraw"), ctx.t("deletion-withdraw-hint")),
    ];
    let failed = form.failed();
    ctx.form_page(&DeletionPage { ctx, form, accepted, choices }, failed)
}

/// `GET /account/deletion`
pub async fn deletion(ctx: Ctx) -> Page {
    deletion_page(&ctx, Form::default()).await
}

/// The choice, or the form with every error found. Without accepted comments there is nothing to choose.
fn choice(ctx: &Ctx, fields: &Fields, accepted: i64, form: &mut Form) -> Option<Accepted> {
    let choice = if accepted == 0 { Some(Accepted::Withdraw) } else { Accepted::parse(fields.get("accepted")) };
    if choice.is_none() {
        form.error("accepted", ctx.t("deletion-choice-missing"));
    }
    if fields.get("understood") != "yes" {
        form.error("understood", ctx.t("deletion-understood-missing"));
    }
    choice
}

/// `POST /account/deletion`
pub async fn delete(posted: Posted, files: web::Data<Files>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let id = ctx.signed_in()?.id;
    if !ctx.is_proven() {
        return proof::pages::ask(&ctx, &fields).await;
    }
    let accepted = ctx.site().db().read(move |conn| store::accepted(conn, id)).await?;
    let mut form = Form::filled(fields.clone());
    let chosen = choice(&ctx, &fields, accepted, &mut form);
    let (Some(chosen), false) = (chosen, form.failed()) else { return deletion_page(&ctx, form).await };
    match erased(&ctx, id, chosen).await {
        Ok(loose) => {
            for file in loose {
                if let Err(error) = files.delete(file).await {
                    tracing::warn!(%error, %file, "the bytes of a deleted attachment are still there");
                }
            }
            let mut response = ctx.to_with("/", "flash-account-deleted")?;
            let cookie = Name::Session.clear(ctx.site());
            response.add_cookie(&cookie).map_err(|_| PageError::Fault)?;
            Ok(response)
        }
        Err(EraseError::LastOfSecretariat) => {
            form.error("understood", ctx.t("deletion-last"));
            deletion_page(&ctx, form).await
        }
        Err(EraseError::Changed) => Err(PageError::Conflict),
        Err(EraseError::Database(error)) => Err(error.into()),
    }
}

/// Tries again where a comment was decided at the same moment: what it is now counts.
async fn erased(
    ctx: &Ctx,
    id: crate::ids::AccountId,
    chosen: Accepted,
) -> Result<Vec<crate::ids::AttachmentId>, EraseError> {
    let mut tries = 0;
    loop {
        let (now, origin) = (ctx.now, ctx.site().origin());
        match ctx.site().db().write(move |conn| erase::erase(conn, now, id, chosen, &origin)).await {
            Err(EraseError::Changed) if tries < 5 => tries += 1,
            outcome => return outcome,
        }
    }
}
