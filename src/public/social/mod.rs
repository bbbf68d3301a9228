//! What the head of a public page says to programs: what the page is, its picture for a link, its feed.

mod model;

pub use model::Head;
