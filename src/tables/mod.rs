//! Comment tables: the form of standards bodies and our own sheet, handed out prefilled and read back row by row.
//! Knows comments, norms and accounts.

pub mod authors;
pub mod columns;
pub mod downloads;
pub mod headings;
pub mod keep;
mod known;
pub mod model;
pub mod pages;
pub mod places;
pub mod prefill;
pub mod preview;
pub mod read;
pub mod rows;
mod said;
pub mod sheet;
