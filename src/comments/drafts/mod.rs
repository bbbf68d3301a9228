//! Drafts: what was begun and not sent, kept for thirty days after the last change.

pub mod model;
pub mod save;
pub mod store;
