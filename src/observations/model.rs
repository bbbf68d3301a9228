//! A table that came back, and what each of its rows means for the board. Pure.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::clock::Moment;
use crate::db::words;
use crate::deliberation::sheet::model::{Fault, Given};
use crate::ids::{AccountId, CommentId, IssueId, ReturnedTableId};
use crate::tables::columns::{Column, Layout};
use crate::tables::model::Row;

/// The most conflicts that one table may have: with more a new table is less work.
pub const MOST_CONFLICTS: usize = 200;

/// A table that came back.
#[derive(Debug, Clone)]
pub struct Returned {
    /// Which; the one-time id of the form it was sent with.
    pub id: ReturnedTableId,
    /// Comment table or disposition sheet.
    pub layout: Layout,
    /// What its sender called it.
    pub name: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Who sent it: theirs are the proposals in it.
    pub by: AccountId,
    /// When.
    pub at: Moment,
    /// When it was applied.
    pub applied: Option<Moment>,
    /// How many changes that made.
    pub changes: i64,
}

words! {
    /// What becomes of a row.
    Verdict {
        /// The board says the same.
        Same = "same",
        /// Nothing was written into it; what the board says now stays.
        Untouched = "untouched",
        /// It changes the board.
        Change = "change",
        /// It would change what was changed on the board meanwhile.
        Conflict = "conflict",
        /// Something is wrong with it; it is not taken.
        Wrong = "wrong",
    }
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// With a cell as such: its column and a message.
    Cell(String, String),
    /// It names no comment or issue.
    NoReference,
    /// Nobody knows what it names.
    UnknownReference(String),
    /// Another row names the same.
    Doubled(String),
    /// It does not say from which state of the board it was made.
    NoMark,
    /// A comment of whoever sent the table is under the issue: the proposal has to be somebody else's.
    OwnComment,
    /// The board wrote words of its own for the decision that it changes: they would be lost unseen.
    OwnWords,
    /// What is written in it.
    Written(Fault),
}

impl Problem {
    /// Whether it is in the file: it was there when the rest was applied, whatever became of the board since.
    pub fn is_of_file(&self) -> bool {
        !matches!(self, Self::OwnComment | Self::OwnWords | Self::Written(Fault::Closed(_)))
    }
}

/// What a row changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// The answer that one comment gets of its own.
    Answer {
        /// Which comment.
        comment: CommentId,
        /// What people call it.
        reference: String,
        /// The answer.
        given: Given,
    },
    /// The decision on an issue.
    Decision {
        /// Which issue.
        issue: IssueId,
        /// In place of which version of it.
        version: i64,
        /// A code; empty: none yet.
        disposition: String,
        /// Why.
        reasons: String,
    },
}

/// A row with what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its place among the rows.
    pub at: usize,
    /// What it names; empty if nothing can be made of it.
    pub subject: String,
    /// The issues it is about: names and ids.
    pub issues: Vec<(String, IssueId)>,
    /// What the board says now.
    pub before: String,
    /// What the file says.
    pub after: String,
    /// What becomes of it.
    pub verdict: Verdict,
    /// What it changes, if it is taken.
    pub writes: Vec<Write>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

/// Every row of a table with what it means.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan(pub Vec<Line>);

impl Plan {
    /// The rows with this verdict.
    pub fn with(&self, verdict: Verdict) -> impl Iterator<Item = &Line> {
        self.0.iter().filter(move |line| line.verdict == verdict)
    }

    /// Only the rows that could not be taken for what is in the file.
    #[must_use]
    pub fn unreadable(mut self) -> Self {
        self.0.retain(|line| line.verdict == Verdict::Wrong && line.problems.iter().any(Problem::is_of_file));
        self
    }

    /// How many rows have this verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.with(verdict).count()
    }

    /// Stands for all that a person sees of the plan: another board or another file gives another.
    pub fn seal(&self) -> String {
        let mut sha = Sha256::new();
        for line in &self.0 {
            let whole = format!("{line:?}");
            sha.update(whole.len().to_be_bytes());
            sha.update(whole.as_bytes());
        }
        hex::encode(sha.finalize())
    }

    /// What is written if those conflicts are decided for the file that `takes` names by their rows.
    pub fn writes(&self, takes: impl Fn(usize) -> bool) -> Vec<Write> {
        let is_taken = |line: &&Line| match line.verdict {
            Verdict::Change => true,
            Verdict::Conflict => takes(line.at),
            Verdict::Same | Verdict::Untouched | Verdict::Wrong => false,
        };
        let mut writes: Vec<Write> =
            self.0.iter().filter(is_taken).flat_map(|line| line.writes.iter().cloned()).collect();
        // Everybody takes their locks in this order.
        writes.sort_by_key(|write| match write {
            Write::Answer { comment, given, .. } => (given.issue, Some(*comment)),
            Write::Decision { issue, .. } => (*issue, None),
        });
        writes
    }
}

/// What a row of the comment table names: the reference and the mark in its first column, whatever else stands there.
pub fn named(row: &Row) -> (String, String) {
    let lines = row.get(Column::Member).split_whitespace().skip(1);
    let mut lines = lines.map(str::to_owned);
    (lines.next().unwrap_or_default(), lines.next().unwrap_or_default())
}

/// What is kept of a table.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Kept(pub Vec<Row>);
