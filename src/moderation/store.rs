//! The SQL of moderation.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::model::{Decision, Expected, Filter, Outcome};
use crate::clock::Moment;
use crate::comments::body::Body;
use crate::comments::model::{Comment, State};
use crate::comments::store::{CommentRow, RevisionRow, comment, current};
use crate::db::schema::{accounts, comment_revisions, comments, decisions};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, CommentId, DecisionId};
use crate::web::paging::{Cursor, ROWS};

/// Counting a state stops here: beyond it a page says "more than".
pub const MOST_COUNTED: i64 = 10_000;

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
}

fn decision((row, decider_name): (DecisionRow, String)) -> Decision {
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
    }
}

fn listed(
    conn: &mut AnyConnection,
    state: State,
    filter: &Filter,
    after: Option<Cursor<CommentId>>,
    most: usize,
) -> DbResult<Vec<Comment>> {
    let mut query = current().filter(comments::state.eq(state)).into_boxed();
    if let Some((norm, _)) = filter.norm {
        query = query.filter(comments::norm_id.eq(norm));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(comments::kind.eq(kind));
    }
    if let Some(group) = filter.group.clone() {
        query = query.filter(comments::stakeholder_group.eq(group));
    }
    if let Some(Cursor { at, id }) = after {
        // The first condition alone gives the index its start.
        query = query.filter(comments::submitted_at.ge(at));
        query = query.filter(comments::submitted_at.gt(at).or(comments::submitted_at.eq(at).and(comments::id.gt(id))));
    }
    let rows: Vec<(CommentRow, RevisionRow)> = query
        .order((comments::submitted_at, comments::id))
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .select((CommentRow::as_select(), RevisionRow::as_select()))
        .load(conn)?;
    rows.into_iter().map(comment).collect()
}

/// The comments of a state, the longest waiting first; one row more than a page as the sign that more follow.
pub fn in_state(
    conn: &mut AnyConnection,
    state: State,
    filter: &Filter,
    after: Option<Cursor<CommentId>>,
) -> DbResult<Vec<Comment>> {
    listed(conn, state, filter, after, ROWS + 1)
}

/// The comment of a state to decide on after the one at `after`: the next that waits, else the first.
pub fn next_in(
    conn: &mut AnyConnection,
    state: State,
    filter: &Filter,
    after: Cursor<CommentId>,
) -> DbResult<Option<Comment>> {
    let next = listed(conn, state, filter, Some(after), 1)?.pop();
    if next.is_some() { Ok(next) } else { Ok(listed(conn, state, filter, None, 1)?.pop()) }
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// How many comments are in each state; never counts further than one past [`MOST_COUNTED`].
pub fn counts(conn: &mut AnyConnection) -> DbResult<Vec<(State, i64)>> {
    let mut found = Vec::new();
    for state in State::ALL {
        let counted: Counted = diesel::sql_query(
            "SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM comments WHERE state = $1 LIMIT 10001) AS counted",
        )
        .bind::<Text, _>(state.as_str())
        .get_result(conn)?;
        found.push((*state, counted.n));
    }
    Ok(found)
}

/// How many comments an author has in each state; states without any are left out.
pub fn history(conn: &mut AnyConnection, account: AccountId) -> DbResult<Vec<(State, i64)>> {
    let mut found: Vec<(State, i64)> = comments::table
        .filter(comments::account_id.eq(account))
        .group_by(comments::state)
        .select((comments::state, diesel::dsl::count_star()))
        .load(conn)?;
    found.sort_by_key(|(state, _)| State::ALL.iter().position(|known| known == state));
    Ok(found)
}

/// Adds a decision. The second one on a revision in one round fails with [`crate::db::DbError::Taken`], and so does one
/// on an appeal by whoever decided before.
pub(super) fn insert(conn: &mut AnyConnection, decision: &Decision) -> DbResult<()> {
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
    };
    diesel::insert_into(decisions::table).values(&row).execute(conn)?;
    Ok(())
}

/// The first decision on `revision` in `round` or a later one.
pub fn decision_since(conn: &mut AnyConnection, id: CommentId, expected: Expected) -> DbResult<Option<Decision>> {
    let Expected { revision, round, .. } = expected;
    let same = decisions::revision.eq(revision).and(decisions::round.ge(round));
    let found = decisions::table
        .inner_join(accounts::table)
        .filter(decisions::comment_id.eq(id))
        .filter(decisions::revision.gt(revision).or(same))
        .order((decisions::revision, decisions::round))
        .select((DecisionRow::as_select(), accounts::name))
        .first(conn)
        .optional()?;
    Ok(found.map(decision))
}

/// Every decision on a comment, the newest last.
pub fn decisions_of(conn: &mut AnyConnection, id: CommentId) -> DbResult<Vec<Decision>> {
    let rows: Vec<(DecisionRow, String)> = decisions::table
        .inner_join(accounts::table)
        .filter(decisions::comment_id.eq(id))
        .order((decisions::revision, decisions::round))
        .select((DecisionRow::as_select(), accounts::name))
        .load(conn)?;
    Ok(rows.into_iter().map(decision).collect())
}

/// What a comment said before its current revision.
#[derive(Debug, Clone)]
pub struct Earlier {
    /// Which revision.
    pub revision: i32,
    /// When it was sent.
    pub sent_at: Moment,
    /// What it said.
    pub body: Body,
}

/// The revisions before the current one, the newest first, at most `most`.
pub fn earlier(conn: &mut AnyConnection, id: CommentId, most: i64) -> DbResult<Vec<Earlier>> {
    let rows: Vec<(CommentRow, RevisionRow, i32, Moment)> = comments::table
        .inner_join(comment_revisions::table)
        .filter(comments::id.eq(id).and(comment_revisions::revision.lt(comments::revision)))
        .order(comment_revisions::revision.desc())
        .limit(most)
        .select((
            CommentRow::as_select(),
            RevisionRow::as_select(),
            comment_revisions::revision,
            comment_revisions::created_at,
        ))
        .load(conn)?;
    rows.into_iter()
        .map(|(row, text, revision, sent_at)| Ok(Earlier { revision, sent_at, body: comment((row, text))?.body }))
        .collect()
}
