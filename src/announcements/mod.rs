//! Word of the Commission to everyone: the Secretariat writes, corrects and withdraws it. Knows accounts.

mod form;
pub mod model;
pub mod pages;
pub mod store;
mod write;
