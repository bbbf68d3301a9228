//! The page of a norm: its text, where people commented, what is proposed side by side, levers as a matrix, filters; and
//! the page of one proposal with everybody who asks for it. Says the same to every reader, and costs the same however
//! many comments there are: lists over an index, counts that are kept, tables with an end.

pub mod filters;
mod heat;
mod matrix;
pub mod model;
pub mod pages;
pub mod position;
mod proposal;
mod read;
pub mod sections;
pub mod store;

pub use position::{Shared, shared};
pub use proposal::shorten;
pub use store::tallies;
