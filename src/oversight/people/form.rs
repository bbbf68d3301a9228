//! The forms that change somebody's place: each asks for grounds.

use crate::accounts::staff::model::Grounds;
use crate::web::{Ctx, Fields, Form};

/// The grounds, or the form's error.
pub fn grounds(ctx: &Ctx, fields: &Fields, form: &mut Form) -> Option<Grounds> {
    let grounds = Grounds::parse(fields.get("grounds"));
    if grounds.is_none() {
        let id = if fields.get("grounds").is_empty() { "oversight-grounds-missing" } else { "oversight-grounds-wrong" };
        form.error("grounds", ctx.t(id));
    }
    grounds
}
