//! Shows a comment as it came: to the Secretariat, and only after that was written down.

use serde_json::json;

use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::comments;
use crate::comments::model::Comment;
use crate::comments::redaction::model::{Original, Redaction};
use crate::comments::redaction::store;
use crate::db::{self, AnyConnection, DbResult};
use crate::ids::AccountId;

db::words! {
    /// What an original is read for.
    Purpose {
        /// To hear an appeal.
        Appeal = "appeal",
        /// The author asks about it.
        Author = "author",
        /// A court, an authority or somebody concerned has a claim.
        Claim = "claim",
        /// To see whether the right words were taken out.
        Check = "check",
    }
}

/// What the page of an original shows.
pub struct Revealed {
    /// The comment as everybody reads it.
    pub comment: Comment,
    /// The comment as it came.
    pub original: Original,
    /// What was taken out of it.
    pub redactions: Vec<Redaction>,
}

/// Notes that `by` reads the original of a comment for `purpose`, and returns it; the caller shows it once this transaction
/// is committed. `None`: there is no such comment, or nothing was ever taken out of its present revision.
pub fn reveal(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    reference: &str,
    purpose: Purpose,
) -> DbResult<Option<Revealed>> {
    let Some(comment) = comments::store::by_reference(conn, reference)? else { return Ok(None) };
    let Some(original) = store::original(conn, comment.id, comment.revision)? else { return Ok(None) };
    let redactions = store::of_comment(conn, comment.id)?;
    let act = Act {
        action: "comment.original_read",
        subject: format!("comment:{}", comment.reference),
        detail: json!({ "revision": comment.revision, "purpose": purpose.as_str() }),
    };
    audit::append(conn, now, Actor::Account(by), act)?;
    Ok(Some(Revealed { comment, original, redactions }))
}
