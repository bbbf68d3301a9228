//! Appeals against words being taken out: the list, and hearing one. For the Secretariat, who alone may read the words.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::form;
use super::hear::{self, HearError};
use super::store::{self, Listed};
use crate::accounts::pages::sign_in_with;
use crate::comments;
use crate::comments::model::Comment;
use crate::comments::redaction::in_words::InWords;
use crate::comments::redaction::model::{Appeal, Ending, Redaction};
use crate::comments::redaction::store as redactions;
use crate::comments::summary::{self, Row};
use crate::db::{AnyConnection, DbError};
use crate::ids::RedactionId;
use crate::moderation::mail::Letterhead;
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::web::{Ctx, Form, Page, PageError, Posted};

const PATH: &str = "/secretariat/redaction-appeals";

#[derive(Template)]
#[template(path = "moderation/redaction_appeals.html")]
struct ListPage<'a> {
    ctx: &'a Ctx,
    appeals: Vec<Listed>,
    ended: bool,
}

#[derive(Template)]
#[template(path = "moderation/redaction_appeal.html")]
struct HearingPage<'a> {
    ctx: &'a Ctx,
    comment: &'a Comment,
    redaction: &'a Redaction,
    appeal: &'a Appeal,
    form: Form,
    rows: Vec<Row>,
    /// What was taken out, without the words.
    passages: Vec<InWords>,
    outcomes: Vec<(&'static str, String, String)>,
    /// Whether the viewer took the words out or wrote them.
    is_barred: bool,
    /// What was typed where somebody else was quicker.
    lost: String,
}

/// `GET /secretariat/redaction-appeals`
pub async fn list(ctx: Ctx) -> Page {
    ctx.secretariat()?;
    let ended = ctx.query.get("state") == "ended";
    let appeals = ctx.site().db().read(move |conn| store::appeals(conn, ended)).await?;
    ctx.page(&ListPage { ctx: &ctx, appeals, ended })
}

async fn show(ctx: &Ctx, vocabulary: &Vocabulary, id: RedactionId, form: Form, lost: String) -> Page {
    let viewer = ctx.secretariat()?.id;
    let read = move |conn: &mut AnyConnection| {
        let Some(redaction) = redactions::by_id(conn, id)? else { return Ok::<_, DbError>(None) };
        let Some(comment) = comments::store::by_id(conn, redaction.comment)? else { return Ok(None) };
        let (norm, version) = (norms::norm(conn, comment.norm_id)?, norms::version(conn, comment.text_version_id)?);
        Ok(Some((redaction, comment, norm, version)))
    };
    let (redaction, comment, norm, version) = ctx.site().db().read(read).await?.ok_or(PageError::NotFound)?;
    let Some(appeal) = &redaction.appeal else { return Err(PageError::NotFound) };
    let outcome = |it: &Ending| {
        (it.as_str(), ctx.t(format!("redaction-ending-{it}")), ctx.t(format!("redaction-ending-{it}-hint")))
    };
    let status = match (lost.is_empty(), form.failed()) {
        (false, _) => StatusCode::CONFLICT,
        (true, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (true, false) => StatusCode::OK,
    };
    let page = HearingPage {
        ctx,
        comment: &comment,
        redaction: &redaction,
        appeal,
        form,
        rows: summary::rows(ctx.lang, vocabulary, &norm, &version, &comment.body),
        passages: redaction.spans.iter().map(|span| InWords::of(ctx.lang, vocabulary, span)).collect(),
        outcomes: Ending::ALL.iter().map(outcome).collect(),
        is_barred: redaction.decided_by == viewer || comment.author.account == viewer,
        lost,
    };
    ctx.page_as(status, &page)
}

/// `GET /secretariat/redaction-appeals/{id}`
pub async fn page(ctx: Ctx, id: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.secretariat()?;
    let id = RedactionId::parse(&id).ok_or(PageError::NotFound)?;
    show(&ctx, &vocabulary, id, Form::default(), String::new()).await
}

/// `POST /secretariat/redaction-appeals/{id}`
pub async fn hear(posted: Posted, id: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    if posted.ctx.viewer.is_none() {
        return sign_in_with(&posted.ctx, &posted.ctx.path, &posted.fields);
    }
    let (ctx, fields) = posted.checked()?;
    let by = ctx.secretariat()?.id;
    let id = RedactionId::parse(&id).ok_or(PageError::NotFound)?;
    if fields.get("go") == "edit" {
        return show(&ctx, &vocabulary, id, Form::filled(fields), String::new()).await;
    }
    let (outcome, statement) = match form::hearing(&fields, ctx.lang) {
        Ok(decided) => decided,
        Err(form) => return show(&ctx, &vocabulary, id, form, String::new()).await,
    };
    let (now, typed) = (ctx.now, statement.clone());
    let letters = Letterhead::of(ctx.site(), vocabulary.clone().into_inner());
    let write = move |conn: &mut _| hear::hear(conn, now, by, id, (outcome, &statement), &letters);
    match ctx.site().db().write(write).await {
        Ok(()) => ctx.to_with(PATH, "flash-redaction-appeal-heard"),
        Err(HearError::NoSuchAppeal) => Err(PageError::NotFound),
        Err(HearError::Own) => Err(PageError::Forbidden),
        Err(HearError::Lost | HearError::Db(DbError::Taken(_))) => {
            show(&ctx, &vocabulary, id, Form::default(), typed).await
        }
        Err(HearError::Db(error)) => Err(error.into()),
    }
}
