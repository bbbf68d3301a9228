//! Taking back an invitation.

use actix_web::web;
use askama::Template;

use super::form;
use super::pages::{PEOPLE, refused};
use crate::accounts::invite::Invitation;
use crate::accounts::proof;
use crate::accounts::staff::change;
use crate::web::{Ctx, Form, Page, PageError, Posted};

#[derive(Template)]
#[template(path = "oversight/withdrawal.html")]
struct WithdrawalPage<'a> {
    ctx: &'a Ctx,
    form: &'a Form,
    invitation: Invitation,
    role: String,
}

async fn page(ctx: &Ctx, hash: Vec<u8>, form: &Form) -> Page {
    let now = ctx.now;
    let found = ctx.site().db().read(move |conn| change::open_invitation(conn, now, &hash)).await;
    let invitation = found.map_err(refused)?;
    let role = invitation.role().map(|role| ctx.t(format!("role-{role}"))).unwrap_or_default();
    ctx.form_page(&WithdrawalPage { ctx, form, invitation, role }, form.failed())
}

fn named(digest: &str) -> Result<Vec<u8>, PageError> {
    hex::decode(digest).map_err(|_| PageError::NotFound)
}

/// `GET /secretariat/invitations/{digest}`
pub async fn withdrawal(ctx: Ctx, digest: web::Path<String>) -> Page {
    ctx.secretariat()?;
    page(&ctx, named(&digest)?, &Form::default()).await
}

/// `POST /secretariat/invitations/{digest}`
pub async fn withdraw(posted: Posted, digest: web::Path<String>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let by = ctx.secretariat()?.id;
    if !ctx.is_proven() {
        return proof::pages::ask(&ctx, &fields).await;
    }
    let hash = named(&digest)?;
    let mut form = Form::filled(fields.clone());
    let grounds = form::grounds(&ctx, &fields, &mut form);
    let Some(grounds) = grounds else { return page(&ctx, hash, &form).await };
    let (now, origin) = (ctx.now, ctx.site().origin());
    let done =
        ctx.site().db().write(move |conn| change::withdraw_invitation(conn, now, by, &hash, &grounds, &origin)).await;
    done.map_err(refused)?;
    ctx.to_with(PEOPLE, "flash-oversight-invitation-withdrawn")
}
