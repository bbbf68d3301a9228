//! Appealing: once against a decline, once against each redaction, in time. One transaction each.

use serde_json::json;

use super::life::model::Appeal;
use super::life::store as life;
use super::model::{Comment, Event};
use super::redaction::store as redaction;
use super::statements::store as statements;
use super::store;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbError};
use crate::ids::{AccountId, RedactionId};

/// Why there is no appeal, or no second one.
#[derive(Debug, thiserror::Error)]
pub enum AppealError {
    /// There is no such comment of this author.
    #[error("no such comment")]
    NotFound,
    /// It is not declined, was appealed before, or changed since the page was shown.
    #[error("changed meanwhile")]
    Changed(Box<Comment>),
    /// The time for it is over since then.
    #[error("too late")]
    TooLate(Moment),
    /// The database failed. [`DbError::Taken`] is a lost race: there is an appeal already.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Puts a declined comment before somebody else at the Secretariat. `expected` is the version that the page showed.
pub fn appeal(
    conn: &mut AnyConnection,
    now: Moment,
    account: AccountId,
    reference: &str,
    expected: i64,
    text: String,
) -> Result<(), AppealError> {
    let comment = store::by_reference(conn, reference)?.filter(|it| it.author.account == account);
    let comment = comment.ok_or(AppealError::NotFound)?;
    let first = life::appeal(conn, comment.id)?.is_none();
    let Some(state) = comment.state.apply(Event::Appeal).filter(|_| first) else {
        return Err(AppealError::Changed(Box::new(comment)));
    };
    let until = statements::of_comment(conn, comment.id)?.into_iter().rev().find_map(|it| it.appeal_until);
    if let Some(until) = until.filter(|until| now > *until) {
        return Err(AppealError::TooLate(until));
    }
    if !store::set_state(conn, now, comment.id, expected, state)? {
        return Err(AppealError::Changed(Box::new(comment)));
    }
    life::put_appeal(conn, comment.id, &Appeal { text, made_at: now })?;
    let act = Act {
        action: "comment.appealed",
        subject: format!("comment:{}", comment.reference),
        detail: json!({ "revision": comment.revision }),
    };
    Ok(audit::append(conn, now, Actor::Account(account), act)?)
}

/// Puts a redaction before somebody else of the Secretariat; the comment stays as it is until then.
pub fn appeal_redaction(
    conn: &mut AnyConnection,
    now: Moment,
    account: AccountId,
    reference: &str,
    id: RedactionId,
    text: &str,
) -> Result<(), AppealError> {
    let comment = store::by_reference(conn, reference)?.filter(|it| it.author.account == account);
    let comment = comment.ok_or(AppealError::NotFound)?;
    let it = redaction::by_id(conn, id)?.filter(|it| it.comment == comment.id).ok_or(AppealError::NotFound)?;
    if now > it.appeal_until {
        return Err(AppealError::TooLate(it.appeal_until));
    }
    if !it.can_be_appealed(now) {
        return Err(AppealError::Changed(Box::new(comment)));
    }
    redaction::put_appeal(conn, now, id, text)?;
    let act = Act {
        action: "comment.redaction_appealed",
        subject: format!("comment:{}", comment.reference),
        detail: json!({ "revision": it.revision, "redaction": id.to_string() }),
    };
    Ok(audit::append(conn, now, Actor::Account(account), act)?)
}
