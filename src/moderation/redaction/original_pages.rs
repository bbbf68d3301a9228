//! The original of a comment: a form for the Secretariat, and the words once it was written down that they are read.

use actix_web::web;
use askama::Template;

use super::reveal::{self, Purpose, Revealed};
use crate::comments;
use crate::comments::redaction::in_words::InWords;
use crate::comments::redaction::model::Redaction;
use crate::comments::reference::Reference;
use crate::comments::summary::{self, Row};
use crate::db::{AnyConnection, DbError};
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::web::{Ctx, Form, Page, PageError, Posted};

#[derive(Template)]
#[template(path = "moderation/original.html")]
struct OriginalPage<'a> {
    ctx: &'a Ctx,
    reference: &'a str,
    form: Form,
    purposes: Vec<(&'static str, String, String)>,
    /// The words, once they may be shown.
    shown: Option<Words>,
}

struct Words {
    rows: Vec<Row>,
    taken_out: Vec<TakenOut>,
    digest: String,
}

struct TakenOut {
    told: InWords,
    words: String,
    is_back: bool,
}

fn purposes(ctx: &Ctx) -> Vec<(&'static str, String, String)> {
    let one = |purpose: &Purpose| (purpose.as_str(), ctx.t(format!("original-purpose-{purpose}")), String::new());
    Purpose::ALL.iter().map(one).collect()
}

fn asked(ctx: &Ctx, reference: &str, form: Form) -> Page {
    let failed = form.failed();
    let page = OriginalPage { ctx, reference, form, purposes: purposes(ctx), shown: None };
    ctx.form_page(&page, failed)
}

/// 404 unless something was taken out of the comment.
async fn exists(ctx: &Ctx, typed: &str) -> Result<Reference, PageError> {
    let reference = Reference::parse(typed).map_err(|_| PageError::NotFound)?;
    let name = reference.to_string();
    let comment = ctx.site().db().read(move |conn| comments::store::by_reference(conn, &name)).await?;
    comment.filter(|it| it.redactions > 0).map(|_| reference).ok_or(PageError::NotFound)
}

/// `GET /secretariat/comments/{reference}/original`: the form alone.
pub async fn page(ctx: Ctx, typed: web::Path<String>) -> Page {
    ctx.secretariat()?;
    let reference = exists(&ctx, &typed).await?;
    asked(&ctx, reference.as_str(), Form::default())
}

/// `POST /secretariat/comments/{reference}/original`
pub async fn show(posted: Posted, typed: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let by = ctx.secretariat()?.id;
    let reference = exists(&ctx, &typed).await?;
    let mut form = Form::filled(fields.clone());
    let Some(purpose) = Purpose::parse(fields.get("purpose")) else {
        form.error("purpose", ctx.t("original-purpose-missing"));
        return asked(&ctx, reference.as_str(), form);
    };
    let (now, name) = (ctx.now, reference.to_string());
    let read = move |conn: &mut AnyConnection| {
        let Some(revealed) = reveal::reveal(conn, now, by, &name, purpose)? else { return Ok::<_, DbError>(None) };
        let norm = norms::norm(conn, revealed.comment.norm_id)?;
        let version = norms::version(conn, revealed.comment.text_version_id)?;
        Ok(Some((revealed, norm, version)))
    };
    let found = ctx.site().db().write(read).await?;
    let (revealed, norm, version) = found.ok_or(PageError::NotFound)?;
    let mut rows = summary::rows(ctx.lang, &vocabulary, &norm, &version, &revealed.original.body);
    let names = [
        ("redaction-field-author_name", revealed.original.author_name.as_str()),
        ("redaction-field-organisation", revealed.original.organisation.as_deref().unwrap_or_default()),
    ];
    let given = names.into_iter().filter(|(_, name)| !name.is_empty());
    rows.extend(given.map(|(label, name)| Row { label: ctx.t(label), text: name.to_owned() }));
    let taken_out = revealed.redactions.iter().flat_map(|it| taken_out(&ctx, &vocabulary, &revealed, it)).collect();
    let shown = Words { rows, taken_out, digest: revealed.comment.digest.clone() };
    let purposes = purposes(&ctx);
    ctx.page(&OriginalPage { ctx: &ctx, reference: reference.as_str(), form, purposes, shown: Some(shown) })
}

fn taken_out(ctx: &Ctx, vocabulary: &Vocabulary, revealed: &Revealed, it: &Redaction) -> Vec<TakenOut> {
    let own = it.spans.iter().filter(|_| it.revision == revealed.comment.revision);
    own.map(|span| TakenOut {
        told: InWords::of(ctx.lang, vocabulary, span),
        words: revealed.original.words(span).to_owned(),
        is_back: span.lifted,
    })
    .collect()
}
