//! Search over published comments: what was typed, what it finds, the page.

mod filters;
pub mod pages;
pub mod query;
mod snippet;
mod store;
