//! The consultation and the closed lists as data.

use actix_web::web;

use super::JSON;
use super::model::{ConsultationItem, Index, Lists};
use crate::db::{AnyConnection, DbResult};
use crate::epochs::Scope;
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::public::answer;
use crate::web::{Ctx, Page, PageError};

/// Where everything of this API is.
#[utoipa::path(get, path = "/api/v1", tag = "texts", operation_id = "index",
    responses((status = 200, description = "The addresses.", body = Index)))]
pub async fn index(ctx: Ctx) -> Page {
    ctx.cached(Scope::Site, async { answer::json(JSON, &Index::at(&ctx.site().origin())) }).await
}

/// The consultation: when comments are taken, how many are published.
#[utoipa::path(get, path = "/api/v1/consultation", tag = "texts", operation_id = "consultation",
    responses((status = 200, description = "The consultation.", body = ConsultationItem)))]
pub async fn consultation(ctx: Ctx) -> Page {
    ctx.cached(Scope::Record, async {
        let read = |conn: &mut AnyConnection| -> DbResult<_> { Ok((norms::consultation(conn)?, norms::norms(conn)?)) };
        let (consultation, texts) = ctx.site().db().read(read).await?;
        let consultation = consultation.ok_or(PageError::NotFound)?;
        answer::json(JSON, &ConsultationItem::of(consultation, &texts))
    })
    .await
}

/// The closed lists that comments are made with: stakeholder groups, actors, instruments, concerns.
#[utoipa::path(get, path = "/api/v1/vocabulary", tag = "texts", operation_id = "vocabulary",
    responses((status = 200, description = "The lists, each in the order in which pages show it.", body = Lists)))]
pub async fn vocabulary(ctx: Ctx, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.cached(Scope::Site, async { answer::json(JSON, &Lists::from(vocabulary.get_ref())) }).await
}
