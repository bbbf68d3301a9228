//! Search over published comments.
