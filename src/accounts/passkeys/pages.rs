//! One's own passkeys: the list, adding one, and the challenge for whoever is signed in.

use actix_web::http::StatusCode;
use askama::Template;
use serde_json::json;

use super::add::{self, Added, Place};
use super::ceremony::Creation;
use super::model::{LONGEST_NAME, MOST, Passkey, PasskeyName, Purpose};
use super::offer::{self, Challenge};
use super::{remove, store};
use crate::accounts::factor::pages::next_session;
use crate::accounts::sessions::model::Device;
use crate::accounts::sessions::pages::device;
use crate::accounts::{proof, store as accounts};
use crate::db::{AnyConnection, DbResult};
use crate::web::cookies::Name;
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted};

/// Where the list is.
pub const PASSKEYS: &str = "/account/passkeys";
/// Where one is added.
const NEW: &str = "/account/passkeys/new";

#[derive(Template)]
#[template(path = "accounts/passkeys.html")]
struct ListPage<'a> {
    ctx: &'a Ctx,
    rows: Vec<Passkey>,
    /// Whether the one that is left lets somebody of the desk in: it can't be removed.
    is_last: bool,
    is_full: bool,
}

#[derive(Template)]
#[template(path = "accounts/passkey_new.html")]
struct NewPage<'a> {
    ctx: &'a Ctx,
    form: Form,
}

/// `GET /account/passkeys`
pub async fn list(ctx: Ctx) -> Page {
    let id = ctx.signed_in()?.id;
    let read = move |conn: &mut AnyConnection| -> DbResult<_> {
        let owner = accounts::by_id(conn, id)?;
        Ok((store::of(conn, id)?, remove::is_last_factor(conn, &owner)?))
    };
    let (rows, is_last) = ctx.site().db().read(read).await?;
    let is_full = i64::try_from(rows.len()).is_ok_and(|count| count >= MOST);
    ctx.page(&ListPage { ctx: &ctx, rows, is_last, is_full })
}

/// `GET /account/passkeys/new`
pub async fn new(ctx: Ctx) -> Page {
    ctx.proven(NEW)?;
    let here = Device::of(&ctx.agent);
    let name = device(&ctx, here.browser, here.system);
    ctx.page(&NewPage { ctx: &ctx, form: Form::filled(Fields::default().with("name", name)) })
}

fn name_error(ctx: &Ctx, fields: &Fields) -> String {
    let missing = fields.get("name").is_empty();
    if missing { ctx.t("passkeys-name-missing") } else { ctx.t1("passkeys-name-wrong", "most", LONGEST_NAME) }
}

/// `POST /account/passkeys/challenge`: what the script hands to the browser. A name that will not do is told before an
/// authenticator makes anything.
pub async fn challenge(posted: Posted) -> Page {
    let (ctx, fields) = posted.checked()?;
    let id = ctx.signed_in()?.id;
    let purpose = match Purpose::parse(fields.get("purpose")) {
        Some(purpose @ (Purpose::Add | Purpose::Proof)) => purpose,
        Some(Purpose::SignIn) | None => return Err(PageError::BadRequest),
    };
    let is_adding = purpose == Purpose::Add;
    if is_adding && !ctx.is_proven() {
        return Err(PageError::Forbidden);
    }
    if is_adding && PasskeyName::parse(fields.get("name")).is_none() {
        return ctx.json(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "text": name_error(&ctx, &fields) }));
    }
    let party = offer::party(ctx.site()).ok_or(PageError::NotFound)?;
    let (now, browser, portal) = (ctx.now, ctx.browser().ok_or(PageError::Fault)?, ctx.t("portal-name"));
    let put = move |conn: &mut AnyConnection| -> DbResult<_> {
        let challenge = Challenge::put(conn, now, &browser, purpose)?;
        let known = store::of(conn, id)?;
        if is_adding {
            return Ok(challenge.to_create(&party, &portal, &accounts::by_id(conn, id)?, &known));
        }
        Ok(challenge.to_use(&party, &known))
    };
    let options = ctx.site().db().write(put).await?;
    ctx.json(StatusCode::OK, &options)
}

/// `POST /account/passkeys/new`
pub async fn add(posted: Posted) -> Page {
    let (ctx, fields) = posted.checked()?;
    let viewer = ctx.signed_in()?;
    let (id, leads_to) = (viewer.id, if viewer.lacks_factor { "/secretariat" } else { PASSKEYS });
    if !ctx.is_proven() {
        return proof::pages::ask(&ctx, &fields).await;
    }
    let mut form = Form::filled(fields.clone());
    let Some(name) = PasskeyName::parse(fields.get("name")) else {
        form.error("name", name_error(&ctx, &fields));
        return ctx.form_page(&NewPage { ctx: &ctx, form }, true);
    };
    if fields.get("credential").is_empty() {
        form.error("passkey", ctx.t("passkeys-none-sent"));
        return ctx.form_page(&NewPage { ctx: &ctx, form }, true);
    }
    let party = offer::party(ctx.site()).ok_or(PageError::NotFound)?;
    let (secret, turn) = next_session(&ctx)?;
    let added = match Creation::read(fields.get("credential")) {
        Err(_) => Added::Refused,
        Ok(creation) => {
            let (now, browser) = (ctx.now, ctx.browser().ok_or(PageError::Fault)?);
            let write = move |conn: &mut AnyConnection| {
                let place = Place { party: &party, browser: &browser };
                add::add(conn, now, id, (&creation, &place), &name, &turn)
            };
            add::overtaken(ctx.site().db().write(write).await)?
        }
    };
    let why = match added {
        Added::Done => {
            let mut response = ctx.to_with(leads_to, "flash-passkey-added")?;
            response.add_cookie(&Name::Session.set(ctx.site(), secret)).map_err(|_| PageError::Fault)?;
            return Ok(response);
        }
        Added::Changed => return Err(PageError::Conflict),
        Added::Over => "passkeys-over",
        Added::Refused => "passkeys-new-refused",
        Added::Known => "passkeys-known",
        Added::Full => "passkeys-full",
    };
    form.error("passkey", ctx.t(why));
    ctx.form_page(&NewPage { ctx: &ctx, form }, true)
}
