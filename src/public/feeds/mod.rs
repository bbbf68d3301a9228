//! Atom feeds: what was published, on every text and on each; what the Commission lets everyone know.

mod model;
pub mod pages;
