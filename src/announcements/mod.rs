//! What the Commission lets everyone know. Stands by itself.

pub mod model;
pub mod store;
