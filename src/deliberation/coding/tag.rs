//! Putting codes on comments and taking them off: one transaction for a code and up to a hundred comments.

use serde_json::json;

use super::store;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, CommentId};

/// Puts the code on those of `comments` that do not carry it. How many those are; nothing if it is retired or unknown.
pub fn put(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    code: &str,
    comments: &[CommentId],
) -> DbResult<usize> {
    let in_use = store::hold(conn, code)? && store::by_code(conn, code)?.is_some_and(|it| !it.is_retired);
    if !in_use {
        return Ok(0);
    }
    let there = store::carrying(conn, code, comments)?;
    let mut new = store::known(conn, comments)?;
    new.retain(|id| !there.contains(id));
    for id in &new {
        store::put(conn, now, by, code, *id)?;
    }
    note(conn, now, by, "code.put", (code, &new))?;
    Ok(new.len())
}

/// Takes the code off those of `comments` that carry it. How many those are.
pub fn take(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    code: &str,
    comments: &[CommentId],
) -> DbResult<usize> {
    if !store::hold(conn, code)? {
        return Ok(0);
    }
    let mut taken = Vec::new();
    for id in comments {
        if store::take(conn, code, *id)? {
            taken.push(*id);
        }
    }
    note(conn, now, by, "code.taken_off", (code, &taken))?;
    Ok(taken.len())
}

fn note(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    action: &'static str,
    (code, comments): (&str, &[CommentId]),
) -> DbResult<()> {
    if comments.is_empty() {
        return Ok(());
    }
    let ids: Vec<String> = comments.iter().map(CommentId::to_string).collect();
    let act = Act { action, subject: format!("code:{code}"), detail: json!({ "comments": ids }) };
    audit::append(conn, now, Actor::Account(by), act)
}
