//! The SQL of decisions.

use diesel::prelude::*;

use crate::clock::Moment;
use crate::db::schema::{accounts, decisions};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, BatchId, CommentId, DecisionId};
use crate::moderation::model::{Decision, Expected, Outcome, Undone};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = decisions, treat_none_as_default_value = false)]
struct DecisionRow {
    id: DecisionId,
    comment_id: CommentId,
    revision: i32,
    outcome: Outcome,
    reason: Option<String>,
    statement: String,
    note: String,
    decided_by: AccountId,
    decided_at: Moment,
    round: i32,
    answer_by: Option<Moment>,
    batch_id: Option<BatchId>,
    undone_at: Option<Moment>,
    undone_by: Option<AccountId>,
    undone_words: String,
}

fn of_row((row, decider_name): (DecisionRow, String)) -> Decision {
    let undone = row.undone_at.zip(row.undone_by).map(|(at, by)| Undone { at, by, words: row.undone_words });
    Decision {
        id: row.id,
        comment_id: row.comment_id,
        revision: row.revision,
        outcome: row.outcome,
        reason: row.reason,
        statement: row.statement,
        note: row.note,
        decided_by: row.decided_by,
        decider_name,
        decided_at: row.decided_at,
        round: row.round,
        answer_by: row.answer_by,
        batch: row.batch_id,
        undone,
    }
}

/// Adds a decision. The second standing one on a revision in one round fails with [`crate::db::DbError::Taken`], and so
/// does one on an appeal by whoever decided before.
pub(in crate::moderation) fn insert(conn: &mut AnyConnection, decision: &Decision) -> DbResult<()> {
    let row = DecisionRow {
        id: decision.id,
        comment_id: decision.comment_id,
        revision: decision.revision,
        outcome: decision.outcome,
        reason: decision.reason.clone(),
        statement: decision.statement.clone(),
        note: decision.note.clone(),
        decided_by: decision.decided_by,
        decided_at: decision.decided_at,
        round: decision.round,
        answer_by: decision.answer_by,
        batch_id: decision.batch,
        undone_at: None,
        undone_by: None,
        undone_words: String::new(),
    };
    diesel::insert_into(decisions::table).values(&row).execute(conn)?;
    Ok(())
}

/// Marks a decision that stands as undone. `false`: it did not stand any more.
pub(in crate::moderation) fn set_undone(conn: &mut AnyConnection, id: DecisionId, undone: &Undone) -> DbResult<bool> {
    let stands = decisions::table.filter(decisions::id.eq(id).and(decisions::undone_at.is_null()));
    let changed = diesel::update(stands)
        .set((
            decisions::undone_at.eq(Some(undone.at)),
            decisions::undone_by.eq(Some(undone.by)),
            decisions::undone_words.eq(&undone.words),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// The decision with this id, whether it stands or not.
pub fn decision(conn: &mut AnyConnection, id: DecisionId) -> DbResult<Option<Decision>> {
    let found = decisions::table
        .inner_join(accounts::table)
        .filter(decisions::id.eq(id))
        .select((DecisionRow::as_select(), accounts::name))
        .first(conn)
        .optional()?;
    Ok(found.map(of_row))
}

/// The first standing decision on `revision` in `round` or a later one.
pub fn decision_since(conn: &mut AnyConnection, id: CommentId, expected: Expected) -> DbResult<Option<Decision>> {
    let Expected { revision, round, .. } = expected;
    let same = decisions::revision.eq(revision).and(decisions::round.ge(round));
    let found = decisions::table
        .inner_join(accounts::table)
        .filter(decisions::comment_id.eq(id).and(decisions::undone_at.is_null()))
        .filter(decisions::revision.gt(revision).or(same))
        .order((decisions::revision, decisions::round))
        .select((DecisionRow::as_select(), accounts::name))
        .first(conn)
        .optional()?;
    Ok(found.map(of_row))
}

/// Every decision on a comment, also those that were undone; the newest last.
pub fn decisions_of(conn: &mut AnyConnection, id: CommentId) -> DbResult<Vec<Decision>> {
    let rows: Vec<(DecisionRow, String)> = decisions::table
        .inner_join(accounts::table)
        .filter(decisions::comment_id.eq(id))
        .order((decisions::revision, decisions::round, decisions::decided_at, decisions::id))
        .select((DecisionRow::as_select(), accounts::name))
        .load(conn)?;
    Ok(rows.into_iter().map(of_row).collect())
}

/// The last decision on a comment that stands: the only one that can be undone.
pub fn last_standing(conn: &mut AnyConnection, id: CommentId) -> DbResult<Option<DecisionId>> {
    let standing = decisions::table.filter(decisions::comment_id.eq(id).and(decisions::undone_at.is_null()));
    let last = standing.order((decisions::revision.desc(), decisions::round.desc())).select(decisions::id);
    Ok(last.first(conn).optional()?)
}

/// The newest decision that `account` took after `since`, whether it stands or not.
pub fn latest_of(conn: &mut AnyConnection, account: AccountId, since: Moment) -> DbResult<Option<Decision>> {
    let found = decisions::table
        .inner_join(accounts::table)
        .filter(decisions::decided_by.eq(account).and(decisions::decided_at.gt(since)))
        .order((decisions::decided_at.desc(), decisions::id.desc()))
        .select((DecisionRow::as_select(), accounts::name))
        .first(conn)
        .optional()?;
    Ok(found.map(of_row))
}

/// By when the authors of these comments were asked to answer, where they were: the newest request of each.
pub fn answers_due(conn: &mut AnyConnection, comments: &[CommentId]) -> DbResult<Vec<(CommentId, Moment)>> {
    let rows: Vec<(CommentId, Option<Moment>)> = decisions::table
        .filter(decisions::comment_id.eq_any(comments.to_vec()).and(decisions::undone_at.is_null()))
        .filter(decisions::answer_by.is_not_null())
        .order((decisions::comment_id, decisions::revision))
        .select((decisions::comment_id, decisions::answer_by))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, at)| Some((id, at?))).collect())
}
