//! Mail: an outbox written in the caller's transaction, a worker that empties it, three transports. Knows no room.

pub mod model;
pub mod store;
pub mod transport;
pub mod worker;
#[cfg(test)]
mod worker_tests;

pub use model::Letter;
pub use store::queue;
