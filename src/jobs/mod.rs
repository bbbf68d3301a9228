//! Long work: rows in `jobs`, claimed with a lease by a worker, with progress a page can show. Knows no room.

pub mod model;
pub mod store;
pub mod worker;
#[cfg(test)]
mod worker_tests;

pub use model::{Job, JobState};
pub use store::enqueue;
pub use worker::{Clerk, Runner};
