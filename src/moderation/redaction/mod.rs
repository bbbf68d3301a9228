//! Taking words out of a comment, before it is published or later; reading what was taken out; hearing appeals against it.

pub mod appeal_pages;
pub mod form;
pub mod hear;
pub mod mail;
pub mod original_pages;
pub mod pages;
pub mod redact;
pub mod reveal;
pub mod store;
