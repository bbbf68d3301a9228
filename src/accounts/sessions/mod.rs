//! Where somebody is signed in: what is kept of each session, the list of them, and ending them.

pub mod end;
pub mod model;
pub mod pages;
pub mod store;
