//! Passkeys (Web Authentication, level 3): keys that a device or a password manager keeps and uses once it has verified its
//! owner. One is enough to sign in, and counts as both factors.

pub mod add;
pub mod ceremony;
pub mod enter;
pub mod key;
pub mod mail;
pub mod model;
pub mod offer;
pub mod pages;
pub mod removal;
pub mod remove;
pub mod sign_in_pages;
pub mod store;
