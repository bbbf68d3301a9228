//! Reads entries for people: newest first by pages, or from the first on for a file.

use diesel::prelude::*;

use crate::audit::model::{Asked, Line, Way};
use crate::clock::Moment;
use crate::db::schema::audit_log;
use crate::db::{AnyConnection, DbResult};
use crate::ids::AccountId;

type Columns = (i64, Moment, Option<AccountId>, String, String, String, Vec<u8>);

/// At most `most` of the entries that were asked for. Each filter alone has an index that also gives the order: `at`,
/// `actor` and `action` with `at`; a subject has few entries.
pub fn lines(conn: &mut AnyConnection, asked: &Asked, way: Way, most: i64) -> DbResult<Vec<Line>> {
    let mut query = audit_log::table.into_boxed();
    match asked.actor {
        Some(Some(id)) => query = query.filter(audit_log::actor.eq(id)),
        Some(None) => query = query.filter(audit_log::actor.is_null()),
        None => {}
    }
    if let Some(action) = asked.action.clone() {
        query = query.filter(audit_log::action.eq(action));
    }
    if let Some(subject) = asked.subject.clone() {
        query = query.filter(audit_log::subject.eq(subject));
    }
    if let Some(from) = asked.from {
        query = query.filter(audit_log::at.ge(from));
    }
    if let Some(to) = asked.to {
        query = query.filter(audit_log::at.lt(to));
    }
    // Of the two conditions on a place the first alone gives the index its start.
    query = match way {
        Way::Back { before } => {
            if let Some((at, seq)) = before {
                let is_older = audit_log::at.lt(at).or(audit_log::at.eq(at).and(audit_log::seq.lt(seq)));
                query = query.filter(audit_log::at.le(at)).filter(is_older);
            }
            query.order((audit_log::at.desc(), audit_log::seq.desc()))
        }
        Way::On { after, last } => {
            if let Some((at, seq)) = after {
                let is_newer = audit_log::at.gt(at).or(audit_log::at.eq(at).and(audit_log::seq.gt(seq)));
                query = query.filter(audit_log::at.ge(at)).filter(is_newer);
            }
            query.filter(audit_log::seq.le(last)).order((audit_log::at, audit_log::seq))
        }
    };
    let rows: Vec<Columns> = query
        .limit(most)
        .select((
            audit_log::seq,
            audit_log::at,
            audit_log::actor,
            audit_log::action,
            audit_log::subject,
            audit_log::detail,
            audit_log::hash,
        ))
        .load(conn)?;
    let line = |(seq, at, actor, action, subject, detail, hash)| Line { seq, at, actor, action, subject, detail, hash };
    Ok(rows.into_iter().map(line).collect())
}
