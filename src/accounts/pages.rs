//! Registering, confirming, signing in and out, a forgotten password.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::web;
use askama::Template;

use super::factor::sign_in_pages::code_page;
use super::form;
use super::model::{Account, OnBehalfOf, Purpose};
use super::password::{Busy, Hasher};
use super::register::{self, LinkError};
use super::sessions::model::Device;
use super::sign_in::{self, Attempt, SignInError};
use super::{reset, store};
use crate::db::DbError;
use crate::norms::vocabulary::Vocabulary;
use crate::web::cookies::Name;
use crate::web::{Ctx, Event, Fields, Form, Page, PageError, Posted};

impl From<Busy> for PageError {
    fn from(_: Busy) -> Self {
        Self::Unavailable
    }
}

impl From<LinkError> for PageError {
    fn from(error: LinkError) -> Self {
        match error {
            LinkError::Unknown => Self::NotFound,
            LinkError::Over => Self::Gone,
            LinkError::Database(error) => error.into(),
        }
    }
}

impl From<SignInError> for PageError {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Busy(busy) => busy.into(),
            SignInError::Database(error) => error.into(),
        }
    }
}

/// The lists that the questions about a person offer.
pub(super) struct Choices {
    pub groups: Vec<(String, String)>,
    pub countries: Vec<(String, String)>,
    pub behalf: Vec<(&'static str, String, String)>,
    /// The organisation that one's membership gives; empty without one: then it is typed.
    pub member_of: String,
}

impl Choices {
    pub(super) fn new(ctx: &Ctx, vocabulary: &Vocabulary) -> Self {
        Self {
            groups: vocabulary.groups.items().iter().map(|item| (item.code.clone(), item.label.clone())).collect(),
            countries: form::countries(),
            behalf: vec![
                ("myself", ctx.t("account-behalf-myself"), String::new()),
                ("organisation", ctx.t("account-behalf-organisation"), ctx.t("account-behalf-organisation-hint")),
            ],
            member_of: String::new(),
        }
    }
}

#[derive(Template)]
#[template(path = "accounts/register.html")]
struct RegisterPage<'a> {
    ctx: &'a Ctx,
    form: Form,
    choices: Choices,
}

#[derive(Template)]
#[template(path = "accounts/message.html")]
pub(super) struct MessagePage<'a> {
    pub ctx: &'a Ctx,
    pub title: String,
    pub text: String,
    pub next: String,
}

#[derive(Template)]
#[template(path = "accounts/button.html")]
pub(super) struct ButtonPage<'a> {
    pub ctx: &'a Ctx,
    pub title: String,
    pub text: String,
    pub button: String,
}

#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
struct SignInPage<'a> {
    ctx: &'a Ctx,
    form: Form,
    kept: bool,
}

#[derive(Template)]
#[template(path = "accounts/suspended.html")]
struct SuspendedPage<'a> {
    ctx: &'a Ctx,
}

#[derive(Template)]
#[template(path = "accounts/continue.html")]
struct ContinuePage<'a> {
    ctx: &'a Ctx,
    csrf: String,
    action: &'a str,
    form: Form,
}

#[derive(Template)]
#[template(path = "accounts/reset.html")]
struct ResetPage<'a> {
    ctx: &'a Ctx,
    form: Form,
}

#[derive(Template)]
#[template(path = "accounts/new_password.html")]
struct NewPasswordPage<'a> {
    ctx: &'a Ctx,
    form: Form,
}

/// The name that people type to reach the portal; empty where it is an address in figures.
pub(super) fn portal_name(ctx: &Ctx) -> &str {
    ctx.site().domain().unwrap_or_default()
}

/// The words that may not make up a password of this account's.
pub(super) fn own_words<'a>(ctx: &'a Ctx, account: &'a Account) -> [&'a str; 4] {
    let details = &account.details;
    [&details.name, &account.email, details.organisation.as_deref().unwrap_or_default(), portal_name(ctx)]
}

/// `GET /register`
pub async fn new(ctx: Ctx, vocabulary: web::Data<Vocabulary>) -> Page {
    let choices = Choices::new(&ctx, &vocabulary);
    let fields = Fields::default().with("on_behalf_of", OnBehalfOf::Myself.as_str());
    ctx.page(&RegisterPage { ctx: &ctx, form: Form::filled(fields), choices })
}

/// `POST /register`
pub async fn create(posted: Posted, vocabulary: web::Data<Vocabulary>, hasher: web::Data<Hasher>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let registration = match form::registration(&fields, &vocabulary, ctx.lang, portal_name(&ctx)) {
        Ok(registration) => registration,
        Err(form) => {
            let choices = Choices::new(&ctx, &vocabulary);
            return ctx.form_page(&RegisterPage { ctx: &ctx, form, choices }, true);
        }
    };
    let hash = hasher.hash(registration.password.clone()).await?;
    let (now, origin, lang) = (ctx.now, ctx.site().origin(), ctx.lang);
    let most = ctx.site().config().limits.letters_an_hour;
    let shown = registration.email.as_str().to_owned();
    let mut tries = 0;
    loop {
        let (once, hash, origin) = (registration.clone(), hash.clone(), origin.clone());
        let write = move |conn: &mut _| register::register(conn, now, once, hash, lang, &origin, most);
        match ctx.site().db().write(write).await {
            // The same address came twice at the same moment: now it is known.
            Err(DbError::Taken(_)) if tries < 5 => tries += 1,
            outcome => break outcome?,
        }
    }
    ctx.page(&MessagePage {
        ctx: &ctx,
        title: ctx.t("register-sent-title"),
        text: ctx.t1("register-sent-text", "email", shown),
        next: ctx.t("register-sent-next"),
    })
}

/// `GET /confirm/{secret}`: shows a button; a mail scanner that opens the link uses up nothing.
pub async fn confirm_page(ctx: Ctx, secret: web::Path<String>) -> Page {
    let now = ctx.now;
    ctx.site().db().read(move |conn| register::look(conn, now, Purpose::Confirm, &secret)).await?;
    ctx.page(&ButtonPage {
        ctx: &ctx,
        title: ctx.t("confirm-title"),
        text: ctx.t("confirm-text"),
        button: ctx.t("confirm-button"),
    })
}

/// `POST /confirm/{secret}`
pub async fn confirm(posted: Posted, secret: web::Path<String>) -> Page {
    let (ctx, _) = posted.checked()?;
    let now = ctx.now;
    ctx.site().db().write(move |conn| register::confirm(conn, now, &secret)).await?;
    ctx.to_with("/sign-in", "flash-confirmed")
}

/// `GET /sign-in`
pub async fn sign_in_page(ctx: Ctx) -> Page {
    let form = Form::filled(Fields::default().with("next", ctx.query.get("next")));
    ctx.page(&SignInPage { ctx: &ctx, form, kept: false })
}

/// The sign-in page in place of a form whose session had ended: what was typed travels along in it (401).
pub fn sign_in_with(ctx: &Ctx, path: &str, fields: &Fields) -> Page {
    let mut carried = url::form_urlencoded::Serializer::new(String::new());
    carried.extend_pairs(fields.except(&["go"]));
    let form = Form::filled(Fields::default().with("carry_to", path).with("carried", carried.finish()));
    ctx.page_as(StatusCode::UNAUTHORIZED, &SignInPage { ctx, form, kept: true })
}

/// [`sign_in_with`] for somebody whose session has ended with this form: too much was wrong in it.
pub(super) fn ended(ctx: &Ctx, path: &str, fields: &Fields) -> Page {
    let mut response = sign_in_with(ctx, path, fields)?;
    response.add_cookie(&Name::Session.clear(ctx.site())).map_err(|_| PageError::Fault)?;
    Ok(response)
}

/// The sign-in page with what is wrong with the passkey that was sent; what was typed elsewhere is still carried along.
pub(super) fn passkey_refused(ctx: &Ctx, fields: Fields, why: &str, status: StatusCode) -> Page {
    let kept = !fields.get("carry_to").is_empty();
    let mut form = Form::filled(fields);
    form.error("passkey", ctx.t(why));
    ctx.page_as(status, &SignInPage { ctx, form, kept })
}

/// The page for whoever is suspended and showed that it is them.
pub(super) fn suspended(ctx: &Ctx) -> Page {
    ctx.page_as(StatusCode::FORBIDDEN, &SuspendedPage { ctx })
}

/// `POST /sign-in`
pub async fn sign_in(posted: Posted, hasher: web::Data<Hasher>) -> Page {
    let (ctx, fields) = posted.checked()?;
    if fields.raw("password").is_empty() {
        let kept = !fields.get("carry_to").is_empty();
        let mut form = Form::filled(fields);
        form.error("password", ctx.t("sign-in-password-missing"));
        return ctx.form_page(&SignInPage { ctx: &ctx, form, kept }, true);
    }
    let email = super::model::Email::parse(fields.get("email"));
    let (password, device) = (fields.raw("password").to_owned(), Device::of(&ctx.agent));
    let (attempt, account) = sign_in::sign_in(ctx.site(), &hasher, email, password, device).await?;
    match attempt {
        Attempt::In(secret) => {
            ctx.note(Event::SignedIn, account, "password");
            admitted(&ctx, &fields, secret).await
        }
        Attempt::Half(secret) => {
            ctx.note(Event::PasswordAccepted, account, "password");
            ask_code(&ctx, &fields, secret).await
        }
        Attempt::Suspended => {
            ctx.note(Event::SignInFailed, account, "suspended");
            suspended(&ctx)
        }
        Attempt::Refused => {
            ctx.note(Event::SignInFailed, account, "password");
            let kept = !fields.get("carry_to").is_empty();
            let mut form = Form::filled(fields);
            form.error("email", ctx.t("sign-in-refused"));
            ctx.form_page(&SignInPage { ctx: &ctx, form, kept }, true)
        }
    }
}

/// The second page of a sign-in, with what was typed elsewhere carried along.
async fn ask_code(ctx: &Ctx, fields: &Fields, secret: String) -> Page {
    let mut response = if fields.get("carry_to").is_empty() {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        ctx.to(&format!("/sign-in/code?{}", query.append_pair("next", fields.get("next")).finish()))?
    } else {
        let carried = Fields::default().with("carry_to", fields.get("carry_to")).with("carried", fields.get("carried"));
        code_page(ctx, &secret, Form::filled(carried), StatusCode::OK).await?
    };
    response.add_cookie(&Name::Half.set(ctx.site(), secret)).map_err(|_| PageError::Fault)?;
    Ok(response)
}

/// On to where somebody wanted to go who is signed in now: a form that was sent comes back as it was filled in.
pub(super) async fn admitted(ctx: &Ctx, fields: &Fields, secret: String) -> Page {
    let mut response = match ctx.own_path(fields.get("carry_to")) {
        Some(path) if KEPT.iter().any(|room| path.starts_with(room)) => {
            let carried = Fields::decode(fields.get("carried").as_bytes()).unwrap_or_default();
            let csrf = crate::web::csrf::token(&secret);
            let page = ContinuePage { ctx, csrf, action: &path, form: Form::filled(carried) };
            ctx.page(&page)?
        }
        _ => ctx.to(&ctx.own_path(fields.get("next")).unwrap_or_else(|| "/".to_owned()))?,
    };
    let cookie = Name::Session.set(ctx.site(), secret);
    response.add_cookie(&cookie).map_err(|_| PageError::Fault)?;
    if let Some(old) = ctx.session_hash() {
        ctx.site().db().write(move |conn| store::end_session(conn, &old)).await?;
    }
    Ok(response)
}

/// Where forms lie that are shown again with what was typed; the answer to them with `go=edit` stores nothing.
const KEPT: [&str; 6] = [
    "/norms/",
    "/my-comments/",
    "/submissions/",
    "/secretariat/comments/",
    "/secretariat/deliberation/",
    "/secretariat/received/",
];

/// `GET /sign-out`
pub async fn sign_out_page(ctx: Ctx) -> Page {
    ctx.page(&ButtonPage {
        ctx: &ctx,
        title: ctx.t("sign-out-title"),
        text: ctx.t("sign-out-text"),
        button: ctx.t("sign-out-button"),
    })
}

/// What a browser forgets of the portal when somebody signs out: kept pages and what scripts stored (ASVS 14.3.1). Cookies
/// are left to their own headers, or the note for the next page would go with them.
const FORGOTTEN: &str = "\"cache\", \"storage\"";

/// `POST /sign-out`
pub async fn sign_out(posted: Posted) -> Page {
    let (ctx, _) = posted.checked()?;
    ctx.note(Event::SignedOut, ctx.viewer.as_ref().map(|viewer| viewer.id), "form");
    if let Some(hash) = ctx.session_hash() {
        ctx.site().db().write(move |conn| store::end_session(conn, &hash)).await?;
    }
    let mut response = ctx.to_with("/", "flash-signed-out")?;
    let cookie = Name::Session.clear(ctx.site());
    response.add_cookie(&cookie).map_err(|_| PageError::Fault)?;
    let forgotten = (HeaderName::from_static("clear-site-data"), HeaderValue::from_static(FORGOTTEN));
    response.headers_mut().insert(forgotten.0, forgotten.1);
    Ok(response)
}

/// `GET /password/reset`
pub async fn reset_page(ctx: Ctx) -> Page {
    ctx.page(&ResetPage { ctx: &ctx, form: Form::default() })
}

/// `POST /password/reset`
pub async fn request_reset(posted: Posted) -> Page {
    let (ctx, fields) = posted.checked()?;
    let mut form = Form::filled(fields.clone());
    let Some(email) = form::email(&fields, &mut form, ctx.lang) else {
        return ctx.form_page(&ResetPage { ctx: &ctx, form }, true);
    };
    let (now, origin, shown) = (ctx.now, ctx.site().origin(), email.as_str().to_owned());
    let most = ctx.site().config().limits.letters_an_hour;
    ctx.site().db().write(move |conn| reset::request(conn, now, &email, &origin, most)).await?;
    ctx.page(&MessagePage {
        ctx: &ctx,
        title: ctx.t("reset-sent-title"),
        text: ctx.t1("reset-sent-text", "email", shown),
        next: ctx.t("reset-sent-next"),
    })
}

/// `GET /password/reset/{secret}`
pub async fn new_password_page(ctx: Ctx, secret: web::Path<String>) -> Page {
    let now = ctx.now;
    ctx.site().db().read(move |conn| register::look(conn, now, Purpose::Reset, &secret)).await?;
    ctx.page(&NewPasswordPage { ctx: &ctx, form: Form::default() })
}

/// `POST /password/reset/{secret}`
pub async fn set_new_password(posted: Posted, secret: web::Path<String>, hasher: web::Data<Hasher>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let now = ctx.now;
    let looked = secret.clone();
    let account = ctx.site().db().read(move |conn| reset::whose(conn, now, &looked)).await?;
    let mut form = Form::filled(fields.clone());
    let own = own_words(&ctx, &account);
    let Some(password) = form::new_password(&fields, "password", &own, &mut form, ctx.lang) else {
        return ctx.form_page(&NewPasswordPage { ctx: &ctx, form }, true);
    };
    let hash = hasher.hash(password).await?;
    ctx.site().db().write(move |conn| reset::set(conn, now, &secret, &hash)).await?;
    ctx.to_with("/sign-in", "flash-password-set")
}
