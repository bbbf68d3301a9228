//! The second factor: codes of an app that follow from a shared secret and the time (TOTP, RFC 6238), and recovery codes
//! for when the app is lost.

pub mod check;
pub mod mail;
pub mod model;
pub mod pages;
pub mod removal;
pub mod set;
pub mod sign_in_pages;
pub mod store;
