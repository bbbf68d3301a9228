//! Organisations: several named people who speak for one body.

pub mod confirm;
pub mod domains;
pub mod form;
pub mod found;
pub mod join;
pub mod mail;
pub mod members;
pub mod model;
pub mod pages;
pub mod staff_pages;
pub mod store;
