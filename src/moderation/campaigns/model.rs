//! A campaign and its letters. Pure.

use crate::clock::Moment;
use crate::comments::model::Kind;
use crate::ids::{ClusterId, CommentId, NormId};

/// How many comments have to be alike before the desk is shown them as a campaign.
pub const LEAST: i64 = 5;

/// Comments that are alike; most of them are one comment by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// Which.
    pub id: ClusterId,
    /// On which text.
    pub norm: NormId,
    /// Of which kind.
    pub kind: Kind,
    /// The comment that others are compared with, and its revision.
    pub template: (CommentId, i32),
    /// How many comments.
    pub comments: i64,
    /// How many texts that differ in more than case, marks, punctuation and spaces.
    pub texts: i64,
    /// When the first of them was sent.
    pub first_at: Moment,
    /// When the last of them was sent.
    pub last_at: Moment,
    /// The cluster that it became a part of by hand.
    pub merged_into: Option<ClusterId>,
}

/// Where a comment belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Which comment.
    pub comment: CommentId,
    /// In which revision.
    pub revision: i32,
    /// To which cluster.
    pub cluster: ClusterId,
    /// The same for comments that say the same.
    pub digest: Vec<u8>,
    /// When it was sent.
    pub sent_at: Moment,
    /// Whether somebody put it there by hand: it stays, whatever its author changes.
    pub is_pinned: bool,
}

/// What some comments of a cluster say to the letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The same for all of them.
    pub digest: Vec<u8>,
    /// How many.
    pub comments: i64,
    /// When the first of them was sent.
    pub first_at: Moment,
    /// Which that was.
    pub first: CommentId,
}
