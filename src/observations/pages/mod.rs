//! The pages of observations: where a table is sent to, and what it would change.

pub mod list;
pub mod review;

/// Where tables are sent to.
pub const PATH: &str = "/secretariat/deliberation/observations";
