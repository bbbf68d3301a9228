//! The page on which somebody who is signed in proves anew who they are.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::prove::{self, Proof};
use crate::accounts::factor::pages::next_session;
use crate::accounts::factor::store as factors;
use crate::accounts::pages::ended;
use crate::accounts::passkeys::add::Place;
use crate::accounts::passkeys::ceremony::Assertion;
use crate::accounts::passkeys::enter::{self, Refusal};
use crate::accounts::passkeys::offer;
use crate::accounts::passkeys::sign_in_pages::words;
use crate::accounts::password::Hasher;
use crate::accounts::{passkeys, store};
use crate::db::{AnyConnection, DbResult};
use crate::web::cookies::Name;
use crate::web::{Ctx, Event, Fields, Form, Page, PageError, Posted, csrf};

#[derive(Template)]
#[template(path = "accounts/proof.html")]
struct ProofPage<'a> {
    ctx: &'a Ctx,
    form: Form,
    /// Whether a code is asked for as well.
    has_factor: bool,
    has_passkey: bool,
    /// Whether nothing else than a passkey will do.
    needs_passkey: bool,
    /// Whether what was typed elsewhere is carried along.
    kept: bool,
}

#[derive(Template)]
#[template(path = "accounts/proven.html")]
struct ProvenPage<'a> {
    ctx: &'a Ctx,
    csrf: String,
    action: &'a str,
    form: Form,
}

/// Where forms lie that ask for a proof: what is carried goes to one of them and nowhere else.
const GUARDED: [&str; 4] = ["/account/", "/secretariat/exports", "/secretariat/people", "/secretariat/invitations/"];

async fn page(ctx: &Ctx, form: Form, status: StatusCode) -> Page {
    let id = ctx.signed_in()?.id;
    let ways = move |conn: &mut AnyConnection| -> DbResult<_> {
        let account = store::by_id(conn, id)?;
        let needs_passkey = enter::is_second_factor(conn, &account)?;
        Ok((factors::is_set(conn, id)?, passkeys::store::has_any(conn, id)?, needs_passkey))
    };
    let (has_factor, has_passkey, needs_passkey) = ctx.site().db().read(ways).await?;
    let kept = !form.value("carry_to").is_empty();
    ctx.page_as(status, &ProofPage { ctx, form, has_factor, has_passkey, needs_passkey, kept })
}

/// The page in place of a form that needs a proof: what was typed travels along in it (401).
pub async fn ask(ctx: &Ctx, fields: &Fields) -> Page {
    let mut carried = url::form_urlencoded::Serializer::new(String::new());
    carried.extend_pairs(fields.except(&["password", "code", "credential"]));
    let form = Form::filled(Fields::default().with("carry_to", &ctx.path).with("carried", carried.finish()));
    page(ctx, form, StatusCode::UNAUTHORIZED).await
}

/// `GET /account/proof`
pub async fn show(ctx: Ctx) -> Page {
    ctx.signed_in()?;
    let form = Form::filled(Fields::default().with("next", ctx.query.get("next")));
    page(&ctx, form, StatusCode::OK).await
}

/// `POST /account/proof`
pub async fn give(posted: Posted, hasher: web::Data<Hasher>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let id = ctx.signed_in()?.id;
    if !fields.get("credential").is_empty() {
        return give_by_passkey(&ctx, &fields).await;
    }
    let stored = ctx.site().db().read(move |conn| store::by_id(conn, id)).await?.password_hash;
    let has_password = hasher.matches(fields.raw("password").to_owned(), Some(stored)).await?;
    let (secret, session) = next_session(&ctx)?;
    let (now, code) = (ctx.now, fields.get("code").to_owned());
    let proof = ctx.site().db().write(move |conn| prove::prove(conn, now, id, has_password, &code, &session));
    judged(&ctx, &fields, secret, proof.await?).await
}

/// A proof by a passkey.
async fn give_by_passkey(ctx: &Ctx, fields: &Fields) -> Page {
    let id = ctx.signed_in()?.id;
    let party = offer::party(ctx.site()).ok_or(PageError::NotFound)?;
    let (secret, session) = next_session(ctx)?;
    let proof = match Assertion::read(fields.get("credential")) {
        Err(_) => Proof::NoPasskey(Refusal::Refused),
        Ok(assertion) => {
            let (now, browser) = (ctx.now, ctx.browser().ok_or(PageError::Fault)?);
            let prove = move |conn: &mut AnyConnection| {
                let place = Place { party: &party, browser: &browser };
                prove::prove_by_passkey(conn, now, id, &assertion, &place, &session)
            };
            ctx.site().db().write(prove).await?
        }
    };
    judged(ctx, fields, secret, proof).await
}

/// The answer to a proof; `secret` is the session's from now on, if it was given.
async fn judged(ctx: &Ctx, fields: &Fields, secret: String, proof: Proof) -> Page {
    let mut form = Form::filled(fields.clone());
    note(ctx, proof);
    match proof {
        Proof::Given => go_on(ctx, fields, secret),
        Proof::Superseded => Err(PageError::Conflict),
        Proof::WrongPassword => {
            form.error("password", ctx.t("proof-password-wrong"));
            page(ctx, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Proof::WrongCode => {
            form.error("code", ctx.t("factor-code-wrong"));
            page(ctx, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Proof::NeedsPasskey => {
            form.error("passkey", ctx.t("passkeys-needed"));
            page(ctx, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Proof::NoPasskey(refusal) => {
            form.error("passkey", ctx.t(words(refusal)));
            page(ctx, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Proof::Ended => {
            let carried = Fields::decode(fields.get("carried").as_bytes()).unwrap_or_default();
            ended(ctx, fields.get("carry_to"), &carried)
        }
    }
}

/// Writes into the log what came of a proof.
fn note(ctx: &Ctx, proof: Proof) {
    let (event, about) = match proof {
        Proof::Given => (Event::Proved, "given"),
        Proof::WrongPassword => (Event::ProofFailed, "password"),
        Proof::WrongCode => (Event::ProofFailed, "code"),
        Proof::NeedsPasskey | Proof::NoPasskey(_) => (Event::ProofFailed, "passkey"),
        Proof::Ended => (Event::ProofFailed, "session ended"),
        Proof::Superseded => return,
    };
    ctx.note(event, ctx.viewer.as_ref().map(|viewer| viewer.id), about);
}

/// On to where the person was: a form that was sent comes back to be sent again.
fn go_on(ctx: &Ctx, fields: &Fields, secret: String) -> Page {
    let carry_to = ctx.own_path(fields.get("carry_to"));
    let mut response = match carry_to.filter(|path| GUARDED.iter().any(|room| path.starts_with(room))) {
        Some(action) => {
            let carried = Fields::decode(fields.get("carried").as_bytes()).unwrap_or_default();
            let page = ProvenPage { ctx, csrf: csrf::token(&secret), action: &action, form: Form::filled(carried) };
            ctx.page(&page)?
        }
        None => ctx.to(&ctx.own_path(fields.get("next")).unwrap_or_else(|| "/account".to_owned()))?,
    };
    response.add_cookie(&Name::Session.set(ctx.site(), secret)).map_err(|_| PageError::Fault)?;
    Ok(response)
}
