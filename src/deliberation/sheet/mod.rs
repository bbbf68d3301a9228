//! What of the board goes into tables for the Secretariat to fill in, and is understood when it comes back.

pub mod model;
pub mod store;
