//! The board: issues, who stands behind each, what is proposed, validated and published.

pub mod change;
pub mod find;
pub mod form;
pub mod gather;
pub mod model;
pub mod pages;
pub mod publish;
pub mod step;
pub mod store;
