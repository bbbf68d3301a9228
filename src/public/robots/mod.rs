//! For the programs of search engines: what they may ask for, and where everything public is.

pub mod pages;
mod store;
