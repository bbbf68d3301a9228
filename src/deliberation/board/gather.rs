//! Putting comments under a draft, taking them from it, and giving one of them an answer of its own. Locks are taken in the
//! order comments, issue, record.

use serde_json::json;

use super::change::act;
use super::model::Gathered;
use super::store::{issues, left, members};
use crate::audit::{self, Actor};
use crate::clock::Moment;
use crate::comments::considered;
use crate::comments::model::Comment;
use crate::comments::record::model::Entry;
use crate::comments::store::organisation_of;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::{AccountId, CommentId, IssueId};
use crate::norms::store as norms;

/// Why comments stay where they are.
#[derive(Debug, thiserror::Error)]
pub enum GatherError {
    /// The issue is no draft: whoever validates it has to see what is under it.
    #[error("no draft")]
    NotOpen,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Puts `comments`, which are in order, under an issue; only accepted ones can be.
pub fn put(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    issue: IssueId,
    comments: Vec<CommentId>,
) -> Result<Gathered, GatherError> {
    let mut accepted = Vec::new();
    for id in &comments {
        if members::hold_accepted(conn, *id)? {
            accepted.push(*id);
        }
    }
    if !issues::hold_draft(conn, issue)? {
        return Err(GatherError::NotOpen);
    }
    let there = members::among(conn, issue, &accepted)?;
    let mut new = left::accepted(conn, &accepted)?;
    new.retain(|comment| !there.contains(&comment.id));
    for comment in &new {
        let (voice, said) = counted_by(conn, comment)?;
        members::put(conn, now, by, (issue, comment.id), (&voice, &said))?;
    }
    let gathered = Gathered { done: new.len(), same: there.len(), refused: comments.len() - new.len() - there.len() };
    if !new.is_empty() {
        considered::count(conn, issue)?;
        let references: Vec<&str> = new.iter().map(|comment| comment.reference.as_str()).collect();
        let detail = json!({ "comments": references });
        audit::append(conn, now, Actor::Account(by), act("issue.comments_put", issue, detail))?;
    }
    Ok(gathered)
}

/// For whom a comment speaks, and what it says: the same for comments that are the same in it.
fn counted_by(conn: &mut AnyConnection, comment: &Comment) -> DbResult<(Vec<u8>, Vec<u8>)> {
    let norm = norms::norm(conn, comment.norm_id)?;
    let version = norms::version(conn, comment.text_version_id)?;
    let organisation = organisation_of(conn, comment.id)?;
    let entry = Entry::of(comment, &norm.slug, &version, organisation);
    Ok((entry.voice, entry.digest))
}

/// Takes `comments`, which are in order, from under an issue.
pub fn take(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    issue: IssueId,
    comments: Vec<CommentId>,
) -> Result<Gathered, GatherError> {
    for id in &comments {
        members::hold(conn, *id)?;
    }
    if !issues::hold_draft(conn, issue)? {
        return Err(GatherError::NotOpen);
    }
    let mut gathered = Gathered::default();
    let mut taken = Vec::new();
    for id in comments {
        if members::take(conn, issue, id)? {
            gathered.done += 1;
            taken.push(id.to_string());
        } else {
            gathered.same += 1;
        }
    }
    if gathered.done > 0 {
        considered::count(conn, issue)?;
        let detail = json!({ "comments": taken });
        audit::append(conn, now, Actor::Account(by), act("issue.comments_taken", issue, detail))?;
    }
    Ok(gathered)
}

/// Gives one comment an answer of its own in place of that of `version`, or, with nothing, that of the others. `false`:
/// somebody was quicker.
pub fn answer(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    (issue, comment, version): (IssueId, &Comment, i64),
    (disposition, response): (&str, &str),
) -> Result<bool, GatherError> {
    if !issues::hold_draft(conn, issue)? {
        return Err(GatherError::NotOpen);
    }
    if !members::answer(conn, by, (issue, comment.id, version), (disposition, response))? {
        return Ok(false);
    }
    let detail = json!({ "comment": comment.reference, "disposition": disposition });
    audit::append(conn, now, Actor::Account(by), act("issue.comment_answered", issue, detail))?;
    Ok(true)
}
