//! Search over published comments: what was typed, what it finds, the page.

mod filters;
pub mod pages;
mod snippet;
mod store;
