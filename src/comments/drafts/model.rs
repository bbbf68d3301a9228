//! A draft and how long it is kept.

use chrono::TimeDelta;

use crate::clock::Moment;
use crate::comments::model::Kind;
use crate::db::words;
use crate::ids::{AccountId, DraftId, NormId, OrganisationId, TextVersionId};

words! {
    /// What a draft becomes when it is sent.
    Purpose {
        /// A comment.
        Comment = "comment",
        /// Another revision of a comment.
        Correction = "correction",
        /// A position paper: a comment of each of its parts.
        Paper = "paper",
        /// A comment table: a comment of each of its rows.
        Table = "table",
    }
}

/// How long a draft is kept after its last change.
pub const KEPT: TimeDelta = TimeDelta::days(30);

/// How many drafts one person may have.
pub const MOST_DRAFTS: i64 = 200;

/// Something begun and not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Which; the one-time form id it will be sent with.
    pub id: DraftId,
    /// Who began it.
    pub account: AccountId,
    /// Whose members may open and change it too.
    pub organisation: Option<OrganisationId>,
    /// What it becomes.
    pub purpose: Purpose,
    /// The text it is about; a paper or a table is about several.
    pub norm: Option<NormId>,
    /// The wording it was begun on.
    pub text_version: Option<TextVersionId>,
    /// Of which kind the comment will be.
    pub kind: Option<Kind>,
    /// The comment that a correction is of.
    pub reference: Option<String>,
    /// Its first words, to know it by in a list.
    pub title: String,
    /// What was typed, as JSON that its purpose reads: for a composer its fields.
    pub content: String,
    /// Counts changes, from 1.
    pub version: i64,
    /// Who changed it last.
    pub edited_by: AccountId,
    /// When.
    pub edited_at: Moment,
    /// Who had it open last.
    pub opened_by: Option<AccountId>,
    /// When.
    pub opened_at: Option<Moment>,
    /// When it was begun.
    pub created_at: Moment,
}

impl Draft {
    /// When it is thrown away.
    pub fn kept_until(&self) -> Moment {
        self.edited_at + KEPT
    }
}
