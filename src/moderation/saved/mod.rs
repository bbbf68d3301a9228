//! Filters of the queue that a person keeps under a name. Knows nothing of what is filtered.

pub mod pages;
pub mod store;
