//! Exports: what leaves the portal as a file. Reads every room, changes none.
//!
//! One record ([`record`]), one rule of who is in it ([`edition`]), one writer for each format, one manifest.

pub mod command;
pub mod csv;
pub mod edition;
pub mod form;
pub mod job;
pub mod json_lines;
pub mod make;
#[cfg(test)]
mod make_tests;
pub mod manifest;
pub mod model;
pub mod pages;
pub mod record;
pub mod request;
pub mod store;
pub mod writer;
pub mod xlsx;

pub use make::{MakeError, make};
pub use manifest::Manifest;
pub use model::{Edition, Format, Request};
