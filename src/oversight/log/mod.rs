//! The audit log to read, to filter and to take along.

pub mod actions;
mod export;
mod form;
pub mod pages;

pub use export::export;
