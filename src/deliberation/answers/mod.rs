//! The answer to everybody who wrote: the letter, and the one question whether it satisfies.

pub mod form;
pub mod mail;
pub mod pages;
pub mod satisfy;
pub mod store;
