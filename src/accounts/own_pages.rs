//! One's own account: details, address, password.

use actix_web::web;
use actix_web::{HttpResponse, http::header};
use askama::Template;

use super::factor::pages::next_session;
use super::model::Purpose;
use super::pages::{ButtonPage, Choices, MessagePage, ended, own_words};
use super::password::Hasher;
use super::{address, change, factor, form, organisations, passkeys, proof, register, sessions, staff, store};
use crate::db::{AnyConnection, DbResult};
use crate::norms::vocabulary::Vocabulary;
use crate::web::cookies::Name;
use crate::web::{Ctx, Event, Fields, Form, Page, PageError, Posted};

#[derive(Template)]
#[template(path = "accounts/account.html")]
struct AccountPage<'a> {
    ctx: &'a Ctx,
    form: Form,
    choices: Choices,
    version: i64,
    /// Whether a person at the desk wants the daily digest; nobody else is asked.
    digest: Option<bool>,
    has_factor: bool,
    passkeys: i64,
}

async fn account_page(ctx: &Ctx, vocabulary: &Vocabulary, form: Option<Form>) -> Page {
    let id = ctx.signed_in()?.id;
    let read = move |conn: &mut AnyConnection| -> DbResult<_> {
        let person = staff::store::person_by_id(conn, id)?;
        let digest = person.filter(|person| person.account.role.is_staff()).map(|person| person.digest);
        let has_factor = factor::store::is_set(conn, id)?;
        let ways = (has_factor, passkeys::store::count(conn, id)?);
        Ok((store::by_id(conn, id)?, organisations::store::of_member(conn, id)?, digest, ways))
    };
    let (account, organisation, digest, (has_factor, passkeys)) = ctx.site().db().read(read).await?;
    let failed = form.as_ref().is_some_and(Form::failed);
    let form = form.unwrap_or_else(|| form::filled(&account.details));
    let member_of = organisation.map(|it| it.name).unwrap_or_default();
    let choices = Choices { member_of, ..Choices::new(ctx, vocabulary) };
    // A form with errors keeps the version it was made for: what changed meanwhile is still noticed.
    let version = form.value("version").parse().unwrap_or(account.version);
    ctx.form_page(&AccountPage { ctx, form, choices, version, digest, has_factor, passkeys }, failed)
}

/// `GET /account`
pub async fn account(ctx: Ctx, vocabulary: web::Data<Vocabulary>) -> Page {
    account_page(&ctx, &vocabulary, None).await
}

/// `POST /account`
pub async fn change_details(posted: Posted, vocabulary: web::Data<Vocabulary>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let id = ctx.signed_in()?.id;
    let expected = fields.get("version").parse::<i64>().map_err(|_| PageError::BadRequest)?;
    let membership = ctx.site().db().read(move |conn| organisations::store::of_member(conn, id)).await?;
    // A member's organisation is the one they are a member of, whatever the form says.
    let fields = match membership {
        Some(it) => fields.with("organisation", it.name),
        None => fields,
    };
    let mut form = Form::filled(fields.clone());
    let Some(details) = form::details(&fields, &mut form, &vocabulary, ctx.lang) else {
        return account_page(&ctx, &vocabulary, Some(form)).await;
    };
    let now = ctx.now;
    match ctx.site().db().write(move |conn| change::details(conn, now, id, expected, &details)).await {
        Ok(()) => ctx.to_with("/account", "flash-details-saved"),
        Err(change::ChangeError::Changed) => Err(PageError::Conflict),
        Err(change::ChangeError::Database(error)) => Err(error.into()),
    }
}

/// Counts a wrong password as the page of proof does: a session in which too many were wrong has ended, and this is the
/// answer then.
async fn wrong_once_more(ctx: &Ctx) -> Result<Option<HttpResponse>, PageError> {
    let (id, hash) = (ctx.signed_in()?.id, ctx.session_hash().ok_or(PageError::Fault)?);
    let goes_on = ctx.site().db().write(move |conn| sessions::store::take_try(conn, id, &hash)).await?;
    if goes_on { Ok(None) } else { ended(ctx, "/account", &Fields::default()).map(Some) }
}

/// `POST /account/password`
pub async fn change_password(posted: Posted, vocabulary: web::Data<Vocabulary>, hasher: web::Data<Hasher>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let id = ctx.signed_in()?.id;
    let account = ctx.site().db().read(move |conn| store::by_id(conn, id)).await?;
    let mut form = form::filled(&account.details);
    let old = fields.raw("old_password").to_owned();
    if !hasher.matches(old, Some(account.password_hash.clone())).await? {
        ctx.note(Event::ProofFailed, Some(id), "password");
        if let Some(answer) = wrong_once_more(&ctx).await? {
            return Ok(answer);
        }
        form.error("old_password", ctx.t("account-old-password-wrong"));
    }
    let password = form::new_password(&fields, "new_password", &own_words(&ctx, &account), &mut form, ctx.lang);
    let (Some(password), false) = (password, form.failed()) else {
        return account_page(&ctx, &vocabulary, Some(form)).await;
    };
    let hash = hasher.hash(password).await?;
    let (now, (secret, turn)) = (ctx.now, next_session(&ctx)?);
    if !ctx.site().db().write(move |conn| change::password(conn, now, id, &hash, &turn)).await? {
        return Err(PageError::Conflict);
    }
    let mut response = ctx.to_with("/account", "flash-password-set")?;
    response.add_cookie(&Name::Session.set(ctx.site(), secret)).map_err(|_| PageError::Fault)?;
    Ok(response)
}

/// `POST /account/digest`: whether somebody at the desk wants the daily digest.
pub async fn change_digest(posted: Posted) -> Page {
    let (ctx, fields) = posted.checked()?;
    let id = ctx.staff()?.id;
    let wanted = fields.get("digest") == "yes";
    ctx.site().db().write(move |conn| staff::store::set_digest(conn, id, wanted)).await?;
    ctx.to_with("/account", if wanted { "flash-digest-on" } else { "flash-digest-off" })
}

/// `POST /account/address`
pub async fn change_address(posted: Posted, vocabulary: web::Data<Vocabulary>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let id = ctx.signed_in()?.id;
    if !ctx.is_proven() {
        return proof::pages::ask(&ctx, &fields).await;
    }
    let account = ctx.site().db().read(move |conn| store::by_id(conn, id)).await?;
    let mut form = Form::filled(form::detail_fields(&account.details).with("email", fields.get("email")));
    let email = form::email(&fields, &mut form, ctx.lang);
    let (Some(email), false) = (email, form.failed()) else {
        return account_page(&ctx, &vocabulary, Some(form)).await;
    };
    let (now, origin, shown) = (ctx.now, ctx.site().origin(), email.as_str().to_owned());
    let most = ctx.site().config().limits.letters_an_hour;
    ctx.site().db().write(move |conn| address::request(conn, now, &account, &email, &origin, most)).await?;
    ctx.page(&MessagePage {
        ctx: &ctx,
        title: ctx.t("address-sent-title"),
        text: ctx.t1("address-sent-text", "email", shown),
        next: ctx.t("address-sent-next"),
    })
}

/// `GET /account/address/{secret}`: shows a button, uses up nothing.
pub async fn confirm_address_page(ctx: Ctx, secret: web::Path<String>) -> Page {
    let now = ctx.now;
    ctx.site().db().read(move |conn| register::look(conn, now, Purpose::Address, &secret)).await?;
    ctx.page(&ButtonPage {
        ctx: &ctx,
        title: ctx.t("address-title"),
        text: ctx.t("address-text"),
        button: ctx.t("confirm-button"),
    })
}

/// `POST /account/address/{secret}`
pub async fn confirm_address(posted: Posted, secret: web::Path<String>) -> Page {
    let (ctx, _) = posted.checked()?;
    let now = ctx.now;
    ctx.site().db().write(move |conn| address::confirm(conn, now, &secret)).await?;
    ctx.to_with("/sign-in", "flash-address-changed")
}

/// What browsers and password managers look for (`/.well-known/change-password`).
pub async fn well_known_password() -> Page {
    Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, "/account")).finish())
}
