//! Exports: what leaves the portal as a file. Reads every room, changes none.
//!
//! One record ([`record`]), one rule of who is in it ([`edition`]), one writer for each format, one manifest.

pub mod akn;
pub mod annotations;
pub mod answer;
pub mod archive;
pub mod command;
pub mod csv;
pub mod dispositions;
pub mod documents;
pub mod dossier;
pub mod edition;
pub mod entry;
pub mod eu;
pub mod form;
pub mod html;
pub mod icann;
pub mod iso;
pub mod job;
pub mod json_lines;
pub mod lever_pages;
pub mod levers;
pub mod log;
pub mod make;
#[cfg(test)]
mod make_tests;
pub mod manifest;
pub mod marshalled;
pub mod model;
mod nature;
pub mod nist;
pub mod pages;
pub mod proposals;
pub mod record;
pub mod regulations;
pub mod request;
pub mod rolling;
mod rows;
pub mod sheet;
pub mod store;
pub mod sweep;
pub mod table;
pub mod text_pages;
pub mod told;
pub mod tracked;
pub mod workbook;
pub mod working_pages;
pub mod writer;

pub use make::{MakeError, make};
pub use manifest::Manifest;
pub use model::{Edition, Format, Request};
