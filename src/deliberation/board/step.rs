//! Two people: one proposes a decision, another finds it right or sends it back. Publishing is a verb of its own.

use serde_json::json;

use super::change::act;
use super::model::{Done, Issue, Step};
use super::store::issues::{self, Moved};
use super::store::members;
use crate::audit::{self, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbError};
use crate::ids::{AccountId, BatchId, IssueId};

/// Why an issue stays where it is.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// There is none.
    #[error("no such issue")]
    NoSuchIssue,
    /// There is no decision to propose, or it has no reasons.
    #[error("not decided")]
    NotDecided,
    /// Whoever proposed it does not find it right.
    #[error("proposed by the same person")]
    OwnProposal,
    /// A comment of theirs is under it.
    #[error("a comment of one's own")]
    OwnComment,
    /// Somebody was quicker: the issue as it is now.
    #[error("changed meanwhile")]
    Changed(Box<Issue>),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Takes `step` with `version` of an issue; `why` is said where it is sent back.
pub fn step(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    (id, version): (IssueId, i64),
    step: Step,
    why: &str,
) -> Result<(), StepError> {
    step_in(conn, now, by, (id, version), step, (why, None))
}

/// [`step`], as one of the steps that are taken together.
pub fn step_in(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    (id, version): (IssueId, i64),
    step: Step,
    (why, batch): (&str, Option<BatchId>),
) -> Result<(), StepError> {
    let issue = issues::by_id(conn, id)?.ok_or(StepError::NoSuchIssue)?;
    let Some(to) = issue.state.apply(step).filter(|_| issue.version == version && step != Step::Publish) else {
        return Err(StepError::Changed(Box::new(issue)));
    };
    if matches!(step, Step::Propose | Step::Validate) {
        allowed(conn, by, step, &issue)?;
    }
    let me = Done { by, at: now };
    let (proposed, validated) = match step {
        Step::Propose => (Some(me), None),
        Step::Validate => (issue.proposed.clone(), Some(me)),
        _ => (None, None),
    };
    let moved = Moved {
        from: issue.state,
        to,
        round: issue.round + i32::from(step == Step::Reopen),
        answered: issue.answered,
        sent_back: if step == Step::Return { why } else { "" },
        proposed,
        validated,
    };
    if !issues::advance(conn, now, by, (id, version), &moved)? {
        let issue = issues::by_id(conn, id)?.ok_or(StepError::NoSuchIssue)?;
        return Err(StepError::Changed(Box::new(issue)));
    }
    let action = match step {
        Step::Propose => "issue.proposed",
        Step::Validate => "issue.validated",
        Step::Return => "issue.sent_back",
        Step::Reopen | Step::Publish => "issue.reopened",
    };
    let mut detail = json!({ "version": version + 1, "round": moved.round, "disposition": issue.texts.disposition });
    if let (Some(batch), Some(said)) = (batch, detail.as_object_mut()) {
        said.insert("batch".into(), json!(batch.to_string()));
    }
    Ok(audit::append(conn, now, Actor::Account(by), act(action, id, detail))?)
}

fn allowed(conn: &mut AnyConnection, by: AccountId, step: Step, issue: &Issue) -> Result<(), StepError> {
    if !issue.texts.are_decided() {
        return Err(StepError::NotDecided);
    }
    if step == Step::Validate && issue.proposed.as_ref().is_some_and(|done| done.by == by) {
        return Err(StepError::OwnProposal);
    }
    if members::has_own(conn, issue.id, by)? {
        return Err(StepError::OwnComment);
    }
    Ok(())
}
