//! The overview of the consultation: how many comments were published, on what, from whom, from where, when.

mod chart;
mod days;
pub mod pages;
mod regions;
mod store;
