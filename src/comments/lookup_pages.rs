//! The page that looks up a comment. Its answer is the same whatever was found.

use askama::Template;

use super::lookup;
use super::receipts::verify::reference;
use crate::accounts::form::email;
use crate::web::{Ctx, Fields, Form, Page, Posted};

#[derive(Template)]
#[template(path = "comments/lookup.html")]
struct LookupPage<'a> {
    ctx: &'a Ctx,
    form: Form,
    asked: bool,
}

/// `GET /look-up`
pub async fn page(ctx: Ctx) -> Page {
    let form = Form::filled(Fields::default().with("reference", ctx.query.get("reference")));
    ctx.page(&LookupPage { ctx: &ctx, form, asked: false })
}

/// `POST /look-up`
pub async fn ask(posted: Posted) -> Page {
    let (ctx, fields) = posted.checked()?;
    let mut form = Form::filled(fields.clone());
    let reference = reference(&fields, &mut form, ctx.lang);
    let email = email(&fields, &mut form, ctx.lang);
    let (Some(reference), Some(email)) = (reference, email) else {
        return ctx.form_page(&LookupPage { ctx: &ctx, form, asked: false }, true);
    };
    let (now, origin) = (ctx.now, ctx.site().origin());
    let most = ctx.site().config().limits.letters_an_hour;
    ctx.site().db().write(move |conn| lookup::ask(conn, now, &reference, &email, &origin, most)).await?;
    ctx.page(&LookupPage { ctx: &ctx, form: Form::default(), asked: true })
}
