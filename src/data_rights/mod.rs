//! What a person may ask of us about themselves: everything we hold as a file, and to be forgotten.
//! Knows comments, norms and accounts.

pub mod erase;
pub mod held;
mod mail;
pub mod pages;
mod store;
pub mod takeout;
