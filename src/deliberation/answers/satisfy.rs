//! An author says once whether the answer satisfies them: one transaction.

use serde_json::json;

use super::store::{self, Said};
use crate::audit::{self, Act, Actor};
use crate::comments::model::Comment;
use crate::db::{AnyConnection, DbError};
use crate::deliberation::board::store::issues;
use crate::ids::IssueId;

/// Why nothing was kept.
#[derive(Debug, thiserror::Error)]
pub enum SatisfyError {
    /// They said it before.
    #[error("said before")]
    Before,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Keeps what the author of `comment` says about the answer under `issue`, and counts it on the board.
pub fn satisfy(conn: &mut AnyConnection, comment: &Comment, issue: IssueId, said: &Said) -> Result<(), SatisfyError> {
    if store::said(conn, issue, comment.id)?.is_some() {
        return Err(SatisfyError::Before);
    }
    store::put(conn, issue, comment.id, said)?;
    issues::count_satisfied(conn, issue, said.is_satisfied)?;
    let act = Act {
        action: "issue.answer_rated",
        subject: format!("issue:{issue}"),
        detail: json!({ "comment": comment.reference, "is_satisfied": said.is_satisfied }),
    };
    Ok(audit::append(conn, said.at, Actor::Account(comment.author.account), act)?)
}
