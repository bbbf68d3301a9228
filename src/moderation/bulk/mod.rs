//! Decisions on many comments at once: each is decided by itself, with a result, an audit entry and a letter of its own.

pub mod decide;
pub mod form;
pub mod model;
pub mod pages;
pub mod store;
pub mod undo;

pub use decide::decide;
