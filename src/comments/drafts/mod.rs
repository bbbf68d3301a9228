//! Drafts: what was begun and not sent, kept for thirty days after the last change.

pub mod content;
pub mod keep;
pub mod list;
pub mod model;
pub mod pages;
pub mod save;
pub mod share;
pub mod store;
pub mod typed;
