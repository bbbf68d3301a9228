//! Published comments as data.

use actix_web::http::header;
use actix_web::{HttpResponse, web};

use super::JSON;
use super::comment::{PublicComment, of_all};
use super::filters::{self, Asked};
use super::model::CommentList;
use crate::comments::model::Comment;
use crate::comments::record::find::{Found, find};
use crate::comments::reference::Reference;
use crate::db::{AnyConnection, DbResult};
use crate::epochs::Scope;
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::public::{answer, store};
use crate::web::cache::{narrow, once};
use crate::web::{Ctx, Page, PageError, problem};

/// What can be asked of a list of comments, as the description of the API says it.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the document is made of it; filters::read reads the query itself, to name what is wrong")]
pub struct Filters {
    /// Slug of the text.
    #[param(example = "avoid-tampering")]
    norm: Option<String>,
    /// What sort of comment.
    #[param(example = "wording")]
    kind: Option<String>,
    /// Stakeholder group of the author: a code of the list `groups`.
    #[param(example = "civil-society")]
    group: Option<String>,
    /// Country of the author: ISO 3166-1 alpha-2.
    #[param(example = "NL")]
    country: Option<String>,
    /// Letter of a clause that it touches.
    #[param(pattern = "^[a-z]{1,2}$", example = "b")]
    clause: Option<String>,
    /// Concern of a comment on the wording: a code of the list `concerns`.
    #[param(example = "too-broad")]
    concern: Option<String>,
    /// Language that it is written in: ISO 639, two letters where there are, else three.
    #[param(pattern = "^[a-z]{2,3}$", example = "fr")]
    language: Option<String>,
    /// Who should act: a code of the list `actors`.
    #[param(example = "regulator")]
    actor: Option<String>,
    /// By what instrument: a code of the list `instruments`.
    #[param(example = "procurement")]
    instrument: Option<String>,
    /// Words that all stand in the comment, in any form of them.
    #[param(max_length = 200, pattern = "^[^\\u0000]*$", example = "critical infrastructure")]
    q: Option<String>,
    /// How many on a page.
    #[param(minimum = 1, maximum = 100, default = 50, example = 20)]
    limit: Option<u8>,
    /// Where the page begins; to be taken from `next` of the page before.
    #[param(pattern = "^[1-9][0-9]{0,17}$", example = "1000")]
    cursor: Option<String>,
}

/// Published comments, newest first. Every filter narrows the list.
///
/// A parameter that is not named here is ignored; one that can't have the value it has is answered with 400 and named.
#[utoipa::path(get, path = "/api/v1/comments", tag = "comments", operation_id = "comments", params(Filters),
    responses((status = 200, description = "A page of comments.", body = CommentList)))]
pub async fn list(ctx: Ctx, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.cached(Scope::Record, async {
        let listed = match listed(&ctx, &vocabulary, of_all).await? {
            Ok(listed) => listed,
            Err(refused) => return Ok(refused),
        };
        let Listed { items: comments, next, is_partial } = listed;
        let list = CommentList { comments, next, is_partial };
        Ok(paged(answer::json(JSON, &list)?, list.next.as_deref(), is_partial))
    })
    .await
}

/// A page of a list of comments, whatever is told of each.
pub struct Listed<T> {
    /// What is told of the comments, newest first.
    pub items: Vec<T>,
    /// The address of the next page.
    pub next: Option<String>,
    /// Whether the time was over before the page was full.
    pub is_partial: bool,
}

/// The page of comments that the address asks for, as `tell` tells of them; or the answer that says what is wrong with it.
pub async fn listed<T: Send + 'static>(
    ctx: &Ctx,
    vocabulary: &Vocabulary,
    tell: fn(&mut AnyConnection, &str, &[Comment]) -> DbResult<Vec<T>>,
) -> Result<Result<Listed<T>, HttpResponse>, PageError> {
    let slugs: Vec<String> = ctx.site().db().read(norms::norms).await?.into_iter().map(|norm| norm.slug).collect();
    let asked = match filters::read(ctx, vocabulary, &slugs) {
        Ok(asked) => asked,
        Err(wrong) => return Ok(Err(problem::of_parameter(ctx.lang, wrong.parameter, wrong.detail))),
    };
    let origin = ctx.site().origin();
    let read = move |conn: &mut AnyConnection| -> DbResult<_> {
        let found = found(conn, &asked)?;
        let comments: Vec<Comment> = found.comments.into_iter().map(|(_, comment)| comment).collect();
        Ok((tell(conn, &origin, &comments)?, found.next, found.is_cut))
    };
    let (items, next, is_partial) = ctx.site().db().read(read).await?;
    let next = next.map(|next| ctx.link(&format!("{}?{}", ctx.path, filters::next(&ctx.query, next))));
    Ok(Ok(Listed { items, next, is_partial }))
}

fn found(conn: &mut AnyConnection, asked: &Asked) -> DbResult<Found> {
    if asked.is_empty {
        return Ok(Found::default());
    }
    find(conn, &asked.wanted, asked.below, asked.most)
}

/// The answer with a page of a list: its header leads to the next one. With more time, the next one who asks for a page
/// that is not whole may be given more.
pub fn paged(mut response: HttpResponse, next: Option<&str>, is_partial: bool) -> HttpResponse {
    let value = next.map(|next| format!("<{next}>; rel=\"next\"")).and_then(|link| link.parse().ok());
    if let Some(value) = value {
        response.headers_mut().insert(header::LINK, value);
    }
    if is_partial { once(response) } else { response }
}

/// Why a reference leads to nothing that may be shown: 410 for what was public, else 404.
pub async fn by_reference(ctx: &Ctx, typed: &str) -> Result<Comment, PageError> {
    let reference = Reference::parse(typed).map_err(|_| PageError::NotFound)?;
    let read = move |conn: &mut AnyConnection| -> DbResult<_> {
        match store::by_reference(conn, reference.as_str())? {
            Some(comment) => Ok(Ok(comment)),
            None if store::was_public(conn, reference.as_str())? => Ok(Err(PageError::Gone)),
            None => Ok(Err(PageError::NotFound)),
        }
    };
    ctx.site().db().read(read).await?
}

/// A published comment as data.
pub async fn public(ctx: &Ctx, typed: &str) -> Result<PublicComment, PageError> {
    let (comment, origin) = (by_reference(ctx, typed).await?, ctx.site().origin());
    let mut shown = ctx.site().db().read(move |conn| of_all(conn, &origin, &[comment])).await?;
    shown.pop().ok_or(PageError::NotFound)
}

/// The answer with one comment: it changes with what is published of its text.
pub fn alone(media_type: &'static str, comment: &PublicComment) -> Page {
    Ok(narrow(answer::json(media_type, comment)?, Scope::Norm(&comment.norm)))
}

/// One published comment. 410 if its author took it back.
#[utoipa::path(get, path = "/api/v1/comments/{reference}", tag = "comments", operation_id = "comment",
    params(("reference" = String, Path, description = "What people call the comment.", example = "GCSC-N3-7K4Q-MW2R-9")),
    responses((status = 200, description = "The comment.", body = PublicComment)))]
pub async fn comment(ctx: Ctx, reference: web::Path<String>) -> Page {
    ctx.cached(Scope::Record, async { alone(JSON, &public(&ctx, &reference).await?) }).await
}
