//! Codes: words of the desk's own for what comments speak of, kept in a book, put on comments to find them again.

pub mod change;
pub mod form;
pub mod model;
pub mod pages;
pub mod store;
pub mod tag;
