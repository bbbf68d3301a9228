//! The SQL of appeals against redactions, and how many appeals of either sort ended in which way.

use diesel::prelude::*;

use crate::clock::Moment;
use crate::comments::redaction::model::Ending;
use crate::db::schema::{accounts, comments, decisions, redaction_appeals, redactions};
use crate::db::{AnyConnection, DbResult};
use crate::ids::RedactionId;
use crate::moderation::model::Outcome;

/// The most rows that the list shows.
const MOST: i64 = 200;

/// An appeal in the list.
#[derive(Debug, Clone, Queryable)]
pub struct Listed {
    /// Against which redaction.
    pub id: RedactionId,
    /// Of which comment.
    pub reference: String,
    /// Who took the words out.
    pub by: String,
    /// When its author appealed.
    pub made_at: Moment,
    /// How it ended, if it did.
    pub outcome: Option<Ending>,
}

/// Appeals against redactions that wait, the longest waiting first, or that ended, the newest first; at most two hundred.
pub fn appeals(conn: &mut AnyConnection, ended: bool) -> DbResult<Vec<Listed>> {
    let all = redaction_appeals::table
        .inner_join(redactions::table)
        .inner_join(comments::table.on(comments::id.eq(redactions::comment_id)))
        .inner_join(accounts::table.on(accounts::id.eq(redactions::decided_by)))
        .select((
            redaction_appeals::redaction_id,
            comments::reference,
            accounts::name,
            redaction_appeals::made_at,
            redaction_appeals::outcome,
        ))
        .limit(MOST);
    Ok(if ended {
        all.filter(redaction_appeals::decided_at.is_not_null())
            .order((redaction_appeals::decided_at.desc(), redaction_appeals::redaction_id))
            .load(conn)?
    } else {
        all.filter(redaction_appeals::decided_at.is_null())
            .order((redaction_appeals::made_at, redaction_appeals::redaction_id))
            .load(conn)?
    })
}

/// How many appeals there were, against declines and redactions together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Appeals {
    /// That ended with the comment published, or its words put back.
    pub overturned: i64,
    /// That left everything as it was decided first.
    pub upheld: i64,
}

/// Counts the appeals that ended, by how they ended.
pub fn appeals_counted(conn: &mut AnyConnection) -> DbResult<Appeals> {
    let on_declines: Vec<(Outcome, i64)> = decisions::table
        .filter(decisions::round.gt(0).and(decisions::undone_at.is_null()))
        .group_by(decisions::outcome)
        .select((decisions::outcome, diesel::dsl::count_star()))
        .load(conn)?;
    let on_redactions: Vec<(Option<Ending>, i64)> = redaction_appeals::table
        .filter(redaction_appeals::decided_at.is_not_null())
        .group_by(redaction_appeals::outcome)
        .select((redaction_appeals::outcome, diesel::dsl::count_star()))
        .load(conn)?;
    let mut counted = Appeals::default();
    for (outcome, count) in on_declines {
        if outcome == Outcome::Publish { counted.overturned += count } else { counted.upheld += count }
    }
    for (ending, count) in on_redactions {
        if ending == Some(Ending::Restored) { counted.overturned += count } else { counted.upheld += count }
    }
    Ok(counted)
}
