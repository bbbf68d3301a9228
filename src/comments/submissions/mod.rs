//! Submissions: several comments sent together, kept together under one receipt.

pub mod mail;
pub mod model;
pub mod send;
pub mod store;
