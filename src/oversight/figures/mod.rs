//! What arrives, what waits, what is decided and how long that takes: each day is counted once, when it is over, and kept.

pub mod count;
pub mod model;
pub mod pages;
pub mod store;
