//! Web Annotations over HTTP: the permalink of a comment in the form that is asked for, pages of annotations, our terms.

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, ResponseError as _, web};
use serde_json::Value;

use super::accept::{Offer, best};
use super::model::{self, MEDIA_TYPE};
use crate::comments::model::Comment;
use crate::comments::reference::Reference;
use crate::db::{AnyConnection, DbResult};
use crate::epochs::Scope;
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::public::api::comment::of_all;
use crate::public::api::comments::{Listed, alone, by_reference, listed, paged, public};
use crate::public::api::filters;
use crate::public::texts::Texts;
use crate::public::{answer, pages};
use crate::web::cache::narrow;
use crate::web::{Ctx, Page, PageError, problem};

/// The permalink of a comment: a page, the comment as the API gives it, or a Web Annotation, as `Accept` asks. Whoever asks
/// for none of them gets the page.
#[utoipa::path(get, path = "/comments/{reference}", tag = "comments", operation_id = "permalink",
    params(("reference" = String, Path, description = "What people call the comment.", example = "GCSC-N3-7K4Q-MW2R-9")),
    responses((status = 200, description = "The comment.", content(
        (String = "text/html"),
        (super::super::api::comment::PublicComment = "application/json"),
        (Object = "application/ld+json"),
    ))))]
pub async fn permalink(
    ctx: Ctx,
    request: HttpRequest,
    typed: web::Path<String>,
    vocabulary: web::Data<Vocabulary>,
) -> Page {
    let accept: Vec<&str> = request.headers().get_all(header::ACCEPT).filter_map(|it| it.to_str().ok()).collect();
    let offer = best(&accept.join(","));
    if offer == Offer::Html {
        return pages::comment(ctx, typed, vocabulary).await;
    }
    let lang = ctx.lang;
    let answer = async {
        let mut response = match as_data(&ctx, &typed, offer).await {
            Err(error) => problem::of_error(lang, Some(&error), error.status_code()),
            Ok(response) => response,
        };
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept"));
        Ok(response)
    };
    ctx.cached(Scope::Record, answer).await
}

async fn as_data(ctx: &Ctx, typed: &str, offer: Offer) -> Page {
    let reference = Reference::parse(typed).map_err(|_| PageError::NotFound)?;
    if reference.as_str() != typed {
        return ctx.to(&format!("/comments/{reference}"));
    }
    if offer == Offer::Json {
        return alone("application/json", &public(ctx, typed).await?);
    }
    let (comment, origin) = (by_reference(ctx, typed).await?, ctx.site().origin());
    let read = move |conn: &mut AnyConnection| -> DbResult<_> {
        let norm = norms::norm(conn, comment.norm_id)?;
        Ok((annotations(conn, &origin, &[comment])?.pop(), norm.slug))
    };
    let (annotation, slug) = ctx.site().db().read(read).await?;
    let annotation = annotation.ok_or(PageError::NotFound)?;
    let answer = answer::json(MEDIA_TYPE, &model::alone(&ctx.site().origin(), annotation))?;
    Ok(narrow(answer, Scope::Norm(&slug)))
}

/// The annotations of `comments`, which everyone may see.
fn annotations(conn: &mut AnyConnection, origin: &str, comments: &[Comment]) -> DbResult<Vec<Value>> {
    let texts = Texts::of(conn, comments.iter())?;
    let shown = of_all(conn, origin, comments)?;
    let annotation = |comment: &crate::public::api::comment::PublicComment| {
        let of = comments.iter().find(|it| it.reference == comment.reference);
        let text = of.and_then(|it| texts.about(it)).map(|(_, text)| text);
        let place = comment.wording.as_ref().zip(text);
        let place = place.and_then(|(wording, text)| text.code_points(wording.first_word, wording.last_word));
        model::annotation(origin, comment, place)
    };
    Ok(shown.iter().map(annotation).collect())
}

/// Published comments as a page of Web Annotations, newest first, with the same filters as the list of comments.
#[utoipa::path(get, path = "/api/v1/annotations", tag = "comments", operation_id = "annotations",
    params(crate::public::api::comments::Filters),
    responses((status = 200, description = "An AnnotationPage.", body = Object,
        content_type = "application/ld+json")))]
pub async fn list(ctx: Ctx, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.cached(Scope::Record, async {
        let listed = match listed(&ctx, &vocabulary, annotations).await? {
            Ok(listed) => listed,
            Err(refused) => return Ok(refused),
        };
        let Listed { items, next, is_partial } = listed;
        let address = |query: &str| {
            let question = if query.is_empty() { "" } else { "?" };
            ctx.link(&format!("{}{question}{query}", ctx.path))
        };
        let (collection, own) = (address(&filters::collection(&ctx.query)), address(&filters::own(&ctx.query)));
        let page = model::page(&ctx.site().origin(), &collection, &own, next.as_deref(), items);
        Ok(paged(answer::json(MEDIA_TYPE, &page)?, next.as_deref(), is_partial))
    })
    .await
}

/// The terms that annotations of this portal have besides those of the Web Annotation model.
#[utoipa::path(get, path = "/api/v1/context.jsonld", tag = "comments", operation_id = "context",
    responses((status = 200, description = "A JSON-LD context.", body = Object,
        content_type = "application/ld+json")))]
pub async fn context(ctx: Ctx) -> Page {
    ctx.cached(Scope::Site, async { answer::json("application/ld+json", &model::own_context(&ctx.site().origin())) })
        .await
}
