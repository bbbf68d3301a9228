//! A claim. Pure.

use chrono::TimeDelta;

use crate::clock::Moment;
use crate::ids::{AccountId, CommentId};

/// How long a comment is somebody's who does nothing on its page.
pub const LEASE: TimeDelta = TimeDelta::minutes(15);

/// A lease is renewed once this much of it is gone: not with every look at the page.
pub const RENEWED_AFTER: TimeDelta = TimeDelta::minutes(1);

/// That somebody works on a comment; one that has run out counts for nothing and is never read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// On which comment.
    pub comment_id: CommentId,
    /// Who.
    pub holder: AccountId,
    /// Their name now.
    pub name: String,
    /// Until when, unless it is renewed.
    pub until: Moment,
}

impl Claim {
    /// Whether it is time to renew it.
    pub fn is_to_be_renewed(&self, now: Moment) -> bool {
        self.until - now < LEASE - RENEWED_AFTER
    }
}
