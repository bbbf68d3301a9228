//! The SQL of the report.

use diesel::prelude::*;

use super::model::{Report, Words};
use crate::clock::Moment;
use crate::db::schema::{accounts, reports};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, ConsultationId};

/// The report on this consultation, written or not.
pub fn of(conn: &mut AnyConnection, id: ConsultationId) -> DbResult<Report> {
    let found: Option<(String, String, i64, Moment, String)> = reports::table
        .inner_join(accounts::table.on(accounts::id.eq(reports::changed_by)))
        .filter(reports::consultation_id.eq(id))
        .select((reports::overview, reports::summary, reports::version, reports::changed_at, accounts::name))
        .first(conn)
        .optional()?;
    let report = found.map(|(overview, summary, version, at, by)| Report {
        words: Words { overview, summary },
        version,
        changed: Some((at, by)),
    });
    Ok(report.unwrap_or_default())
}

/// Puts texts in place of those of `version`; 0: there were none. `false`: it is another by now.
pub(super) fn put(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    (id, version): (ConsultationId, i64),
    words: &Words,
) -> DbResult<bool> {
    let texts = (
        reports::overview.eq(&words.overview),
        reports::summary.eq(&words.summary),
        reports::version.eq(version + 1),
        reports::changed_by.eq(by),
        reports::changed_at.eq(now),
    );
    if version == 0 {
        let values = (reports::consultation_id.eq(id), texts);
        return Ok(diesel::insert_into(reports::table).values(values).execute(conn)? == 1);
    }
    let row = reports::table.filter(reports::consultation_id.eq(id).and(reports::version.eq(version)));
    Ok(diesel::update(row).set(texts).execute(conn)? == 1)
}
