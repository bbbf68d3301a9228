//! Receipts: what arrived, to be kept, printed, taken along as one file, and checked by anybody. Knows comments.

mod file;
pub mod pages;
mod store;
pub mod verify;
