//! Anybody checks a receipt: whether the portal holds a text with exactly this reference and digest. Nothing else is
//! told, and an unknown reference is not told apart from a digest that does not fit.

use askama::Template;

use super::store::{self, Held};
use crate::comments::reference::{Reference, ReferenceError};
use crate::ids;
use crate::web::{Ctx, Fields, Form, Language, Page, PageError, Posted};

#[derive(Template)]
#[template(path = "comments/verify.html")]
struct VerifyPage<'a> {
    ctx: &'a Ctx,
    form: Form,
    /// What was asked, and what came of it.
    found: Option<Found>,
}

struct Found {
    reference: String,
    digest: String,
    held: Option<Held>,
}

/// Reads a reference; on a wrong one, `form` says what is wrong with it.
pub fn reference(fields: &Fields, form: &mut Form, lang: &Language) -> Option<Reference> {
    let typed = fields.get("reference");
    if typed.is_empty() {
        form.error("reference", lang.t("reference-missing"));
        return None;
    }
    let read = Reference::parse(typed);
    if let Err(error) = &read {
        let message = match error {
            ReferenceError::BadForm => "reference-bad-form",
            ReferenceError::BadCheck => "reference-bad-check",
        };
        form.error("reference", lang.t(message));
    }
    read.ok()
}

/// The 64 hexadecimal digits of a digest, however they were grouped.
fn digest(typed: &str) -> Option<String> {
    let plain: String = typed.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    (plain.len() == 64 && plain.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(plain)
}

async fn answer(ctx: &Ctx, form: Form, asked: Option<(Reference, String)>) -> Page {
    let found = match asked.filter(|_| !form.failed()) {
        None => None,
        Some((reference, digest)) => {
            let (name, sha256) = (reference.to_string(), digest.clone());
            let viewer = ctx.viewer.as_ref().map(|viewer| viewer.id);
            let held = ctx.site().db().read(move |conn| store::held(conn, &name, &sha256, viewer)).await?;
            Some(Found { reference: reference.to_string(), digest, held })
        }
    };
    let failed = form.failed();
    ctx.form_page(&VerifyPage { ctx, form, found }, failed)
}

/// `GET /verify`: the form, and with `reference` and `sha256` the answer.
pub async fn page(ctx: Ctx) -> Page {
    let fields = ctx.query.clone();
    let mut form = Form::filled(fields.clone());
    if fields.is_empty() {
        return answer(&ctx, form, None).await;
    }
    let reference = reference(&fields, &mut form, ctx.lang);
    let digest = digest(fields.get("sha256"));
    if digest.is_none() {
        form.error("sha256", ctx.t("verify-digest-wrong"));
    }
    answer(&ctx, form, reference.zip(digest)).await
}

/// `POST /verify`: the same with the content of the file, which may be long.
pub async fn content(posted: Posted) -> Result<actix_web::HttpResponse, PageError> {
    let (ctx, fields) = posted.checked()?;
    let mut form = Form::filled(fields.clone());
    let reference = reference(&fields, &mut form, ctx.lang);
    let content = fields.get("content");
    if content.is_empty() {
        form.error("content", ctx.t("verify-content-missing"));
    }
    let digest = hex::encode(ids::sha256(content.as_bytes()));
    answer(&ctx, form, reference.map(|reference| (reference, digest))).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_read_however_it_is_grouped() {
        let plain = "0123456789abcdef".repeat(4);
        assert_eq!(digest(&plain), Some(plain.clone()));
        let grouped = format!(" {}\n{} ", &plain[..32].to_uppercase(), &plain[32..]);
        assert_eq!(digest(&grouped), Some(plain.clone()));
        for wrong in ["", "abc", &plain[1..], &plain.replace('a', "g"), &format!("{plain}0")] {
            assert_eq!(digest(wrong), None, "{wrong}");
        }
    }
}
