//! The forms that change somebody's place: each asks for grounds and for the password of whoever decides.

use crate::accounts::password::Hasher;
use crate::accounts::staff::model::Grounds;
use crate::accounts::store;
use crate::web::{Ctx, Fields, Form, PageError};

/// The grounds, or the form's error.
pub fn grounds(ctx: &Ctx, fields: &Fields, form: &mut Form) -> Option<Grounds> {
    let grounds = Grounds::parse(fields.get("grounds"));
    if grounds.is_none() {
        let id = if fields.get("grounds").is_empty() { "oversight-grounds-missing" } else { "oversight-grounds-wrong" };
        form.error("grounds", ctx.t(id));
    }
    grounds
}

/// Whether whoever is signed in typed their own password: a session left open changes nobody's place.
pub async fn knows_password(ctx: &Ctx, hasher: &Hasher, fields: &Fields, form: &mut Form) -> Result<bool, PageError> {
    let id = ctx.secretariat()?.id;
    let hash = ctx.site().db().read(move |conn| store::by_id(conn, id)).await?.password_hash;
    let matches = hasher.matches(fields.raw("password").to_owned(), Some(hash)).await?;
    if !matches {
        form.error("password", ctx.t("oversight-password-wrong"));
    }
    Ok(matches)
}
