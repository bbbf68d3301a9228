//! What is done with an issue besides writing it: validating, sending back, taking up once more, throwing away.

use actix_web::web;

use super::issue::{Late, as_written, overtaken, show};
use super::{PATH, address, issue, version};
use crate::accounts::pages::sign_in_with;
use crate::db::AnyConnection;
use crate::deliberation::board::change::{self, DiscardError};
use crate::deliberation::board::form;
use crate::deliberation::board::model::{Issue, Step};
use crate::deliberation::board::step::{self, StepError};
use crate::ids::AccountId;
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted};

/// `POST /secretariat/deliberation/issues/{id}/steps`
pub async fn take(posted: Posted, id: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    if posted.ctx.viewer.is_none() {
        return sign_in_with(&posted.ctx, &posted.ctx.path, &posted.fields);
    }
    let (ctx, fields) = posted.checked()?;
    let by = ctx.staff()?.id;
    let it = issue(&ctx, &id).await?;
    let version = version(&fields)?;
    let (step, flash) = match fields.get("go") {
        "validate" => (Step::Validate, "flash-board-validated"),
        "return" => (Step::Return, "flash-board-returned"),
        "reopen" => (Step::Reopen, "flash-board-reopened"),
        // Back from signing in, with what was typed.
        "edit" => return show(&ctx, &vocabulary, it, &Form::filled(fields), Late::No).await,
        "discard" => return discard(&ctx, &vocabulary, by, Issue { version, ..it }, fields).await,
        _ => return Err(PageError::BadRequest),
    };
    let mut why = String::new();
    if step == Step::Return {
        match form::sent_back(&fields, ctx.lang) {
            Ok(read) => why = read,
            Err(form) => return show(&ctx, &vocabulary, it, &form, Late::No).await,
        }
    }
    let (now, item) = (ctx.now, (it.id, version));
    match ctx.site().db().write(move |conn| step::step(conn, now, by, item, step, &why)).await {
        Ok(()) => ctx.to_with(&address(it.id), flash),
        Err(StepError::Changed(_)) => overtaken(&ctx, &vocabulary, &id, fields).await,
        Err(StepError::OwnComment | StepError::OwnProposal) => Err(PageError::Forbidden),
        Err(StepError::NotDecided) => {
            let mut form = as_written(&it);
            form.error("reasons", ctx.t("board-reasons-missing"));
            show(&ctx, &vocabulary, it, &form, Late::No).await
        }
        Err(StepError::NoSuchIssue) => Err(PageError::NotFound),
        Err(StepError::Db(error)) => Err(error.into()),
    }
}

async fn discard(ctx: &Ctx, vocabulary: &Vocabulary, by: AccountId, it: Issue, fields: Fields) -> Page {
    let (now, norm, id) = (ctx.now, it.norm, it.id);
    let write = move |conn: &mut AnyConnection| -> Result<String, DiscardError> {
        change::discard(conn, now, by, &it)?;
        Ok(norms::norm(conn, norm)?.slug)
    };
    match ctx.site().db().write(write).await {
        Ok(slug) => ctx.to_with(&format!("{PATH}/norms/{slug}"), "flash-board-discarded"),
        Err(DiscardError::Changed) => overtaken(ctx, vocabulary, &id.to_string(), fields).await,
        Err(DiscardError::NotEmpty) => {
            let it = issue(ctx, &id.to_string()).await?;
            let mut form: Form = as_written(&it);
            form.error("discard", ctx.t("board-discard-full"));
            show(ctx, vocabulary, it, &form, Late::No).await
        }
        Err(DiscardError::Db(error)) => Err(error.into()),
    }
}
