//! The second page of a sign-in: the code, or a passkey in its place.

use actix_web::http::StatusCode;
use askama::Template;

use super::check::{self, Checked, From};
use super::model::{TRIES, Typed};
use super::store as factors;
use crate::accounts::pages::{admitted, sign_in_with};
use crate::accounts::passkeys::store as passkeys;
use crate::accounts::sessions::model::Device;
use crate::accounts::sessions::store as sessions;
use crate::accounts::{staff, store};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbResult};
use crate::ids::{self, AccountId};
use crate::web::cookies::Name;
use crate::web::{Ctx, Event, Fields, Form, Page, PageError, Posted};

#[derive(Template)]
#[template(path = "accounts/code.html")]
struct CodePage<'a> {
    ctx: &'a Ctx,
    form: Form,
    kept: bool,
    /// Whether the person has an app for codes; people at the desk may have passkeys alone.
    has_app: bool,
    has_passkey: bool,
}

/// What came of a code.
enum Attempt {
    /// The session began.
    In(AccountId),
    /// The code is wrong.
    Wrong(AccountId),
    /// The code was not looked at: too many of the account's were wrong.
    Paused(AccountId),
    /// The sign-in waits no longer: it begins anew with the password.
    Over,
}

fn admit(
    conn: &mut AnyConnection,
    now: Moment,
    half: &[u8],
    typed: &str,
    session: &[u8],
    device: Device,
) -> DbResult<Attempt> {
    let Some(id) = sessions::half(conn, now, half)? else { return Ok(Attempt::Over) };
    let may = staff::store::person_by_id(conn, id)?.is_some_and(|person| person.suspended_at.is_none());
    if !may || !sessions::take_half_try(conn, half, TRIES)? {
        sessions::end_half(conn, half)?;
        return Ok(Attempt::Over);
    }
    let account = store::by_id(conn, id)?;
    match check::check(conn, now, &account, typed, From::SignIn)? {
        Checked::Wrong => Ok(Attempt::Wrong(id)),
        Checked::Paused => Ok(Attempt::Paused(id)),
        Checked::Right if !sessions::end_half(conn, half)? => Ok(Attempt::Over),
        Checked::Right => {
            store::put_session(conn, now, session, id, device)?;
            Ok(Attempt::In(id))
        }
    }
}

/// The page that asks for the code of the sign-in that waits with `half`; `form` carries where to go afterwards.
pub async fn code_page(ctx: &Ctx, half: &str, form: Form, status: StatusCode) -> Page {
    let kept = !form.value("carry_to").is_empty();
    let (now, half) = (ctx.now, ids::sha256(half.as_bytes()));
    let ways = move |conn: &mut AnyConnection| -> DbResult<(bool, bool)> {
        // One that waits no longer says so when the code comes.
        let Some(id) = sessions::half(conn, now, &half)? else { return Ok((true, false)) };
        Ok((factors::is_set(conn, id)?, passkeys::has_any(conn, id)?))
    };
    let (has_app, has_passkey) = ctx.site().db().read(ways).await?;
    let form = if has_app || !form.failed() { form } else { passkey_instead(ctx, &form) };
    ctx.page_as(status, &CodePage { ctx, form, kept, has_app, has_passkey })
}

/// The form of somebody without an app who sent a code all the same.
fn passkey_instead(ctx: &Ctx, form: &Form) -> Form {
    let carried = ["next", "carry_to", "carried"].into_iter();
    let fields = carried.fold(Fields::default(), |fields, name| fields.with(name, form.value(name)));
    let mut form = Form::filled(fields);
    form.error("passkey", ctx.t("passkeys-needed"));
    form
}

/// `GET /sign-in/code`
pub async fn show(ctx: Ctx) -> Page {
    let Some(half) = &ctx.half else { return ctx.to("/sign-in") };
    let form = Form::filled(Fields::default().with("next", ctx.query.get("next")));
    code_page(&ctx, half, form, StatusCode::OK).await
}

/// `POST /sign-in/code`
pub async fn enter(posted: Posted) -> Page {
    let (ctx, fields) = posted.checked()?;
    let mut form = Form::filled(fields.clone());
    let Some(waiting) = ctx.half.clone() else { return over(&ctx, &fields) };
    let half = ids::sha256(waiting.as_bytes());
    let typed = fields.get("code").to_owned();
    if typed.is_empty() {
        form.error("code", ctx.t("factor-code-missing"));
        return code_page(&ctx, &waiting, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let secret = ids::secret();
    let (now, session, device) = (ctx.now, ids::sha256(secret.as_bytes()), Device::of(&ctx.agent));
    let with = if matches!(Typed::parse(&typed), Some(Typed::Recovery(_))) { "recovery code" } else { "code" };
    let attempt = ctx.site().db().write(move |conn| admit(conn, now, &half, &typed, &session, device)).await?;
    match attempt {
        Attempt::In(account) => {
            ctx.note(Event::SignedIn, Some(account), with);
            let mut response = admitted(&ctx, &fields, secret).await?;
            response.add_cookie(&Name::Half.clear(ctx.site())).map_err(|_| PageError::Fault)?;
            Ok(response)
        }
        Attempt::Wrong(account) => {
            ctx.note(Event::CodeFailed, Some(account), with);
            form.error("code", ctx.t("factor-code-wrong"));
            code_page(&ctx, &waiting, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Attempt::Paused(account) => {
            ctx.note(Event::CodeFailed, Some(account), "paused");
            form.error("code", ctx.t("factor-code-paused"));
            code_page(&ctx, &waiting, form, StatusCode::TOO_MANY_REQUESTS).await
        }
        Attempt::Over => over(&ctx, &fields),
    }
}

/// The sign-in from its beginning; what was typed elsewhere is still carried along.
fn over(ctx: &Ctx, fields: &Fields) -> Page {
    let mut response = match fields.get("carry_to") {
        "" => ctx.to_with("/sign-in", "flash-sign-in-over")?,
        path => sign_in_with(ctx, path, &Fields::decode(fields.get("carried").as_bytes()).unwrap_or_default())?,
    };
    response.add_cookie(&Name::Half.clear(ctx.site())).map_err(|_| PageError::Fault)?;
    Ok(response)
}
