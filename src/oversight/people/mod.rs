//! A person's place at the desk: what it is, why it changed, and changing it.

pub mod claims;
pub(super) mod form;
pub mod pages;
mod withdrawal;

pub use withdrawal::{withdraw, withdrawal};
