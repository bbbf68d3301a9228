//! An announcement.

use crate::clock::Moment;
use crate::ids::AnnouncementId;

/// Word of the Commission to everyone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// Which.
    pub id: AnnouncementId,
    /// Its title.
    pub title: String,
    /// What it says.
    pub text: String,
    /// When it was published.
    pub published_at: Moment,
    /// When it was last changed.
    pub changed_at: Moment,
}
