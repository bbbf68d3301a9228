//! Position papers: a long text, pasted or out of a document, becomes parts; each part the author links to a norm becomes
//! a comment; all are sent as one submission. Knows comments, norms and accounts.

mod details;
mod form;
pub mod heading;
pub mod model;
pub mod pages;
pub mod split;
mod start;
pub mod suggest;
