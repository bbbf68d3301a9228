//! Campaigns: letters that say the same or nearly the same, put together as they arrive, so that the desk reads what
//! they share once and what each adds by itself. Being alike is no reason to decline anything, and nothing is decided
//! here by number.

pub mod card;
pub mod cluster;
pub mod correct;
pub mod form;
pub mod letter;
pub mod likeness;
pub mod minhash;
pub mod model;
pub mod pages;
pub mod store;

use std::collections::BTreeMap;

use crate::db::{AnyConnection, DbResult};
use crate::ids::{ClusterId, CommentId};

/// What the queue says of campaigns.
pub struct Campaigns {
    /// How many there are.
    pub count: i64,
    /// How many comments were looked at.
    pub comments: i64,
    /// How many different texts those are.
    pub texts: i64,
    /// The campaign of each comment shown that belongs to one, with its number of comments.
    pub of: BTreeMap<CommentId, (ClusterId, i64)>,
}

impl Campaigns {
    /// Looks up what the queue says, where it shows `comments`.
    pub fn read(conn: &mut AnyConnection, comments: &[CommentId]) -> DbResult<Self> {
        let (all, texts) = store::reading::totals(conn, None)?;
        let of = store::reading::campaigns_of(conn, comments)?;
        Ok(Self { count: store::reading::how_many(conn)?, comments: all, texts, of })
    }
}
