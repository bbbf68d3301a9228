//! Answering reports: one winner, one note, one audit entry, a letter to everybody who left an address.

use std::collections::BTreeSet;

use serde_json::json;

use super::model::{Case, Given};
use super::{mail, store};
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::comments;
use crate::db::{AnyConnection, DbResult};
use crate::ids::AccountId;
use crate::mail as post;
use crate::moderation::name_reports::{self, model::NameReport};

/// Ends a case whose reports were all read: as many as `case` counts. `false`: somebody was quicker, or another report came
/// meanwhile; nothing was changed.
pub fn case(conn: &mut AnyConnection, now: Moment, by: AccountId, case: &Case, given: &Given) -> DbResult<bool> {
    if !store::close(conn, now, by, case, given)? {
        return Ok(false);
    }
    let Some(comment) = comments::store::by_id(conn, case.comment)? else { return Ok(false) };
    let mut told = BTreeSet::new();
    for report in store::of_case(conn, case.id)? {
        if !report.email.is_empty() && told.insert(report.email.clone()) {
            post::queue(conn, now, mail::answered(&report, &comment.reference, given))?;
        }
    }
    let act = Act {
        action: "comment.reports_answered",
        subject: format!("comment:{}", comment.reference),
        detail: json!({ "case": case.id.to_string(), "reports": case.reports, "answer": given.answer.as_str() }),
    };
    audit::append(conn, now, Actor::Account(by), act)?;
    Ok(true)
}

/// Ends word that a name was used. `false`: somebody was quicker; nothing was changed.
pub fn name_report(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    it: &NameReport,
    given: &Given,
) -> DbResult<bool> {
    if !name_reports::store::close(conn, now, by, it.id, given)? {
        return Ok(false);
    }
    post::queue(conn, now, mail::name_report_answered(it.id, &it.email, &it.references, given))?;
    let act = Act {
        action: "name_report.handled",
        subject: format!("name_report:{}", it.id),
        detail: json!({ "answer": given.answer.as_str() }),
    };
    audit::append(conn, now, Actor::Account(by), act)?;
    Ok(true)
}
