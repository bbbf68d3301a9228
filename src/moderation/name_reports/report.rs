//! Taking in a report: one transaction, however often the form is sent.

use serde_json::json;

use super::model::{MOST_OF_ALL, MOST_OF_ONE, NameReport, SPAN};
use super::{mail, store};
use crate::accounts::register::has_enough;
use crate::audit::{self, Act, Actor};
use crate::db::{AnyConnection, DbError};
use crate::ids::AccountId;
use crate::mail as post;
use crate::web::Language;

/// Why a report was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The desk has had as many this hour as it can read.
    #[error("too many reports")]
    TooMany,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Keeps a report and confirms it by mail, to one address at most `most` times an hour. `by` is who was signed in, if anybody was.
pub fn report(
    conn: &mut AnyConnection,
    it: &NameReport,
    by: Option<AccountId>,
    lang: &Language,
    most: i64,
) -> Result<(), ReportError> {
    if store::by_id(conn, it.id)?.is_some() {
        return Ok(());
    }
    let since = it.made_at - SPAN;
    if store::made_since(conn, Some(&it.email), since)? >= MOST_OF_ONE
        || store::made_since(conn, None, since)? >= MOST_OF_ALL
    {
        return Err(ReportError::TooMany);
    }
    store::insert(conn, it)?;
    if !has_enough(conn, it.made_at, &it.email, mail::KIND, most)? {
        post::queue(conn, it.made_at, mail::received(it, lang))?;
    }
    let references: Vec<&str> = it.references.lines().collect();
    let act = Act {
        action: "name_report.made",
        subject: format!("name_report:{}", it.id),
        detail: json!({ "references": references }),
    };
    Ok(audit::append(conn, it.made_at, by.map_or(Actor::Operator, Actor::Account), act)?)
}
