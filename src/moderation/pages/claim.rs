//! Takes, keeps, gives back and takes over the work on a comment.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use serde_json::json;

use super::{QUEUE, comment_page, detail, outcome_name};
use crate::clock::rfc3339;
use crate::comments;
use crate::comments::model::Comment;
use crate::comments::reference::Reference;
use crate::db::DbError;
use crate::ids::AccountId;
use crate::moderation::claims::hold::{self, ClaimError};
use crate::moderation::claims::model::{Claim, LEASE};
use crate::moderation::model::Outcome;
use crate::moderation::{claims, form};
use crate::norms;
use crate::norms::vocabulary::Vocabulary;
use crate::web::form::Posted;
use crate::web::{Ctx, Fields, Form, Page, PageError};

#[derive(Template)]
#[template(path = "moderation/claimed.html")]
struct ClaimedPage<'a> {
    ctx: &'a Ctx,
    reference: &'a str,
    headline: String,
    /// Who works on it; nobody any more if they stopped meanwhile.
    claim: Option<&'a Claim>,
    /// Where it is taken over.
    claiming: String,
    comment_page: String,
    queue: String,
    /// What was typed, to be carried along; empty if nothing was.
    typed: Form,
    outcome: String,
    has_typed: bool,
}

/// What was typed into the form of a decision.
const TYPED: [&str; 5] = ["outcome", "reason", "statement", "note", "answer_by"];

enum Go {
    Claim,
    Renew,
    Release,
    TakeOver(AccountId),
}

fn go(fields: &Fields) -> Option<Go> {
    match fields.get("go") {
        "claim" => Some(Go::Claim),
        "renew" => Some(Go::Renew),
        "release" => Some(Go::Release),
        "take-over" => AccountId::parse(fields.get("from")).map(Go::TakeOver),
        _ => None,
    }
}

/// `POST /secretariat/comments/{reference}/claim`
pub async fn claim(posted: Posted, path: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let by = ctx.staff()?.id;
    let go = go(&fields).ok_or(PageError::BadRequest)?;
    let reference = Reference::parse(&path).map_err(|_| PageError::NotFound)?;
    let found = ctx.site().db().read(move |conn| comments::store::by_reference(conn, reference.as_str())).await?;
    let comment = found.ok_or(PageError::NotFound)?;
    let (id, now) = (comment.id, ctx.now);
    let flash = match go {
        Go::Claim => "flash-claim-taken",
        Go::Release => "flash-claim-released",
        Go::Renew => "flash-claim-renewed",
        Go::TakeOver(_) => "flash-claim-taken-over",
    };
    let is_taken_over = matches!(go, Go::TakeOver(_));
    let done = ctx
        .site()
        .db()
        .write(move |conn| match go {
            Go::Claim => hold::claim(conn, now, by, id),
            Go::Renew => hold::renew(conn, now, by, id),
            Go::Release => hold::release(conn, by, id),
            Go::TakeOver(from) => hold::take_over(conn, now, by, id, from),
        })
        .await;
    match done {
        Ok(()) if ctx.asks_json() => ctx.json(StatusCode::OK, &json!({ "until": rfc3339(now + LEASE) })),
        // What was typed on the way to a decision is there again.
        Ok(()) if is_taken_over && has_typed(&fields) => {
            let loaded = detail::loaded(&ctx, &path, &vocabulary).await?;
            detail::show(&ctx, &vocabulary, loaded, &Form::filled(fields))
        }
        Ok(()) => ctx.to_with(&back(&ctx, &vocabulary, &comment).await?, flash),
        Err(ClaimError::NotWaiting) => ctx.to_with(&comment_page(&comment), "flash-claim-not-waiting"),
        Err(ClaimError::Db(DbError::Taken(_))) => {
            let claim = ctx.site().db().read(move |conn| claims::store::of(conn, now, id)).await?;
            held(&ctx, &vocabulary, &comment, claim.as_ref(), &fields).await
        }
        Err(ClaimError::Held(_)) if ctx.asks_json() => ctx.json(StatusCode::CONFLICT, &json!({})),
        Err(ClaimError::Held(claim)) => held(&ctx, &vocabulary, &comment, claim.as_deref(), &fields).await,
        Err(ClaimError::Db(error)) => Err(error.into()),
    }
}

fn has_typed(fields: &Fields) -> bool {
    TYPED.iter().any(|name| *name != "answer_by" && !fields.get(name).is_empty())
}

/// The page that the button was on: the queue, or the comment.
async fn back(ctx: &Ctx, vocabulary: &web::Data<Vocabulary>, comment: &Comment) -> Result<String, PageError> {
    let (query, words) = (ctx.query.clone(), vocabulary.clone());
    let filter = ctx
        .site()
        .db()
        .read(move |conn| Ok::<_, DbError>(form::filter(&query, &norms::store::norms(conn)?, &words)))
        .await?;
    Ok(match ctx.query.get("back") {
        "queue" => filter.address(QUEUE, &form::tab(&ctx.query).pairs()),
        _ => filter.address(&comment_page(comment), &[]),
    })
}

/// 409: somebody else works on it. What was typed is there, and goes along when it is taken over.
pub(super) async fn held(
    ctx: &Ctx,
    vocabulary: &web::Data<Vocabulary>,
    comment: &Comment,
    claim: Option<&Claim>,
    fields: &Fields,
) -> Page {
    let (query, words) = (ctx.query.clone(), vocabulary.clone());
    let filter = ctx
        .site()
        .db()
        .read(move |conn| Ok::<_, DbError>(form::filter(&query, &norms::store::norms(conn)?, &words)))
        .await?;
    let page = comment_page(comment);
    let kept = TYPED.iter().fold(Fields::default(), |kept, name| kept.with(name, fields.raw(name)));
    let outcome = Outcome::parse(fields.get("outcome")).map(|outcome| ctx.t(outcome_name(outcome)));
    ctx.page_as(
        StatusCode::CONFLICT,
        &ClaimedPage {
            ctx,
            reference: &comment.reference,
            headline: match claim {
                Some(claim) => ctx.t1("claim-held-title", "name", &claim.name),
                None => ctx.t("claim-gone-title"),
            },
            claim,
            claiming: filter.address(&format!("{page}/claim"), &[]),
            comment_page: filter.address(&page, &[]),
            queue: filter.address(QUEUE, &[]),
            has_typed: has_typed(fields),
            typed: Form::filled(kept),
            outcome: outcome.unwrap_or_default(),
        },
    )
}
