//! The overview of the consultation: how many comments were published, on what, from whom, from where, when.

pub mod pages;
pub mod regions;
mod store;
