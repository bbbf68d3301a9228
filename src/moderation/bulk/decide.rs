//! Takes one verdict on many comments: one transaction for each, so that one that is lost takes nothing with it.

use super::model::{Fate, Item, ItemResult, MOST};
use super::store;
use crate::clock::Moment;
use crate::db::{AnyConnection, Db, DbError};
use crate::ids::{AccountId, BatchId, CommentId};
use crate::moderation::decide::{self as one, DecideError};
use crate::moderation::mail::Letterhead;
use crate::moderation::model::{Expected, Verdict};

/// Why nothing was decided.
#[derive(Debug, thiserror::Error)]
pub enum BulkError {
    /// There is nothing to decide.
    #[error("nothing was chosen")]
    Nothing,
    /// More than can be decided at a time; how many.
    #[error("{0} comments at once")]
    TooMany(usize),
    /// One of the ids is no comment's.
    #[error("no such comment")]
    NoSuchComment,
    /// The database failed. [`DbError::Taken`]: the same form was sent before. What was decided until then stays.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Decides on every one of `items` for `by`, and says what came of each, in the same order.
///
/// `batch` is the id that all of it is known by, made by the caller: the same one again is refused. Either nothing is
/// done, or everything has a result; a server that is killed meanwhile leaves the rest as [`Fate::Waiting`].
pub async fn decide(
    db: &Db,
    now: Moment,
    (batch, by): (BatchId, AccountId),
    items: Vec<Item>,
    verdict: Verdict,
    letters: &Letterhead,
) -> Result<Vec<ItemResult>, BulkError> {
    if items.is_empty() {
        return Err(BulkError::Nothing);
    }
    if items.len() > MOST {
        return Err(BulkError::TooMany(items.len()));
    }
    let (planned, said) = (items.clone(), verdict.clone());
    db.write(move |conn| begin(conn, now, (batch, by), &said, &planned)).await?;
    let mut results = Vec::new();
    for (id, expected) in items {
        let letters = Letterhead { batch: Some(batch), ..letters.clone() };
        results.push(decide_one(db, now, by, (id, expected), verdict.clone(), letters, batch).await?);
    }
    Ok(results)
}

fn begin(
    conn: &mut AnyConnection,
    now: Moment,
    batch: (BatchId, AccountId),
    verdict: &Verdict,
    items: &[Item],
) -> Result<(), BulkError> {
    let ids: Vec<CommentId> = items.iter().map(|(id, _)| *id).collect();
    if store::known(conn, &ids)?.len() != ids.len() {
        return Err(BulkError::NoSuchComment);
    }
    Ok(store::begin(conn, now, batch, verdict, items)?)
}

async fn decide_one(
    db: &Db,
    now: Moment,
    by: AccountId,
    (id, expected): (CommentId, Expected),
    verdict: Verdict,
    letters: Letterhead,
    batch: BatchId,
) -> Result<ItemResult, DbError> {
    let taken = db
        .write(move |conn| {
            one::decide(conn, now, by, id, expected, &verdict, &letters)?;
            let done = ItemResult { comment: id, fate: Fate::Done, other: None };
            store::note(conn, batch, &done)?;
            Ok::<_, DecideError>(done)
        })
        .await;
    let error = match taken {
        Ok(done) => return Ok(done),
        Err(DecideError::Db(DbError::Taken(_))) => db.read(move |conn| one::lost(conn, id, expected)).await?,
        Err(error) => error,
    };
    let (fate, other) = fate(error)?;
    let result = ItemResult { comment: id, fate, other };
    let noted = result.clone();
    db.write(move |conn| store::note(conn, batch, &noted)).await?;
    Ok(result)
}

fn fate(error: DecideError) -> Result<(Fate, Option<AccountId>), DbError> {
    Ok(match error {
        DecideError::Decided(decision) => (Fate::Decided, Some(decision.decided_by)),
        DecideError::Changed(_) | DecideError::NoSuchComment => (Fate::Changed, None),
        DecideError::OwnComment | DecideError::EnteredThemselves => (Fate::Own, None),
        DecideError::OwnDecision => (Fate::OwnDecision, None),
        DecideError::Unscanned => (Fate::Unscanned, None),
        DecideError::Claimed(claim) => (Fate::Claimed, Some(claim.holder)),
        DecideError::Db(error) => return Err(error),
    })
}
