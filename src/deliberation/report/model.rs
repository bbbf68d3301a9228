//! The texts of the report.

use crate::clock::Moment;

/// Characters that a text can have, as people count them: some forty pages.
pub const LONGEST: usize = 100_000;

/// What is written. Either can be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// General overview and next steps.
    pub overview: String,
    /// What the comments say.
    pub summary: String,
}

/// The texts as they stand.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// What is written.
    pub words: Words,
    /// 0: nothing was written yet.
    pub version: i64,
    /// When it was written last, and the name of who did.
    pub changed: Option<(Moment, String)>,
}
