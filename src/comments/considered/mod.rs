//! What was made of a comment: under which issues it was considered, what was decided, how its author found that; and who
//! stands behind an issue. How it is decided is another room's: this one keeps what a comment carries with it.

pub mod model;
pub mod store;

use crate::db::{AnyConnection, DbResult};
use crate::epochs::{self, Scope};
use crate::ids::{CommentId, IssueId};

/// Comments were accepted or are not accepted any more: whoever stands behind their issues is counted anew. Called after
/// the rows of the comments were changed and before the record is, so that everybody takes locks in the same order:
/// comments, issues, the record.
pub fn changed(conn: &mut AnyConnection, comments: &[CommentId]) -> DbResult<()> {
    for issue in store::issues_of(conn, comments)? {
        store::hold(conn, issue)?;
        count(conn, issue)?;
        // A page that everyone reads counts them.
        if let Some(slug) = store::published_on(conn, issue)? {
            epochs::raise(conn, Scope::Record)?;
            epochs::raise(conn, Scope::Norm(&slug))?;
        }
    }
    Ok(())
}

/// Counts anew who stands behind an issue: on the board, and behind what was published of it. The caller holds the issue.
pub fn count(conn: &mut AnyConnection, issue: IssueId) -> DbResult<()> {
    let behind = store::behind(conn, issue)?;
    store::put_tallies(conn, issue, model::Edition::Board, &model::tallies(&behind))?;
    let behind = store::behind_published(conn, issue)?;
    let shown: Vec<model::Tally> = model::tallies(&behind).iter().map(model::Tally::shown).collect();
    store::put_tallies(conn, issue, model::Edition::Public, &shown)
}
