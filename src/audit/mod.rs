//! The audit log: append-only, hash-chained, written in the caller's transaction. Knows no room.

pub mod heads;
pub mod model;
pub mod store;

pub use heads::Head;
pub use model::{Act, Actor, Asked, Broken, Checked, Line, Way};
pub use store::{append, verify, verify_against};
