//! The second page: what each part is, and of which norm.

use actix_web::web;
use askama::Template;

use super::{Found, Opened, find};
use crate::accounts::pages::sign_in_with;
use crate::comments::attachments::model::Attachment;
use crate::comments::attachments::store as attachments;
use crate::comments::drafts::typed::told_saved;
use crate::comments::model::Kind;
use crate::comments::pages::fresh_token;
use crate::norms::words::graphemes;
use crate::papers::form;
use crate::papers::model::{Part, Role};
use crate::web::{Ctx, Form, Page, Posted};

/// A part as the page shows it.
struct Shown<'a> {
    number: usize,
    part: &'a Part,
    length: usize,
    /// Whether its text is wrong, and so has to be in view.
    is_open: bool,
    norm: String,
    role: String,
    text: String,
    roles: Vec<(&'static str, String, String)>,
}

#[derive(Template)]
#[template(path = "papers/parts.html")]
struct PartsPage<'a> {
    ctx: &'a Ctx,
    it: &'a Opened,
    form: Form,
    parts: Vec<Shown<'a>>,
    norms: Vec<(String, String)>,
    documents: Vec<Attachment>,
}

async fn page(ctx: &Ctx, it: &Opened, form: Form) -> Page {
    let holder = it.id.as_bytes().to_vec();
    let documents = ctx.site().db().read(move |conn| attachments::held_by(conn, &holder)).await?;
    let norms = it.texts.norms.iter().map(|norm| (norm.slug.clone(), format!("{}. {}", norm.number, norm.title)));
    let shown = |(number, part)| {
        let names = ["norm", "role", "text"].map(|field| format!("p{number}_{field}"));
        let [norm, role, text] = names;
        Shown {
            number,
            part,
            length: graphemes(&part.text),
            is_open: !form.error_of(&text).is_empty(),
            norm,
            role,
            text,
            roles: roles(ctx, number),
        }
    };
    let parts: Vec<Shown> = (1..).zip(&it.paper.parts).map(shown).collect();
    let failed = form.failed();
    ctx.form_page(&PartsPage { ctx, it, norms: norms.collect(), parts, documents, form }, failed)
}

fn roles(ctx: &Ctx, number: usize) -> Vec<(&'static str, String, String)> {
    let all = Role::ALL.iter().filter(|role| **role != Role::Before || number > 1);
    all.map(|role| (role.as_str(), ctx.t(format!("papers-role-{role}")), String::new())).collect()
}

/// `GET /submissions/paper/{id}`
pub async fn parts_page(ctx: Ctx, id: web::Path<String>) -> Page {
    let account = ctx.signed_in()?.id;
    match find(&ctx, account, &id).await? {
        Found::Sent(receipt) => Ok(receipt),
        Found::Open(it) if !it.texts.is_open() => it.shut(&ctx),
        Found::Open(it) => page(&ctx, &it, form::filled(&it.paper, it.version)).await,
    }
}

/// `POST /submissions/paper/{id}`
pub async fn parts(posted: Posted, id: web::Path<String>) -> Page {
    let Some(account) = posted.ctx.viewer.as_ref().map(|viewer| viewer.id) else {
        return sign_in_with(&posted.ctx, &posted.ctx.path, &posted.fields);
    };
    let genuine = posted.is_genuine();
    let (ctx, fields) = (posted.ctx, posted.fields);
    let mut it = match find(&ctx, account, &id).await? {
        Found::Sent(receipt) => return Ok(receipt),
        Found::Open(it) => it,
    };
    it.paper = form::applied(it.paper, &fields);
    if let Some(token) = fresh_token(&ctx, genuine) {
        return token;
    }
    if !genuine || fields.get("go") == "edit" {
        let version = fields.get("version").parse().unwrap_or(it.version);
        let mut form = form::filled(&it.paper, version);
        if !genuine {
            form.error("title", ctx.t("papers-stale"));
        }
        return page(&ctx, &it, form).await;
    }
    if let Some(answer) = it.save(&ctx, account, &fields).await? {
        return Ok(answer);
    }
    if ctx.asks_json() {
        return told_saved(&ctx, it.id, it.version);
    }
    if !it.texts.is_open() {
        return it.shut(&ctx);
    }
    if fields.get("go") == "save" {
        return ctx.to_with("/my-comments", "flash-paper-saved");
    }
    let mut form = form::filled(&it.paper, it.version);
    form::check(&mut form, &it.paper, &it.texts.norms, ctx.lang);
    if form.failed() {
        return page(&ctx, &it, form).await;
    }
    let asks = it.paper.comments().iter().any(|comment| comment.kind != Kind::General);
    ctx.to(&it.address(if asks { "details" } else { "check" }))
}
