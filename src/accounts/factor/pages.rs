//! One's own second factor: setting it up, what there is of it, new recovery codes.

use actix_web::HttpResponse;
use actix_web::http::header;
use askama::Template;

use super::model::{Factor, RecoveryCode, Secret};
use super::set::{self, SetError, Turn};
use super::store;
use crate::accounts::{proof, store as accounts};
use crate::db::AnyConnection;
use crate::ids;
use crate::web::cookies::Name;
use crate::web::download::attachment;
use crate::web::qr::{Qr, qr};
use crate::web::{Ctx, Form, Page, PageError, Posted, csrf};

/// Where one's second factor is.
pub const FACTOR: &str = "/account/second-factor";
/// Where it is set up.
const NEW: &str = "/account/second-factor/new";

#[derive(Template)]
#[template(path = "accounts/factor.html")]
struct FactorPage<'a> {
    ctx: &'a Ctx,
    factor: Option<Factor>,
    /// Whether the person may be without one.
    is_free: bool,
}

#[derive(Template)]
#[template(path = "accounts/factor_new.html")]
struct NewPage<'a> {
    ctx: &'a Ctx,
    form: Form,
    secret: String,
    address: String,
    /// Whether there is one already, which the new one replaces.
    has_factor: bool,
}

#[derive(Template)]
#[template(path = "accounts/recovery_codes.html")]
struct CodesPage<'a> {
    ctx: &'a Ctx,
    /// The token of the session as it is from now on.
    csrf: String,
    codes: Vec<String>,
    /// Where the person goes on.
    next: &'static str,
}

#[derive(Template)]
#[template(path = "accounts/factor_image.svg", escape = "html")]
struct Image {
    code: Qr,
}

impl From<SetError> for PageError {
    fn from(error: SetError) -> Self {
        match error {
            SetError::Changed => Self::Conflict,
            SetError::Needed => Self::Forbidden,
            SetError::Database(error) => error.into(),
        }
    }
}

/// A new secret for the session at hand, and the two digests.
pub(in crate::accounts) fn next_session(ctx: &Ctx) -> Result<(String, Turn), PageError> {
    let secret = ids::secret();
    let to = ids::sha256(secret.as_bytes());
    Ok((secret, Turn { from: ctx.session_hash().ok_or(PageError::Fault)?, to }))
}

/// The secret that this session is offered: nothing is stored before a code shows that an app has it. It follows from the
/// session's secret and from the hash of the password, which no browser ever has.
async fn offered(ctx: &Ctx) -> Result<Secret, PageError> {
    let id = ctx.signed_in()?.id;
    let account = ctx.site().db().read(move |conn| accounts::by_id(conn, id)).await?;
    let own = ctx.derived("second factor").ok_or(PageError::Fault)?;
    Secret::of(&ids::keyed(&own, account.password_hash.as_bytes())).ok_or(PageError::Fault)
}

fn address(ctx: &Ctx, secret: &Secret) -> Result<String, PageError> {
    secret.address(&ctx.signed_in()?.email).ok_or(PageError::Fault)
}

/// `GET /account/second-factor`
pub async fn show(ctx: Ctx) -> Page {
    let viewer = ctx.signed_in()?;
    if viewer.lacks_factor {
        return Err(PageError::SetUpFactor);
    }
    let (id, is_free) = (viewer.id, !viewer.role.is_staff());
    let factor = ctx.site().db().read(move |conn| store::of(conn, id)).await?;
    ctx.page(&FactorPage { ctx: &ctx, factor, is_free })
}

async fn new_page(ctx: &Ctx, form: Form) -> Page {
    let id = ctx.signed_in()?.id;
    let has_factor = ctx.site().db().read(move |conn| store::is_set(conn, id)).await?;
    let offer = offered(ctx).await?;
    let (secret, address, failed) = (offer.grouped(), address(ctx, &offer)?, form.failed());
    ctx.form_page(&NewPage { ctx, form, secret, address, has_factor }, failed)
}

/// `GET /account/second-factor/new`
pub async fn new(ctx: Ctx) -> Page {
    ctx.proven(NEW)?;
    new_page(&ctx, Form::default()).await
}

/// `GET /account/second-factor/image`: what an app reads with a camera.
pub async fn image(ctx: Ctx) -> Page {
    ctx.proven(NEW)?;
    let code = qr(&address(&ctx, &offered(&ctx).await?)?).ok_or(PageError::Fault)?;
    let drawn = crate::web::page::rendered(&Image { code })?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "image/svg+xml; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(drawn))
}

/// `POST /account/second-factor/new`
pub async fn set_up(posted: Posted) -> Page {
    let (ctx, fields) = posted.checked()?;
    let viewer = ctx.proven(NEW)?;
    let (id, now, offer) = (viewer.id, ctx.now, offered(&ctx).await?);
    let next = if viewer.lacks_factor || viewer.role.is_staff() { "/secretariat" } else { FACTOR };
    let code: String = fields.get("code").chars().filter(|c| !c.is_whitespace()).collect();
    let Some(step) = offer.step_of(&code, now) else {
        let mut form = Form::filled(fields);
        form.error("code", ctx.t(if code.is_empty() { "factor-code-missing" } else { "factor-new-code-wrong" }));
        return new_page(&ctx, form).await;
    };
    let (secret, turn) = next_session(&ctx)?;
    let made = ctx.site().db().write(move |conn| set::set(conn, now, id, (&offer, step), &turn)).await?;
    let mut response = codes_page(&ctx, &made, csrf::token(&secret), next)?;
    response.add_cookie(&Name::Session.set(ctx.site(), secret)).map_err(|_| PageError::Fault)?;
    Ok(response)
}

fn codes_page(ctx: &Ctx, codes: &[RecoveryCode], csrf: String, next: &'static str) -> Page {
    let codes = codes.iter().map(RecoveryCode::words).collect();
    ctx.page(&CodesPage { ctx, csrf, codes, next })
}

/// `POST /account/second-factor/codes`: new recovery codes.
pub async fn new_codes(posted: Posted) -> Page {
    let (ctx, fields) = posted.checked()?;
    let (id, now) = (ctx.signed_in()?.id, ctx.now);
    if !ctx.is_proven() {
        return proof::pages::ask(&ctx, &fields).await;
    }
    let made = ctx.site().db().write(move |conn| set::new_codes(conn, now, id)).await?;
    let csrf = ctx.csrf();
    codes_page(&ctx, &made, csrf, FACTOR)
}

/// `POST /account/second-factor/codes/file`: the codes of the page as a text. They come from the page, for nobody else has
/// them any more; only what are codes of the account comes back.
pub async fn codes_file(posted: Posted) -> Page {
    let (ctx, fields) = posted.checked()?;
    let id = ctx.signed_in()?.id;
    let codes: Vec<RecoveryCode> = fields.get("codes").split_whitespace().filter_map(RecoveryCode::parse).collect();
    let known = ctx.site().db().read(move |conn: &mut AnyConnection| {
        let mut known = Vec::new();
        for code in codes.into_iter().take(super::model::RECOVERY_CODES) {
            if store::has_code(conn, id, &code)? {
                known.push(code.words());
            }
        }
        Ok::<_, crate::db::DbError>(known)
    });
    let known = known.await?;
    if known.is_empty() {
        return Err(PageError::BadRequest);
    }
    let text = format!("{}\n\n{}\n", ctx.lang.plain("recovery-codes-file", &[]), known.join("\n"));
    Ok(attachment("norm-portal-recovery-codes.txt", "text/plain; charset=utf-8").body(text))
}
