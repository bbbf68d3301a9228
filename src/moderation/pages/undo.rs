//! Undoing a decision: what it was, words to the author if they were told, and what it lost to.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::{comment_page, outcome_name, state_name};
use crate::clock::Moment;
use crate::comments;
use crate::comments::model::Comment;
use crate::db::{AnyConnection, DbResult};
use crate::ids::DecisionId;
use crate::moderation::mail::Letterhead;
use crate::moderation::model::{Decision, LONGEST_STATEMENT};
use crate::moderation::store;
use crate::moderation::undo::{UndoError, Undoer, is_unseen, undo as verb};
use crate::norms::vocabulary::Vocabulary;
use crate::norms::words::graphemes;
use crate::web::form::Posted;
use crate::web::{Ctx, Form, Page, PageError};

#[derive(Template)]
#[template(path = "moderation/undo.html")]
struct UndoPage<'a> {
    ctx: &'a Ctx,
    comment: &'a Comment,
    decision: &'a Decision,
    outcome: String,
    /// Whether the letter can still be taken back: then the author hears of nothing.
    is_unseen: bool,
    form: &'a Form,
    comment_page: String,
}

#[derive(Template)]
#[template(path = "moderation/undo_conflict.html")]
struct ConflictPage<'a> {
    ctx: &'a Ctx,
    reference: &'a str,
    headline: String,
    /// When it was undone, if it was.
    undone_at: Option<Moment>,
    /// Where the comment stands now.
    state: String,
    words: &'a str,
    comment_page: String,
}

struct Loaded {
    decision: Decision,
    comment: Comment,
    is_unseen: bool,
}

fn load(conn: &mut AnyConnection, id: DecisionId) -> DbResult<Option<Loaded>> {
    let Some(decision) = store::decision(conn, id)? else { return Ok(None) };
    let Some(comment) = comments::store::by_id(conn, decision.comment_id)? else { return Ok(None) };
    let is_unseen = is_unseen(conn, &decision, &comment)?;
    Ok(Some(Loaded { decision, comment, is_unseen }))
}

async fn loaded(ctx: &Ctx, id: &str) -> Result<(Loaded, Undoer), PageError> {
    let viewer = ctx.staff()?;
    let by = Undoer { id: viewer.id, role: viewer.role };
    let id = DecisionId::parse(id).ok_or(PageError::NotFound)?;
    let found = ctx.site().db().read(move |conn| load(conn, id)).await?;
    Ok((found.ok_or(PageError::NotFound)?, by))
}

fn show(ctx: &Ctx, loaded: &Loaded, form: &Form) -> Page {
    let Loaded { decision, comment, is_unseen } = loaded;
    let outcome = ctx.t(outcome_name(decision.outcome));
    let (is_unseen, comment_page) = (*is_unseen, comment_page(comment));
    ctx.form_page(&UndoPage { ctx, comment, decision, outcome, is_unseen, form, comment_page }, form.failed())
}

/// `GET /secretariat/decided/{id}/undo`
pub async fn undo_page(ctx: Ctx, id: web::Path<String>) -> Page {
    let (loaded, by) = loaded(&ctx, &id).await?;
    if !by.may(&loaded.decision) {
        return Err(PageError::Forbidden);
    }
    if loaded.decision.undone.is_some() {
        return conflict(&ctx, &loaded.comment, Some(&loaded.decision), "");
    }
    show(&ctx, &loaded, &Form::default())
}

/// `POST /secretariat/decided/{id}/undo`
pub async fn undo(posted: Posted, id: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let (mut loaded, by) = loaded(&ctx, &id).await?;
    let words = fields.get("words").to_owned();
    let mut form = Form::filled(fields.clone());
    let length = graphemes(&words);
    if length > LONGEST_STATEMENT {
        form.error("words", ctx.t2("moderation-statement-long", "length", length, "most", LONGEST_STATEMENT));
        return show(&ctx, &loaded, &form);
    }
    let (id, now) = (loaded.decision.id, ctx.now);
    let letters = Letterhead::of(ctx.site(), vocabulary.into_inner());
    match ctx.site().db().write(move |conn| verb(conn, now, by, id, &words, &letters)).await {
        Ok(told) => {
            let flash = if told { "flash-moderation-undone-told" } else { "flash-moderation-undone" };
            ctx.to_with(&comment_page(&loaded.comment), flash)
        }
        Err(UndoError::NoSuchDecision) => Err(PageError::NotFound),
        Err(UndoError::NotTheirs) => Err(PageError::Forbidden),
        Err(UndoError::NeedsWords) => {
            loaded.is_unseen = false;
            form.error("words", ctx.t("undo-words-missing"));
            show(&ctx, &loaded, &form)
        }
        Err(UndoError::Already(decision)) => conflict(&ctx, &loaded.comment, Some(&*decision), fields.get("words")),
        Err(UndoError::Changed(comment)) => conflict(&ctx, &comment, None, fields.get("words")),
        Err(UndoError::Db(error)) => Err(error.into()),
    }
}

fn conflict(ctx: &Ctx, comment: &Comment, undone: Option<&Decision>, words: &str) -> Page {
    let headline = if undone.is_some() { "undo-conflict-already" } else { "undo-conflict-changed" };
    let page = ConflictPage {
        ctx,
        reference: &comment.reference,
        headline: ctx.t(headline),
        undone_at: undone.and_then(|decision| decision.undone.as_ref()).map(|undone| undone.at),
        state: ctx.t(state_name(comment.state)),
        words,
        comment_page: comment_page(comment),
    };
    ctx.page_as(StatusCode::CONFLICT, &page)
}
