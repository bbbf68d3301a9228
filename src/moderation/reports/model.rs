//! A reader's report, the case that all reports on one comment make, and how it ends.

use crate::clock::Moment;
use crate::db;
use crate::ids::{CommentId, ReportCaseId, ReportId};

/// How many reports the portal keeps from one sender, be it a mail address or a network address, and from all together,
/// in [`super::super::name_reports::model::SPAN`].
pub const MOST_OF_ONE: i64 = 20;
/// See [`MOST_OF_ONE`].
pub const MOST_OF_ALL: i64 = 300;

/// The longest text of a report, of a reply or of a note, in graphemes.
pub const LONGEST_TEXT: usize = 5_000;

db::words! {
    /// What the desk did about reports.
    Answer {
        /// The comment stays as it is.
        Nothing = "nothing",
        /// The comment is taken up again for review.
        Review = "review",
    }
}

impl Answer {
    /// The message that names it.
    pub fn message(self) -> &'static str {
        match self {
            Self::Nothing => "report-answer-nothing",
            Self::Review => "report-answer-review",
        }
    }

    /// The message that says what follows from it.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Nothing => "report-answer-nothing-hint",
            Self::Review => "report-answer-review-hint",
        }
    }
}

/// What a reader wrote about a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Which; the one-time form id.
    pub id: ReportId,
    /// What is wrong: a code of the vocabulary.
    pub complaint: String,
    /// In their words; may be empty.
    pub text: String,
    /// Where to answer; empty if they left none.
    pub email: String,
    /// The language of letters to them.
    pub language: String,
    /// When.
    pub made_at: Moment,
}

/// All reports on one comment until they are answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Which.
    pub id: ReportCaseId,
    /// About which comment.
    pub comment: CommentId,
    /// How many reports: what an answer is guarded by.
    pub reports: i32,
    /// When the first came.
    pub opened_at: Moment,
    /// How it ended, if it did.
    pub answered: Option<Answered>,
}

/// How reports ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// When.
    pub at: Moment,
    /// By whom; their name now.
    pub by: String,
    /// What was done; `None` on reports from before there was a choice.
    pub answer: Option<Answer>,
    /// What those who reported were told besides; may be empty.
    pub reply: String,
    /// For the desk only.
    pub note: String,
}

/// An answer as a moderator gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// What is done.
    pub answer: Answer,
    /// To those who reported and left an address; may be empty.
    pub reply: String,
    /// For the desk only.
    pub note: String,
}
