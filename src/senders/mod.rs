//! Network addresses as short-lived marks: whether two texts came from one address can be told for two days, which address
//! that was can't. Knows db, clock and ids.

pub mod keep;
pub mod model;
pub mod store;
