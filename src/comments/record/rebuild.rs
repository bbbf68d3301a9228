//! Makes the public record anew: when a portal is upgraded from one that kept none, or kept it in another form.

use super::{enter, store};
use crate::db::{AnyConnection, DbResult};
use crate::epochs::{self, Scope};

/// The form of what is kept. To be raised with every change of what [`super::fold`], `stem` or [`super::model`] make.
pub const FORM: i64 = 3;

/// Comments in one step.
const STEP: i64 = 500;

/// Makes the record anew unless it is there in the present form. How many comments were entered. One transaction:
/// whoever reads sees the old record until the new one is whole.
pub fn rebuild(conn: &mut AnyConnection) -> DbResult<usize> {
    if store::form(conn)? == Some(FORM) {
        return Ok(0);
    }
    // Held until the end, so that of several servers one does it.
    epochs::raise(conn, Scope::Record)?;
    if store::form(conn)? == Some(FORM) {
        return Ok(0);
    }
    store::clear(conn)?;
    let (mut entered, mut last) = (0, None);
    loop {
        let step = store::public_after(conn, last, STEP)?;
        let Some(comment) = step.last() else { break };
        last = Some((comment.published_at.unwrap_or(comment.submitted_at), comment.id));
        for comment in &step {
            enter(conn, comment)?;
        }
        entered += step.len();
    }
    store::set_form(conn, FORM)?;
    epochs::raise(conn, Scope::Site)?;
    Ok(entered)
}
