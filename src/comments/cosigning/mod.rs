//! Co-signing: a person or an organisation puts its name to what somebody else published, and takes it off again.
//! Counted by group, never used to order anything.

pub mod model;
pub mod pages;
pub mod sign;
pub mod store;
