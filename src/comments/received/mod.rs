//! Comments that came by letter, mail or at a meeting: staff enter them for their authors, with how they came.

pub mod enter;
pub mod form;
mod mail;
pub mod model;
pub mod pages;
pub mod sheet;
pub mod store;
