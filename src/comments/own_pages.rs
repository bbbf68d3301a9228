//! A stakeholder's own comments: receipt, list, one comment's life, withdrawal.

use actix_web::web;
use askama::Template;

use super::cosigning::model::Cosigned;
use super::cosigning::store as cosigning;
use super::model::Comment;
use super::on_behalf;
use super::redline::Redline;
use super::store::{self, Answer};
use super::summary::{self, Row};
use super::withdraw::{self, WithdrawError};
use crate::db::DbError;
use crate::ids::CommentId;
use crate::norms::model::{Norm, TextVersion};
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::web::paging::{self, Cursor};
use crate::web::{Ctx, Page, PageError, Posted};

#[derive(Template)]
#[template(path = "comments/receipt.html")]
struct ReceiptPage<'a> {
    ctx: &'a Ctx,
    comment: &'a Comment,
    is_author: bool,
    rows: Vec<Row>,
    redline: Option<Redline>,
}

#[derive(Template)]
#[template(path = "comments/list.html")]
struct ListPage<'a> {
    ctx: &'a Ctx,
    comments: Vec<(Comment, String)>,
    next_page: String,
    /// What the viewer put their name to, or their organisation's; on the first page alone.
    cosigned: Vec<Cosigned>,
}

#[derive(Template)]
#[template(path = "comments/show.html")]
struct ShowPage<'a> {
    ctx: &'a Ctx,
    comment: &'a Comment,
    is_author: bool,
    rows: Vec<Row>,
    redline: Option<Redline>,
    answers: Vec<(Answer, String)>,
}

#[derive(Template)]
#[template(path = "comments/withdraw.html")]
struct WithdrawPage<'a> {
    ctx: &'a Ctx,
    comment: &'a Comment,
}

struct Own {
    comment: Comment,
    /// Whether the viewer sent it; else they are a member of the organisation that it speaks for.
    is_author: bool,
    norm: Norm,
    version: TextVersion,
    answers: Vec<Answer>,
}

impl Own {
    fn rows(&self, ctx: &Ctx, vocabulary: &Vocabulary) -> Vec<Row> {
        summary::rows(ctx.lang, vocabulary, &self.norm, &self.version, &self.comment.body)
    }
}

/// The comment with this reference, if it is the viewer's own or speaks for an organisation that they are a member of;
/// 404 for everybody else's, as for none.
async fn own(ctx: &Ctx, reference: String) -> Result<Own, PageError> {
    let account = ctx.signed_in()?.id;
    let found = ctx
        .site()
        .db()
        .read(move |conn| {
            let Some(comment) = store::by_reference(conn, &reference)? else { return Ok::<_, DbError>(None) };
            let is_author = comment.author.account == account;
            if !is_author && !on_behalf::store::is_of_member(conn, comment.id, account)? {
                return Ok(None);
            }
            Ok(Some(Own {
                is_author,
                norm: norms::norm(conn, comment.norm_id)?,
                version: norms::version(conn, comment.text_version_id)?,
                answers: store::answers(conn, comment.id)?,
                comment,
            }))
        })
        .await?;
    found.ok_or(PageError::NotFound)
}

/// `GET /receipts/{reference}`
pub async fn receipt(ctx: Ctx, reference: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let own = own(&ctx, reference.into_inner()).await?;
    let (rows, redline) = (own.rows(&ctx, &vocabulary), own.comment.body.redline());
    ctx.page(&ReceiptPage { ctx: &ctx, comment: &own.comment, is_author: own.is_author, rows, redline })
}

/// `GET /my-comments`
pub async fn list(ctx: Ctx) -> Page {
    let account = ctx.signed_in()?.id;
    let after = match ctx.query.get("after") {
        "" => None,
        text => Some(paging::decode(text, CommentId::parse).ok_or(PageError::BadRequest)?),
    };
    let (mut comments, norms, cosigned) = ctx
        .site()
        .db()
        .read(move |conn| {
            let cosigned = if after.is_none() { cosigning::of_account(conn, account)? } else { Vec::new() };
            Ok::<_, DbError>((store::of_account(conn, account, after)?, norms::norms(conn)?, cosigned))
        })
        .await?;
    let next = paging::cut(&mut comments, |it| Cursor { at: it.submitted_at, id: it.id });
    let next_page = next.map(|cursor| format!("/my-comments?after={}", cursor.encode())).unwrap_or_default();
    let title = |comment: &Comment| norms.iter().find(|norm| norm.id == comment.norm_id).map(|norm| norm.title.clone());
    let comments = comments
        .into_iter()
        .map(|it| {
            let title = title(&it).unwrap_or_default();
            (it, title)
        })
        .collect();
    ctx.page(&ListPage { ctx: &ctx, comments, next_page, cosigned })
}

/// `GET /my-comments/{reference}`
pub async fn show(ctx: Ctx, reference: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let mut own = own(&ctx, reference.into_inner()).await?;
    let reason = |answer: &Answer| {
        let label = answer.reason.as_deref().and_then(|code| vocabulary.reasons.label(code));
        label.unwrap_or_default().to_owned()
    };
    let answers = std::mem::take(&mut own.answers);
    let answers = answers
        .into_iter()
        .map(|it| {
            let reason = reason(&it);
            (it, reason)
        })
        .collect();
    let (rows, redline) = (own.rows(&ctx, &vocabulary), own.comment.body.redline());
    ctx.page(&ShowPage { ctx: &ctx, comment: &own.comment, is_author: own.is_author, rows, redline, answers })
}

/// `GET /my-comments/{reference}/withdrawal`
pub async fn withdraw_page(ctx: Ctx, reference: web::Path<String>) -> Page {
    let own = own(&ctx, reference.into_inner()).await?;
    if !own.is_author {
        return Err(PageError::NotFound);
    }
    if !own.comment.can_be_withdrawn() {
        return Err(PageError::Conflict);
    }
    ctx.page(&WithdrawPage { ctx: &ctx, comment: &own.comment })
}

/// `POST /my-comments/{reference}/withdrawal`
pub async fn withdraw(posted: Posted, reference: web::Path<String>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let account = ctx.signed_in()?.id;
    let expected = fields.get("version").parse::<i64>().map_err(|_| PageError::BadRequest)?;
    let (now, own_page) = (ctx.now, format!("/my-comments/{reference}"));
    match ctx.site().db().write(move |conn| withdraw::withdraw(conn, now, account, &reference, expected)).await {
        Ok(()) => ctx.to_with(&own_page, "flash-withdrawn"),
        Err(WithdrawError::NotFound) => Err(PageError::NotFound),
        Err(WithdrawError::Changed(_)) => Err(PageError::Conflict),
        Err(WithdrawError::Database(error)) => Err(error.into()),
    }
}
