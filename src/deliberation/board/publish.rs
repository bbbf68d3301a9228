//! Publishes decisions that two people found right: one transaction for each issue, with a letter for each comment under it.

use serde_json::json;

use super::change::act;
use super::model::{Done, Step};
use super::step::StepError;
use super::store::issues::{self, Moved};
use super::store::publishing::{self, Answered};
use crate::accounts;
use crate::accounts::model::Email;
use crate::audit::{self, Actor};
use crate::clock::Moment;
use crate::comments::{considered, statements};
use crate::db::{AnyConnection, Db, DbError};
use crate::deliberation::answers::mail::{self, Told};
use crate::epochs::{self, Scope};
use crate::ids::{AccountId, BatchId, CommentId, IssueDecisionId, IssueId};
use crate::moderation::mail::Letterhead;
use crate::norms;
use crate::norms::model::Norm;

/// Letters written at once.
const STEP: i64 = 200;

/// Publishes `version` of an issue: from this transaction on everyone reads the decision, and everybody whose comment is
/// under it is told.
pub fn publish(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    (id, version): (IssueId, i64),
    batch: BatchId,
    letters: &Letterhead,
) -> Result<(), StepError> {
    let issue = issues::by_id(conn, id)?.ok_or(StepError::NoSuchIssue)?;
    let next = issue.state.apply(Step::Publish).filter(|_| issue.version == version);
    let (Some(to), Some(proposed), Some(validated)) = (next, issue.proposed.clone(), issue.validated.clone()) else {
        return Err(StepError::Changed(Box::new(issue)));
    };
    let moved = Moved {
        from: issue.state,
        to,
        round: issue.round,
        answered: issue.round,
        sent_back: "",
        proposed: Some(proposed.clone()),
        validated: Some(validated.clone()),
    };
    if !issues::advance(conn, now, by, (id, version), &moved)? {
        let issue = issues::by_id(conn, id)?.ok_or(StepError::NoSuchIssue)?;
        return Err(StepError::Changed(Box::new(issue)));
    }
    let decision = IssueDecisionId::new();
    let comments = publishing::accepted(conn, id)?;
    publishing::decide(conn, decision, &issue, (&proposed, &validated, &Done { by, at: now }), (batch, comments))?;
    publishing::answer_all(conn, decision)?;
    considered::count(conn, id)?;
    let norm = norms::store::norm(conn, issue.norm)?;
    let told = Told { decision, issue: &issue, norm: &norm };
    write_letters(conn, now, &told, letters)?;
    raise(conn, decision, &norm)?;
    let detail = json!({
        "round": issue.round,
        "disposition": issue.texts.disposition,
        "decision": decision.to_string(),
        "batch": batch.to_string(),
        "comments": comments,
    });
    Ok(audit::append(conn, now, Actor::Account(by), act("issue.published", id, detail))?)
}

/// One letter for each comment whose author can still be written to.
fn write_letters(conn: &mut AnyConnection, now: Moment, told: &Told, letters: &Letterhead) -> Result<(), DbError> {
    let mut after = None;
    loop {
        let step = publishing::answered(conn, (told.decision, told.issue.id), after, STEP)?;
        let Some(last) = step.last() else { return Ok(()) };
        after = Some(last.comment.id);
        let ids: Vec<CommentId> = step.iter().map(|answered| answered.comment.id).collect();
        let before = publishing::told_before(conn, (told.decision, told.issue.id), &ids)?;
        for answered in &step {
            let was_told = before.contains(&answered.comment.id);
            write_letter(conn, now, told, (answered, was_told), letters)?;
        }
    }
}

fn write_letter(
    conn: &mut AnyConnection,
    now: Moment,
    told: &Told,
    (answered, was_told): (&Answered, bool),
    letters: &Letterhead,
) -> Result<(), DbError> {
    let author = accounts::store::by_id(conn, answered.comment.author.account)?;
    if Email::parse(&author.email).is_none() {
        return Ok(());
    }
    let letter = mail::decided(&author, told, (answered, was_told), letters);
    statements::send(conn, now, answered.comment.id, letter, None)
}

/// Every page that shows a comment under the issue, or the issue, is shown anew.
fn raise(conn: &mut AnyConnection, decision: IssueDecisionId, norm: &Norm) -> Result<(), DbError> {
    epochs::raise(conn, Scope::Record)?;
    let mut slugs = publishing::slugs(conn, decision)?;
    if !slugs.contains(&norm.slug) {
        slugs.push(norm.slug.clone());
        slugs.sort_unstable();
    }
    slugs.iter().try_for_each(|slug| epochs::raise(conn, Scope::Norm(slug)).map(drop))
}

/// Publishes one issue after the other, each by itself; how many were published, and how many had changed.
pub async fn publish_all(
    db: &Db,
    now: Moment,
    by: AccountId,
    batch: BatchId,
    items: Vec<(IssueId, i64)>,
    letters: &Letterhead,
) -> Result<(usize, usize), DbError> {
    let (mut done, mut changed) = (0, 0);
    for item in items {
        let letters = letters.clone();
        match db.write(move |conn| publish(conn, now, by, item, batch, &letters)).await {
            Ok(()) => done += 1,
            Err(StepError::Db(error)) => return Err(error),
            Err(_) => changed += 1,
        }
    }
    Ok((done, changed))
}
