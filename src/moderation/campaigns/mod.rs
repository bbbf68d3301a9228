//! Campaigns: letters that say the same or nearly the same, put together as they arrive, so that the desk reads what
//! they share once and what each adds by itself. Being alike is no reason to decline anything, and nothing is decided
//! here by number.

pub mod card;
pub mod cluster;
pub mod correct;
pub mod form;
pub mod letter;
pub mod likeness;
pub mod minhash;
pub mod model;
pub mod pages;
pub mod store;
