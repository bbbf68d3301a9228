//! Word from somebody that their name was used: taken in from anybody, handled at the desk. Knows comments and accounts.

mod form;
mod mail;
pub mod model;
pub mod pages;
mod report;
pub mod store;
