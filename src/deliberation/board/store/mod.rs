//! The SQL of the board.

pub mod issues;
pub mod left;
pub mod members;
pub mod publishing;
