//! Switching keys on and off.

use super::{Keys, store};
use crate::db::DbError;
use crate::moderation::pages::QUEUE;
use crate::web::form::Posted;
use crate::web::{Page, PageError};

/// `POST /secretariat/keys`
pub async fn set(posted: Posted) -> Page {
    let (ctx, fields) = posted.checked()?;
    let by = ctx.staff()?.id;
    let are_on = match fields.get("keys") {
        "on" => true,
        "off" => false,
        _ => return Err(PageError::BadRequest),
    };
    match ctx.site().db().write(move |conn| store::set(conn, by, Keys { are_on })).await {
        // Said twice at the same moment: the other one counts as well.
        Ok(()) | Err(DbError::Taken(_)) => {}
        Err(error) => return Err(error.into()),
    }
    ctx.to_with(QUEUE, if are_on { "flash-moderation-keys-on" } else { "flash-moderation-keys-off" })
}
