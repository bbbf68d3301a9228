//! The last page: every comment as it will be sent, what is left out, what may be published. Then it is sent.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::{Found, Opened, find, kept};
use crate::accounts::pages::sign_in_with;
use crate::comments::body::Body;
use crate::comments::model::Publication;
use crate::comments::not_taken::shut_words;
use crate::comments::redline::Redline;
use crate::comments::store::last_publication;
use crate::comments::submissions::model::Form as Arrived;
use crate::comments::submissions::send::{self, Drafted, Incoming, SendError};
use crate::comments::submit::Stationery;
use crate::comments::summary::{self, Row};
use crate::db::DbError;
use crate::ids::{self, AccountId, SubmissionId};
use crate::norms::model::{Norm, TextVersion};
use crate::norms::vocabulary::Vocabulary;
use crate::papers::model::{Part, comment_id};
use crate::papers::{details, form};
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted};

/// A comment as it will be sent.
struct Ready<'a> {
    number: usize,
    norm: &'a Norm,
    version: &'a TextVersion,
    body: Body,
    rows: Vec<Row>,
    redline: Option<Redline>,
}

#[derive(Template)]
#[template(path = "papers/check.html")]
struct CheckPage<'a> {
    ctx: &'a Ctx,
    it: &'a Opened,
    form: Form,
    ready: &'a [Ready<'a>],
    left_out: Vec<(usize, &'a Part)>,
    asks: bool,
    publications: Vec<(&'static str, String, String)>,
}

/// The comments, or where to go first to make them whole.
fn ready<'a>(ctx: &Ctx, it: &'a Opened, vocabulary: &Vocabulary) -> Result<Vec<Ready<'a>>, String> {
    let mut first = form::filled(&it.paper, it.version);
    form::check(&mut first, &it.paper, &it.texts.norms, ctx.lang);
    if first.failed() {
        return Err(it.address(""));
    }
    let mut found = Vec::new();
    for comment in it.paper.comments() {
        let (norm, version) = it.texts.find(&comment.part.norm).ok_or_else(|| it.address(""))?;
        let body = details::body(&comment, version, vocabulary, ctx.lang)
            .map_err(|_| format!("{}?again=yes", it.address("details")))?;
        let rows = summary::rows(ctx.lang, vocabulary, norm, version, &body);
        found.push(Ready { number: comment.number, norm, version, redline: body.redline(), rows, body });
    }
    Ok(found)
}

/// What the page shows, as a mark: another if the paper or a text changed.
fn seen(it: &Opened, ready: &[Ready]) -> String {
    let digests = ready.iter().map(|it| format!("{} {}\n", it.version.id, it.body.digest()));
    let shown: String = digests.chain([it.paper.text()]).collect();
    hex::encode(ids::sha256(shown.as_bytes()))
}

fn page(ctx: &Ctx, it: &Opened, ready: &[Ready], mut form: Form) -> Page {
    form.prefill("seen", &seen(it, ready));
    let left_out = it.paper.left_out().into_iter().filter_map(|number| Some((number, it.paper.part(number)?)));
    let publication =
        |it: &Publication| (it.as_str(), ctx.t(format!("publication-{it}")), ctx.t(format!("publication-{it}-hint")));
    let failed = form.failed();
    let page = CheckPage {
        ctx,
        it,
        ready,
        left_out: left_out.collect(),
        asks: ready.iter().any(|it| !matches!(it.body, Body::General(_))),
        publications: Publication::ALL.iter().map(publication).collect(),
        form,
    };
    ctx.form_page(&page, failed)
}

/// `GET /submissions/paper/{id}/check`
pub async fn check_page(ctx: Ctx, id: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let account = ctx.signed_in()?.id;
    let it = match find(&ctx, account, &id).await? {
        Found::Sent(receipt) => return Ok(receipt),
        Found::Open(it) => it,
    };
    if !it.texts.is_open() {
        return it.shut(&ctx);
    }
    let last = ctx.site().db().read(move |conn| last_publication(conn, account)).await?;
    let ready = match ready(&ctx, &it, &vocabulary) {
        Ok(ready) => ready,
        Err(path) => return ctx.to(&path),
    };
    let mut form = Form::filled(Fields::default().with("version", it.version.to_string()));
    form.prefill("publication", &it.paper.publication);
    form.prefill("publication", last.map_or("", Publication::as_str));
    page(&ctx, &it, &ready, form)
}

/// `POST /submissions/paper/{id}/check`
pub async fn check(posted: Posted, id: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let Some(account) = posted.ctx.viewer.as_ref().map(|viewer| viewer.id) else {
        return sign_in_with(&posted.ctx, &posted.ctx.path, &posted.fields);
    };
    let genuine = posted.is_genuine();
    let (ctx, fields) = (posted.ctx, posted.fields);
    let mut it = match find(&ctx, account, &id).await? {
        Found::Sent(receipt) => return Ok(receipt),
        Found::Open(it) => it,
    };
    let chosen = Publication::parse(fields.get("publication"));
    if genuine && fields.get("go") != "send" {
        chosen.map_or("", Publication::as_str).clone_into(&mut it.paper.publication);
        if let Some(answer) = it.save(&ctx, account, &fields).await? {
            return Ok(answer);
        }
        return match fields.get("go") {
            "save" => ctx.to_with("/my-comments", "flash-paper-saved"),
            "back" => ctx.to(&it.address("")),
            _ => ctx.to(&it.address("check")),
        };
    }
    if !it.texts.is_open() {
        return it.shut(&ctx);
    }
    let ready = match ready(&ctx, &it, &vocabulary) {
        Ok(ready) => ready,
        Err(path) => return ctx.to(&path),
    };
    let carried = [("publication", fields.get("publication").to_owned()), ("version", it.version.to_string())];
    let mut form =
        Form::filled(carried.into_iter().fold(Fields::default(), |all, (name, value)| all.with(name, value)));
    if !genuine {
        form.error("publication", ctx.t("papers-stale"));
    } else if fields.get("seen") != seen(&it, &ready) {
        form.error("comments", ctx.t("papers-changed-since"));
    } else if chosen.is_none() {
        form.error("publication", ctx.t("compose-publication-missing"));
    }
    match chosen {
        Some(publication) if !form.failed() => send(&ctx, account, &it, &ready, publication, &vocabulary).await,
        _ => page(&ctx, &it, &ready, form),
    }
}

async fn send(
    ctx: &Ctx,
    account: AccountId,
    it: &Opened,
    ready: &[Ready<'_>],
    publication: Publication,
    vocabulary: &web::Data<Vocabulary>,
) -> Page {
    let drafted = |comment: &Ready| Drafted {
        id: comment_id(it.id, comment.number),
        norm: comment.norm.id,
        text_version: comment.version.id,
        class: None,
        body: comment.body.clone(),
    };
    let incoming = Incoming {
        id: SubmissionId::from_bytes(it.id.as_bytes()).ok_or(PageError::BadRequest)?,
        account,
        form: Arrived::Paper,
        title: it.paper.title.clone(),
        text: it.paper.text(),
        publication,
        parts: send::judged(ready.iter().map(drafted).collect()).await?,
    };
    let stationery = Stationery { origin: ctx.site().origin(), vocabulary: vocabulary.clone().into_inner() };
    match send::send(ctx.site().db(), ctx.now, incoming, stationery).await {
        Ok(reference) => ctx.to(&format!("/receipts/{reference}")),
        Err(SendError::NotOpen(window)) => {
            let text = shut_words(ctx, window);
            kept(ctx, StatusCode::CONFLICT, "compose-shut-title", text, &it.paper)
        }
        // Read again, the page shows the text as it now is.
        Err(SendError::TextChanged(_)) => ctx.to(&it.address("check")),
        Err(SendError::FormUsed) => {
            kept(ctx, StatusCode::CONFLICT, "compose-used-title", ctx.t("compose-used-text"), &it.paper)
        }
        Err(SendError::Database(DbError::Unavailable(why))) => {
            tracing::warn!(why, "a paper could not be sent");
            kept(ctx, StatusCode::SERVICE_UNAVAILABLE, "error-unavailable-title", ctx.t("papers-not-now"), &it.paper)
        }
        Err(SendError::Database(error)) => Err(error.into()),
    }
}
