//! Takes the forms that correct by hand what belongs together.

use actix_web::web;

use super::{PATH, card};
use crate::comments::reference::Reference;
use crate::db::DbError;
use crate::ids::ClusterId;
use crate::moderation::campaigns::correct::{self as verb, CorrectError};
use crate::moderation::campaigns::form;
use crate::norms::vocabulary::Vocabulary;
use crate::web::form::Posted;
use crate::web::{Ctx, Fields, Form, Page, PageError};

/// `POST /secretariat/campaigns/{id}/texts`
pub async fn take_out(posted: Posted, path: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let by = ctx.staff()?.id;
    let id = ClusterId::parse(&path).ok_or(PageError::NotFound)?;
    let texts = form::texts(&fields).ok_or(PageError::BadRequest)?;
    let together = match fields.get("go") {
        "split" => true,
        "out" => false,
        _ => return Err(PageError::BadRequest),
    };
    let now = ctx.now;
    let done = ctx.site().db().write(move |conn| verb::take_out(conn, now, by, id, &texts, together)).await;
    match done {
        Ok(to) if together => ctx.to_with(&format!("{PATH}/{to}"), "flash-campaign-split"),
        Ok(_) => ctx.to_with(&format!("{PATH}/{id}"), "flash-campaign-taken-out"),
        Err(error) => refused(&ctx, &path, &vocabulary, fields, error).await,
    }
}

/// `POST /secretariat/campaigns/{id}/additions`
pub async fn put_in(posted: Posted, path: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let by = ctx.staff()?.id;
    let id = ClusterId::parse(&path).ok_or(PageError::NotFound)?;
    let whole = match fields.get("extent") {
        "all" => true,
        "" | "text" => false,
        _ => return Err(PageError::BadRequest),
    };
    let Ok(reference) = Reference::parse(fields.get("reference")) else {
        return refused(&ctx, &path, &vocabulary, fields, CorrectError::NoSuchComment).await;
    };
    let now = ctx.now;
    let done = ctx.site().db().write(move |conn| verb::put_in(conn, now, by, id, reference.as_str(), whole)).await;
    match done {
        Ok(()) => ctx.to_with(&format!("{PATH}/{id}"), "flash-campaign-put-in"),
        Err(error) => refused(&ctx, &path, &vocabulary, fields, error).await,
    }
}

async fn refused(ctx: &Ctx, id: &str, vocabulary: &Vocabulary, fields: Fields, error: CorrectError) -> Page {
    let mut form = Form::filled(fields);
    let fault = match error {
        CorrectError::Nothing => Some(("texts", "campaign-nothing")),
        CorrectError::All => Some(("texts", "campaign-all")),
        CorrectError::NoSuchComment => Some(("reference", "campaign-no-comment")),
        CorrectError::InIt => Some(("reference", "campaign-in-it")),
        CorrectError::Elsewhere => Some(("reference", "campaign-elsewhere")),
        // Somebody else corrected the same at the same moment.
        CorrectError::Moved | CorrectError::Database(DbError::Taken(_)) => None,
        CorrectError::NoSuchCampaign => return Err(PageError::NotFound),
        CorrectError::Database(error) => return Err(error.into()),
    };
    if let Some((name, message)) = fault {
        form.error(name, ctx.t(message));
    }
    let is_lost = fault.is_none();
    card::show(ctx, id, vocabulary, &form, is_lost).await
}
