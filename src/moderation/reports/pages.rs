//! The form on which anybody reports a public comment. Its answer is the same whatever became of the report.

use actix_web::web;
use askama::Template;

use super::{form, report};
use crate::comments::reference::Reference;
use crate::db::{DbError, DbResult};
use crate::ids::ReportId;
use crate::norms::vocabulary::Vocabulary;
use crate::senders;
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted};

/// How often a report is tried again that another one on the same comment was quicker than.
const MOST_TRIES: usize = 5;

#[derive(Template)]
#[template(path = "moderation/report.html")]
struct ReportPage<'a> {
    ctx: &'a Ctx,
    reference: &'a str,
    form: Form,
    complaints: Vec<(&'a str, &'a str, &'a str)>,
    made: bool,
}

impl<'a> ReportPage<'a> {
    fn new(ctx: &'a Ctx, vocabulary: &'a Vocabulary, reference: &'a str, form: Form) -> Self {
        let complaints = vocabulary.complaints.items().iter();
        let complaints = complaints.map(|item| (item.code.as_str(), item.label.as_str(), "")).collect();
        Self { ctx, reference, form, complaints, made: false }
    }
}

/// The reference in an address; 404 for what can be none.
fn named(typed: &str) -> Result<Reference, PageError> {
    Reference::parse(typed).map_err(|_| PageError::NotFound)
}

/// `GET /comments/{reference}/report`
pub async fn page(ctx: Ctx, typed: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let reference = named(&typed)?;
    let mut fields = Fields::default().with("form_id", ReportId::new().to_string());
    if let Some(viewer) = &ctx.viewer {
        fields.set("email", &viewer.email);
    }
    ctx.page(&ReportPage::new(&ctx, &vocabulary, reference.as_str(), Form::filled(fields)))
}

/// `POST /comments/{reference}/report`
pub async fn make(posted: Posted, typed: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let reference = named(&typed)?;
    let id = ReportId::parse(fields.get("form_id")).ok_or(PageError::BadRequest)?;
    let it = match form::report(&fields, id, ctx.now, &vocabulary, ctx.lang) {
        Ok(it) => it,
        Err(form) => return ctx.form_page(&ReportPage::new(&ctx, &vocabulary, reference.as_str(), form), true),
    };
    let from = match ctx.address() {
        Some(ip) => Some(senders::keep::mark(ctx.site().db(), ctx.now, ip).await?),
        None => None,
    };
    let by = ctx.viewer.as_ref().map(|viewer| viewer.id);
    let most = ctx.site().config().limits.letters_an_hour;
    let mut tries = 0;
    loop {
        let (it, from, named) = (it.clone(), from.clone(), reference.to_string());
        let write = move |conn: &mut _| -> DbResult<()> { report::report(conn, &it, &named, from.as_ref(), by, most) };
        match ctx.site().db().write(write).await {
            // Another report on the comment, or this form, came at the same moment.
            Err(DbError::Taken(_)) if tries < MOST_TRIES => tries += 1,
            outcome => break outcome?,
        }
    }
    let page = ReportPage::new(&ctx, &vocabulary, reference.as_str(), Form::default());
    ctx.page(&ReportPage { made: true, ..page })
}
