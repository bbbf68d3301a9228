//! Taking in a report: one transaction, however often the form is sent.

use serde_json::json;

use super::model::{MOST_OF_ALL, MOST_OF_ONE, Report};
use super::{mail, store};
use crate::accounts::register::has_enough;
use crate::audit::{self, Act, Actor};
use crate::comments;
use crate::comments::model::Comment;
use crate::db::{AnyConnection, DbResult};
use crate::ids::AccountId;
use crate::mail as post;
use crate::moderation::name_reports::model::SPAN;
use crate::senders::model::Mark;

/// Keeps a report on the public comment with this reference and confirms it by mail; does nothing if there is none, or if
/// as many came this hour as the desk can read. Whoever reports learns neither. `by` is who was signed in, if anybody was; `most` letters an hour go to one address.
///
/// Fails with [`crate::db::DbError::Taken`] if another report on the comment came at the same moment: try again.
pub fn report(
    conn: &mut AnyConnection,
    it: &Report,
    reference: &str,
    from: Option<&Mark>,
    by: Option<AccountId>,
    most: i64,
) -> DbResult<()> {
    let found = comments::store::by_reference(conn, reference)?.filter(Comment::is_public);
    let Some(comment) = found else { return Ok(()) };
    if store::is_known(conn, it.id)? || is_full(conn, it, from)? {
        return Ok(());
    }
    let case = store::join_case(conn, it.made_at, comment.id)?;
    store::insert(conn, case, it, from)?;
    if !it.email.is_empty() && !has_enough(conn, it.made_at, &it.email, mail::KIND, most)? {
        post::queue(conn, it.made_at, mail::received(it, &comment.reference))?;
    }
    let act = Act {
        action: "comment.reported",
        subject: format!("comment:{}", comment.reference),
        detail: json!({ "report": it.id.to_string(), "case": case.to_string(), "complaint": it.complaint }),
    };
    audit::append(conn, it.made_at, by.map_or(Actor::Operator, Actor::Account), act)
}

fn is_full(conn: &mut AnyConnection, it: &Report, from: Option<&Mark>) -> DbResult<bool> {
    let since = it.made_at - SPAN;
    if !it.email.is_empty() && store::made_since(conn, store::Sender::Email(&it.email), since)? >= MOST_OF_ONE {
        return Ok(true);
    }
    if let Some(mark) = from
        && store::made_since(conn, store::Sender::Mark(mark), since)? >= MOST_OF_ONE
    {
        return Ok(true);
    }
    Ok(store::made_since(conn, store::Sender::Anybody, since)? >= MOST_OF_ALL)
}
