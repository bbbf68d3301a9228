//! The SQL of what was before: earlier revisions, other comments of an author.

use diesel::prelude::*;

use crate::clock::Moment;
use crate::comments::body::Body;
use crate::comments::model::State;
use crate::comments::store::{CommentRow, RevisionRow, comment};
use crate::db::schema::{comment_revisions, comments};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, CommentId};

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
