//! Organisations: several named people who speak for one body.

pub mod model;
pub mod store;
