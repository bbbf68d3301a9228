//! Files sent along with comments and submissions.

pub mod model;
pub mod store;
