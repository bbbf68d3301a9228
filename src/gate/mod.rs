//! The gate: while the Secretariat keeps it closed, whoever isn't signed in has to pass it before anything that costs much.
//! Whether it is closed is one row that every server sees; challenges and passes are signed under a key in that row and
//! stored nowhere until one is used. Serves every room and knows none; decision 37 says why it is made so.

pub mod challenge;
mod known;
pub mod model;
pub mod store;
pub mod switch;

pub use known::Gate;
pub use model::{Standing, Way};
