//! Beginning an issue: what it is about, and the question.

use actix_web::web;
use askama::Template;

use super::{address, norm};
use crate::accounts::pages::sign_in_with;
use crate::db::{AnyConnection, DbError};
use crate::deliberation::board::{change, form};
use crate::ids::IssueId;
use crate::norms::model::{Norm, TextVersion};
use crate::norms::store as norms;
use crate::norms::vocabulary::{List, Vocabulary};
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted};

#[derive(Template)]
#[template(path = "deliberation/new.html")]
struct NewPage<'a> {
    ctx: &'a Ctx,
    norm: &'a Norm,
    text: &'a TextVersion,
    form: Form,
    abouts: Vec<(&'static str, String, String)>,
    actors: Vec<(&'a str, &'a str)>,
    instruments: Vec<(&'a str, &'a str)>,
}

/// Codes and labels for a list to choose from.
pub fn choices(list: &List) -> Vec<(&str, &str)> {
    list.items().iter().map(|item| (item.code.as_str(), item.label.as_str())).collect()
}

async fn show(ctx: &Ctx, vocabulary: &Vocabulary, norm: &Norm, form: Form) -> Page {
    let id = norm.id;
    let text = ctx.site().db().read(move |conn: &mut AnyConnection| norms::consulted_version(conn, id)).await?;
    let about = |kind: &'static str, name: &str, hint: &str| (kind, ctx.t(name), ctx.t(hint));
    let failed = form.failed();
    let page = NewPage {
        ctx,
        norm,
        text: &text,
        form,
        abouts: vec![
            about("words", "board-about-words", "board-about-words-hint"),
            about("lever", "board-about-lever", "board-about-lever-hint"),
            about("whole", "board-about-whole", "board-about-whole-hint"),
        ],
        actors: choices(&vocabulary.actors),
        instruments: choices(&vocabulary.instruments),
    };
    ctx.form_page(&page, failed)
}

/// `GET /secretariat/deliberation/norms/{slug}/issues`
pub async fn page(ctx: Ctx, slug: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.staff()?;
    let norm = norm(&ctx, &slug).await?;
    let fields = Fields::default().with("form_id", IssueId::new().to_string()).with("quote", ctx.query.get("quote"));
    show(&ctx, &vocabulary, &norm, Form::filled(fields)).await
}

/// `POST /secretariat/deliberation/norms/{slug}/issues`
pub async fn begin(posted: Posted, slug: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    if posted.ctx.viewer.is_none() {
        return sign_in_with(&posted.ctx, &posted.ctx.path, &posted.fields);
    }
    let (ctx, fields) = posted.checked()?;
    let by = ctx.staff()?.id;
    let norm = norm(&ctx, &slug).await?;
    let id = IssueId::parse(fields.get("form_id")).ok_or(PageError::BadRequest)?;
    let of = norm.id;
    let text = ctx.site().db().read(move |conn: &mut AnyConnection| norms::consulted_version(conn, of)).await?;
    let (about, texts) = match form::about(&fields, &text, &vocabulary, ctx.lang) {
        Ok(read) if fields.get("go") != "edit" => read,
        Ok(_) => return show(&ctx, &vocabulary, &norm, Form::filled(fields)).await,
        Err(form) => return show(&ctx, &vocabulary, &norm, form).await,
    };
    let (now, version) = (ctx.now, text.id);
    // A number that somebody took at the same moment is taken; the next one is free.
    for _ in 0..3 {
        let (about, texts) = (about.clone(), texts.clone());
        let write = move |conn: &mut _| change::begin(conn, now, by, (id, of, version), (&about, &texts));
        match ctx.site().db().write(write).await {
            Ok(()) => return ctx.to_with(&address(id), "flash-board-begun"),
            Err(DbError::Taken(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(PageError::Unavailable)
}
