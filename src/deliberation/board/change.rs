//! Beginning an issue, writing it, throwing it away: each one transaction with its audit entry.

use serde_json::json;

use super::gather;
use super::model::{About, Issue, Texts, in_order};
use super::store::{issues, members};
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::{AccountId, IssueId, NormId, TextVersionId};

/// What of an issue goes into the audit log: no text.
pub(super) fn act(action: &'static str, id: IssueId, detail: serde_json::Value) -> Act {
    Act { action, subject: format!("issue:{id}"), detail }
}

/// Begins an issue. The same form sent again changes nothing.
pub fn begin(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    (id, norm, version): (IssueId, NormId, TextVersionId),
    (about, texts): (&About, &Texts),
) -> DbResult<()> {
    if issues::by_id(conn, id)?.is_some() {
        return Ok(());
    }
    let number = issues::begin(conn, now, by, (id, norm, version), (about, texts))?;
    let detail = json!({ "number": number, "about": about.kind().as_str() });
    audit::append(conn, now, Actor::Account(by), act("issue.begun", id, detail))
}

/// Writes a draft. `false`: somebody was quicker, or it is no draft any more.
pub fn write(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    (id, version): (IssueId, i64),
    texts: &Texts,
) -> DbResult<bool> {
    if !issues::write(conn, now, by, (id, version), texts)? {
        return Ok(false);
    }
    let detail = json!({ "version": version + 1, "disposition": texts.disposition });
    audit::append(conn, now, Actor::Account(by), act("issue.written", id, detail))?;
    Ok(true)
}

/// Why an issue is still there.
#[derive(Debug, thiserror::Error)]
pub enum DiscardError {
    /// There are more comments under it than are taken from it at a time.
    #[error("too many comments under it")]
    NotEmpty,
    /// Somebody was quicker, or it was published once.
    #[error("changed meanwhile")]
    Changed,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Throws away a draft that nobody outside ever read; its comments are under it no more.
pub fn discard(conn: &mut AnyConnection, now: Moment, by: AccountId, issue: &Issue) -> Result<(), DiscardError> {
    let most = i64::try_from(super::model::MOST).unwrap_or(i64::MAX);
    let under = members::ids(conn, issue.id, None, most + 1)?;
    if under.len() > super::model::MOST {
        return Err(DiscardError::NotEmpty);
    }
    gather::take(conn, now, by, issue.id, in_order(under)).map_err(|error| match error {
        gather::GatherError::NotOpen => DiscardError::Changed,
        gather::GatherError::Db(error) => DiscardError::Db(error),
    })?;
    if !issues::discard(conn, (issue.id, issue.version))? {
        return Err(DiscardError::Changed);
    }
    let detail = json!({ "number": issue.number });
    Ok(audit::append(conn, now, Actor::Account(by), act("issue.discarded", issue.id, detail))?)
}
