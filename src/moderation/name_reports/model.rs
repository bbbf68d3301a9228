//! Word that somebody's name was used.

use chrono::TimeDelta;

use crate::clock::Moment;
use crate::ids::NameReportId;
use crate::moderation::reports::model::Answered;

/// The most references one report may name.
pub const MOST_REFERENCES: usize = 20;

/// How many reports the portal takes in [`SPAN`] from one address, and from all together: nobody can flood the desk.
pub const MOST_OF_ONE: i64 = 20;
/// See [`MOST_OF_ONE`].
pub const MOST_OF_ALL: i64 = 300;
/// See [`MOST_OF_ONE`].
pub const SPAN: TimeDelta = TimeDelta::hours(1);

/// Word that somebody's name was used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameReport {
    /// Which; the one-time form id.
    pub id: NameReportId,
    /// The comments it is about, a line each.
    pub references: String,
    /// Who writes.
    pub name: String,
    /// Where to answer.
    pub email: String,
    /// What is wrong.
    pub text: String,
    /// When.
    pub made_at: Moment,
    /// How it ended, if it did.
    pub handled: Option<Answered>,
}
