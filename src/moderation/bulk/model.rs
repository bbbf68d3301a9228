//! Many comments decided together, and what came of each. Pure.

use crate::clock::Moment;
use crate::comments::model::State;
use crate::db::words;
use crate::ids::{AccountId, BatchId, CommentId, DecisionId};
use crate::moderation::model::{Expected, Outcome};

/// How many comments can be decided at a time.
pub const MOST: usize = 100;

/// A comment as the moderator had it on the screen.
pub type Item = (CommentId, Expected);

words! {
    /// What came of one of many.
    Fate {
        /// Its turn has not come, or the work was broken off before.
        Waiting = "waiting",
        /// Decided.
        Done = "done",
        /// Somebody else was quicker.
        Decided = "decided",
        /// Its author corrected it or took it back, or a decision on it was undone.
        Changed = "changed",
        /// Nobody publishes a comment of their own.
        Own = "own",
        /// An appeal is decided by somebody else than the one who declined.
        OwnDecision = "own-decision",
        /// A file of it has yet to be looked through.
        Unscanned = "unscanned",
        /// Somebody else works on it.
        Claimed = "claimed",
    }
}

/// One of many, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemResult {
    /// Which comment.
    pub comment: CommentId,
    /// What came of it.
    pub fate: Fate,
    /// Who was quicker, or works on it.
    pub other: Option<AccountId>,
}

/// Many comments that were decided together.
#[derive(Debug, Clone)]
pub struct Batch {
    /// Which.
    pub id: BatchId,
    /// By whom.
    pub made_by: AccountId,
    /// Their name now.
    pub maker: String,
    /// What was decided.
    pub outcome: Outcome,
    /// Why they were declined: a code of the vocabulary.
    pub reason: Option<String>,
    /// When.
    pub made_at: Moment,
}

/// One of them as it stands now.
#[derive(Debug, Clone)]
pub struct Member {
    /// Which comment.
    pub comment: CommentId,
    /// What people call it.
    pub reference: String,
    /// Where it stands now.
    pub state: State,
    /// What came of it then.
    pub fate: Fate,
    /// The name of who was quicker, or worked on it; mostly empty.
    pub other: String,
    /// The decision that was taken, and whether it still stands.
    pub decision: Option<(DecisionId, bool)>,
}
