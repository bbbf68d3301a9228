//! Norms: the consultation, its texts and their versions, the vocabulary, and the import of the norm package.
//! Knows db, audit and web; no other room.

pub mod import;
pub mod lines;
pub mod model;
pub mod package;
pub mod pages;
pub mod shelf;
pub mod store;
pub mod vocabulary;
pub mod window;
pub mod words;
