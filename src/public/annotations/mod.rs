//! Published comments as W3C Web Annotations: on their permalinks when asked for, and in pages.

pub mod accept;
pub mod model;
pub mod pages;
