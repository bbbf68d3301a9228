//! Norms and their wordings as data.

use actix_web::web;

use super::JSON;
use super::model::{NormDetail, NormItem, NormList, Version, VersionItem, VersionList};
use crate::db::{AnyConnection, DbResult};
use crate::epochs::Scope;
use crate::norms::model::{Norm, TextVersion};
use crate::norms::store;
use crate::public::answer;
use crate::public::texts::Text;
use crate::web::{Ctx, Page, PageError};

/// Every text that is open for comment: the norms, the earlier call, the working definition.
#[utoipa::path(get, path = "/api/v1/norms", tag = "texts", operation_id = "norms",
    responses((status = 200, description = "The texts, by number.", body = NormList)))]
pub async fn list(ctx: Ctx) -> Page {
    ctx.cached(Scope::Record, async {
        let read =
            |conn: &mut AnyConnection| -> DbResult<_> { Ok((store::norms(conn)?, store::current_versions(conn)?)) };
        let (norms, versions) = ctx.site().db().read(read).await?;
        let origin = ctx.site().origin();
        let label = |norm: &Norm| versions.iter().find(|it| it.norm_id == norm.id).map_or("", |it| it.label.as_str());
        let norms = norms.iter().map(|norm| NormItem::of(&origin, norm, label(norm))).collect();
        answer::json(JSON, &NormList { norms })
    })
    .await
}

/// A norm and all its wordings, oldest first.
fn with_versions(conn: &mut AnyConnection, slug: &str) -> DbResult<Option<(Norm, Vec<TextVersion>, TextVersion)>> {
    let Some(norm) = store::norm_by_slug(conn, slug)? else { return Ok(None) };
    let (versions, current) = (store::versions(conn, norm.id)?, store::current_version(conn, norm.id)?);
    Ok(Some((norm, versions, current)))
}

async fn read(ctx: &Ctx, slug: String) -> Result<(Norm, Vec<TextVersion>, TextVersion), PageError> {
    let found = ctx.site().db().read(move |conn| with_versions(conn, &slug)).await?;
    found.ok_or(PageError::NotFound)
}

/// A text with its present wording.
#[utoipa::path(get, path = "/api/v1/norms/{slug}", tag = "texts", operation_id = "norm",
    params(("slug" = String, Path, description = "The text's place in addresses.", example = "avoid-tampering")),
    responses((status = 200, description = "The text.", body = NormDetail)))]
pub async fn norm(ctx: Ctx, slug: web::Path<String>) -> Page {
    ctx.cached(Scope::Norm(&slug), async {
        let (norm, _, current) = read(&ctx, slug.clone()).await?;
        let origin = ctx.site().origin();
        let detail = NormDetail {
            norm: NormItem::of(&origin, &norm, &current.label),
            current: Version::of(&origin, &norm.slug, &Text::of(current), true),
            context: norm.context,
            context_source: norm.context_source,
        };
        answer::json(JSON, &detail)
    })
    .await
}

/// Every wording of a text.
#[utoipa::path(get, path = "/api/v1/norms/{slug}/versions", tag = "texts", operation_id = "versions",
    params(("slug" = String, Path, description = "The text's place in addresses.", example = "avoid-tampering")),
    responses((status = 200, description = "The wordings, oldest first.", body = VersionList)))]
pub async fn versions(ctx: Ctx, slug: web::Path<String>) -> Page {
    ctx.cached(Scope::Norm(&slug), async {
        let (norm, versions, current) = read(&ctx, slug.clone()).await?;
        let origin = ctx.site().origin();
        let item = |it: &TextVersion| VersionItem::of(&origin, &norm.slug, it, it.id == current.id);
        answer::json(JSON, &VersionList { versions: versions.iter().map(item).collect() })
    })
    .await
}

/// One wording of a text: its words, its lettered clauses, its numbered lines.
#[utoipa::path(get, path = "/api/v1/norms/{slug}/versions/{label}", tag = "texts", operation_id = "version",
    params(
        ("slug" = String, Path, description = "The text's place in addresses.", example = "avoid-tampering"),
        ("label" = String, Path, description = "What the wording is called.", example = "1"),
    ),
    responses((status = 200, description = "The wording.", body = Version)))]
pub async fn version(ctx: Ctx, place: web::Path<(String, String)>) -> Page {
    ctx.cached(Scope::Norm(&place.0), async {
        let (slug, label) = place.clone();
        let (norm, versions, current) = read(&ctx, slug).await?;
        let version = versions.into_iter().find(|it| it.label == label).ok_or(PageError::NotFound)?;
        let is_current = version.id == current.id;
        answer::json(JSON, &Version::of(&ctx.site().origin(), &norm.slug, &Text::of(version), is_current))
    })
    .await
}
