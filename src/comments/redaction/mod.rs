//! Words taken out of a comment: where they stood, what stands in their place, who may still read them. What stands in
//! `comment_revisions` is what is left, so that no way out has to know of this room.

pub mod cut;
pub mod in_words;
pub mod model;
pub mod store;
pub mod text;
