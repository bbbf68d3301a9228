//! Keeping a table that came back, and applying it: all of it in one transaction, or nothing. What comes from a file is the
//! proposal of whoever sent it; somebody else validates it.

use serde_json::json;

use super::model::{Plan, Returned, Write};
use super::plan;
use super::store;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::deliberation::board::model::{Step, Texts};
use crate::deliberation::board::step::{self, StepError};
use crate::deliberation::board::store::{issues, members};
use crate::deliberation::sheet::model::Given;
use crate::ids::{AccountId, BatchId, CommentId, IssueId, ReturnedTableId};
use crate::norms::vocabulary::List;

/// Keeps a table that came back. The same form sent again fails with [`DbError::Taken`].
pub fn keep(conn: &mut AnyConnection, it: &Returned) -> DbResult<()> {
    store::keep(conn, it)?;
    let detail = json!({ "layout": it.layout, "rows": it.rows.len(), "sha256": it.sha256 });
    let act = Act { action: "observations.returned", subject: format!("table:{}", it.id), detail };
    audit::append(conn, it.at, Actor::Account(it.by), act)
}

/// Why nothing was applied.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// There is no such table.
    #[error("no such table")]
    NoSuchTable,
    /// Somebody else sent it.
    #[error("another's table")]
    NotTheirs,
    /// It was applied before.
    #[error("applied before")]
    Before,
    /// The board is not what was looked at: the plan as it is now.
    #[error("changed meanwhile")]
    Changed(Box<Plan>),
    /// A conflict was not decided.
    #[error("not decided")]
    Undecided,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Applies a table as it was looked at: `seal` stands for the plan that was shown, `decided` says for each conflict, by
/// its row, whether the file counts. Returns how many changes that made.
pub fn apply(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    list: &List,
    id: ReturnedTableId,
    seal: &str,
    decided: impl Fn(usize) -> Option<bool>,
) -> Result<usize, ApplyError> {
    let table = store::by_id(conn, id)?.ok_or(ApplyError::NoSuchTable)?;
    if table.by != by {
        return Err(ApplyError::NotTheirs);
    }
    if !store::hold(conn, id)? {
        return Err(ApplyError::Before);
    }
    let plan = plan::plan(conn, list, &table)?;
    if plan.seal() != seal {
        return Err(ApplyError::Changed(Box::new(plan)));
    }
    if plan.with(super::model::Verdict::Conflict).any(|line| decided(line.at).is_none()) {
        return Err(ApplyError::Undecided);
    }
    let writes = plan.writes(|at| decided(at) == Some(true));
    let batch = BatchId::new();
    for write in &writes {
        let is_written = match write {
            Write::Answer { comment, reference, given } => {
                answer(conn, now, (by, batch), (*comment, reference), given)?
            }
            Write::Decision { issue, version, disposition, reasons } => {
                decide(conn, now, (by, batch), (*issue, *version), (disposition, reasons))?
            }
        };
        if !is_written {
            return Err(ApplyError::Changed(Box::new(plan)));
        }
    }
    if !store::applied(conn, now, id, batch, writes.len())? {
        return Err(ApplyError::Before);
    }
    let detail = json!({ "batch": batch.to_string(), "changes": writes.len(), "sha256": table.sha256 });
    let act = Act { action: "observations.applied", subject: format!("table:{id}"), detail };
    audit::append(conn, now, Actor::Account(by), act)?;
    Ok(writes.len())
}

/// Gives one comment an answer of its own. `false`: the issue is no draft any more, or somebody was quicker.
fn answer(
    conn: &mut AnyConnection,
    now: Moment,
    (by, batch): (AccountId, BatchId),
    (comment, reference): (CommentId, &str),
    given: &Given,
) -> DbResult<bool> {
    let Given { issue, version, disposition, response } = given;
    if !issues::hold_draft(conn, *issue)?
        || !members::answer(conn, by, (*issue, comment, *version), (disposition, response))?
    {
        return Ok(false);
    }
    let detail = json!({ "comment": reference, "disposition": disposition, "batch": batch.to_string() });
    audit::append(conn, now, Actor::Account(by), act("issue.comment_answered", *issue, detail))?;
    Ok(true)
}

/// Writes a decision into a draft, and proposes it if there is one. `false`: somebody was quicker.
fn decide(
    conn: &mut AnyConnection,
    now: Moment,
    (by, batch): (AccountId, BatchId),
    (issue, version): (IssueId, i64),
    (disposition, reasons): (&str, &str),
) -> Result<bool, DbError> {
    let Some(found) = issues::by_id(conn, issue)? else { return Ok(false) };
    let texts = Texts { disposition: disposition.to_owned(), reasons: reasons.to_owned(), ..found.texts };
    if !issues::write(conn, now, by, (issue, version), &texts)? {
        return Ok(false);
    }
    let detail = json!({ "version": version + 1, "disposition": disposition, "batch": batch.to_string() });
    audit::append(conn, now, Actor::Account(by), act("issue.written", issue, detail))?;
    if !texts.are_decided() {
        return Ok(true);
    }
    match step::step_in(conn, now, by, (issue, version + 1), Step::Propose, ("", Some(batch))) {
        Ok(()) => Ok(true),
        Err(StepError::Db(error)) => Err(error),
        Err(_) => Ok(false),
    }
}

fn act(action: &'static str, issue: IssueId, detail: serde_json::Value) -> Act {
    Act { action, subject: format!("issue:{issue}"), detail }
}
