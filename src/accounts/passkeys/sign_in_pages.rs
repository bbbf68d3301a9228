//! Signing in with a passkey: the challenge, and its answer, which comes with the form that the script sends.

use actix_web::http::StatusCode;

use super::add::Place;
use super::ceremony::Assertion;
use super::enter::{self, Attempt, Refusal};
use super::model::Purpose;
use super::offer::{self, Challenge};
use crate::accounts::pages::{admitted, passkey_refused, suspended};
use crate::accounts::sessions::model::Device;
use crate::db::{AnyConnection, DbResult};
use crate::ids;
use crate::web::cookies::Name;
use crate::web::{Ctx, Event, Fields, Page, PageError, Posted};

/// The message that says why a passkey opened nothing.
pub fn words(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Over => "passkeys-over",
        Refusal::Refused => "passkeys-refused",
        Refusal::CountedBack => "passkeys-counted-back",
    }
}

/// `POST /sign-in/passkey/challenge`: what the script hands to the browser. Says nothing of any account.
pub async fn challenge(posted: Posted) -> Page {
    let (ctx, _) = posted.checked()?;
    let party = offer::party(ctx.site()).ok_or(PageError::NotFound)?;
    let (now, browser) = (ctx.now, ctx.browser().ok_or(PageError::Fault)?);
    let put = move |conn: &mut AnyConnection| -> DbResult<_> {
        Ok(Challenge::put(conn, now, &browser, Purpose::SignIn)?.to_use(&party, &[]))
    };
    let options = ctx.site().db().write(put).await?;
    ctx.json(StatusCode::OK, &options)
}

/// `POST /sign-in/passkey`
pub async fn enter(posted: Posted) -> Page {
    let (ctx, fields) = posted.checked()?;
    if fields.get("credential").is_empty() {
        return refused(&ctx, fields, "passkeys-none-sent", StatusCode::UNPROCESSABLE_ENTITY);
    }
    let party = offer::party(ctx.site()).ok_or(PageError::NotFound)?;
    let secret = ids::secret();
    let attempt = match Assertion::read(fields.get("credential")) {
        Err(_) => Attempt::Not(Refusal::Refused),
        Ok(assertion) => {
            let (now, browser) = (ctx.now, ctx.browser().ok_or(PageError::Fault)?);
            let half = ctx.half.as_deref().map(|half| ids::sha256(half.as_bytes()));
            let (session, device) = (ids::sha256(secret.as_bytes()), Device::of(&ctx.agent));
            let write = move |conn: &mut AnyConnection| {
                let (place, half) =
                    (Place { party: &party, browser: &browser }, half.as_ref().map(<[u8; 32]>::as_slice));
                enter::sign_in(conn, now, &assertion, &place, half, (&session, device))
            };
            ctx.site().db().write(write).await?
        }
    };
    match attempt {
        Attempt::In(account) => {
            ctx.note(Event::SignedIn, Some(account), "passkey");
            let mut response = admitted(&ctx, &fields, secret).await?;
            if ctx.half.is_some() {
                response.add_cookie(&Name::Half.clear(ctx.site())).map_err(|_| PageError::Fault)?;
            }
            Ok(response)
        }
        Attempt::Suspended(account) => {
            ctx.note(Event::SignInFailed, Some(account), "suspended");
            suspended(&ctx)
        }
        Attempt::Not(refusal) => {
            ctx.note(Event::SignInFailed, None, "passkey");
            let status = match refusal {
                Refusal::CountedBack => StatusCode::FORBIDDEN,
                Refusal::Over | Refusal::Refused => StatusCode::UNPROCESSABLE_ENTITY,
            };
            refused(&ctx, fields, words(refusal), status)
        }
    }
}

/// The sign-in page again; the answer that was sent is not sent once more.
fn refused(ctx: &Ctx, mut fields: Fields, why: &str, status: StatusCode) -> Page {
    fields.set("credential", "");
    passkey_refused(ctx, fields, why, status)
}
