//! The SQL of decisions on many comments at once.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::model::{Batch, Fate, Item, ItemResult, Member};
use crate::clock::Moment;
use crate::comments::model::{Comment, State};
use crate::comments::store::{CommentRow, RevisionRow, comment, current};
use crate::db::schema::{accounts, batch_items, batches, comments, decisions};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, BatchId, CommentId, DecisionId};
use crate::moderation::model::{Outcome, Verdict};

/// Notes what is to be decided, before anything is. The second batch of this id fails with [`crate::db::DbError::Taken`].
pub(super) fn begin(
    conn: &mut AnyConnection,
    now: Moment,
    (batch, by): (BatchId, AccountId),
    verdict: &Verdict,
    items: &[Item],
) -> DbResult<()> {
    diesel::insert_into(batches::table)
        .values((
            batches::id.eq(batch),
            batches::made_by.eq(by),
            batches::outcome.eq(verdict.outcome),
            batches::reason.eq(verdict.reason.as_ref().map(|reason| reason.code.clone())),
            batches::made_at.eq(now),
        ))
        .execute(conn)?;
    for ((id, _), place) in items.iter().zip(0_i32..) {
        diesel::insert_into(batch_items::table)
            .values((
                batch_items::batch_id.eq(batch),
                batch_items::place.eq(place),
                batch_items::comment_id.eq(*id),
                batch_items::result.eq(Fate::Waiting),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Notes what came of one of them.
pub(super) fn note(conn: &mut AnyConnection, batch: BatchId, result: &ItemResult) -> DbResult<()> {
    let row = batch_items::batch_id.eq(batch).and(batch_items::comment_id.eq(result.comment));
    diesel::update(batch_items::table.filter(row))
        .set((batch_items::result.eq(result.fate), batch_items::other_id.eq(result.other)))
        .execute(conn)?;
    Ok(())
}

/// Those of `ids` that there are.
pub(super) fn known(conn: &mut AnyConnection, ids: &[CommentId]) -> DbResult<Vec<CommentId>> {
    Ok(comments::table.filter(comments::id.eq_any(ids.to_vec())).select(comments::id).load(conn)?)
}

/// The comments with these ids as they stand now, in the order of the queue.
pub(super) fn chosen(conn: &mut AnyConnection, ids: &[CommentId]) -> DbResult<Vec<Comment>> {
    let rows: Vec<(CommentRow, RevisionRow)> = current()
        .filter(comments::id.eq_any(ids.to_vec()))
        .order((comments::priority, comments::submitted_at, comments::id))
        .select((CommentRow::as_select(), RevisionRow::as_select()))
        .load(conn)?;
    rows.into_iter().map(comment).collect()
}

/// The batch with this id.
pub fn batch(conn: &mut AnyConnection, id: BatchId) -> DbResult<Option<Batch>> {
    let row: Option<(AccountId, String, Outcome, Option<String>, Moment)> = batches::table
        .inner_join(accounts::table.on(accounts::id.eq(batches::made_by)))
        .filter(batches::id.eq(id))
        .select((batches::made_by, accounts::name, batches::outcome, batches::reason, batches::made_at))
        .first(conn)
        .optional()?;
    Ok(row.map(|(made_by, maker, outcome, reason, made_at)| Batch { id, made_by, maker, outcome, reason, made_at }))
}

/// Everything that was to be decided, as it stands now.
pub fn members(conn: &mut AnyConnection, batch: BatchId) -> DbResult<Vec<Member>> {
    let taken: Vec<(CommentId, DecisionId, bool)> = decisions::table
        .filter(decisions::batch_id.eq(batch))
        .select((decisions::comment_id, decisions::id, decisions::undone_at.is_null()))
        .load(conn)?;
    let taken: BTreeMap<CommentId, (DecisionId, bool)> =
        taken.into_iter().map(|(comment, id, stands)| (comment, (id, stands))).collect();
    let rows: Vec<(CommentId, String, State, Fate, Option<String>)> = batch_items::table
        .inner_join(comments::table)
        .left_join(accounts::table.on(batch_items::other_id.eq(accounts::id.nullable())))
        .filter(batch_items::batch_id.eq(batch))
        .order(batch_items::place)
        .select((comments::id, comments::reference, comments::state, batch_items::result, accounts::name.nullable()))
        .load(conn)?;
    let member = |(comment, reference, state, fate, other): (CommentId, _, _, _, Option<String>)| Member {
        decision: taken.get(&comment).copied(),
        other: other.unwrap_or_default(),
        comment,
        reference,
        state,
        fate,
    };
    Ok(rows.into_iter().map(member).collect())
}
