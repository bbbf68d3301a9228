//! The audit log: append-only, hash-chained, written in the caller's transaction. Knows no room.

pub mod model;
pub mod store;

pub use model::{Act, Actor, Broken, Checked};
pub use store::{append, verify};
