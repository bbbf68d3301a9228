//! Undoes every decision of a batch that still stands, each as it would be undone alone.

use super::store;
use crate::clock::Moment;
use crate::comments;
use crate::db::{AnyConnection, Db, DbError, DbResult};
use crate::ids::{BatchId, DecisionId};
use crate::moderation::mail::Letterhead;
use crate::moderation::store::decision;
use crate::moderation::undo::{self as one, UndoError, Undoer};

/// What came of undoing a batch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Undone {
    /// How many decisions don't stand any more.
    pub undone: usize,
    /// How many stay: something followed from them.
    pub stay: usize,
}

/// The decisions of a batch that still stand.
pub fn standing(conn: &mut AnyConnection, batch: BatchId) -> DbResult<Vec<DecisionId>> {
    let members = store::members(conn, batch)?;
    Ok(members.into_iter().filter_map(|it| it.decision).filter(|(_, stands)| *stands).map(|(id, _)| id).collect())
}

/// Whether the author of any of these was told already: then undoing them needs words.
pub fn is_any_told(conn: &mut AnyConnection, decisions: &[DecisionId]) -> DbResult<bool> {
    for id in decisions {
        if let Some(decision) = decision(conn, *id)?
            && let Some(comment) = comments::store::by_id(conn, decision.comment_id)?
            && !one::is_unseen(conn, &decision, &comment)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Undoes what can be undone. `words` go to those authors who were told; without words their decisions stay.
pub async fn undo(
    db: &Db,
    now: Moment,
    by: Undoer,
    batch: BatchId,
    words: &str,
    letters: &Letterhead,
) -> Result<Undone, DbError> {
    let mut all = Undone::default();
    for id in db.read(move |conn| standing(conn, batch)).await? {
        let (words, letters) = (words.to_owned(), letters.clone());
        match db.write(move |conn| one::undo(conn, now, by, id, &words, &letters)).await {
            Ok(_) => all.undone += 1,
            Err(UndoError::Db(error)) => return Err(error),
            Err(_) => all.stay += 1,
        }
    }
    Ok(all)
}
