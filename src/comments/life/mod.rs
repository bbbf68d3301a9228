//! What became of a comment: its revisions, what was answered, an appeal, its being taken back. Knows comments.

pub mod model;
pub mod store;
