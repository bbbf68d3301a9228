//! What everyone may read: home, norm pages, the permalink of a comment, the pages about the portal, its health.
//! Knows every room below it, read-only; shows a comment only under `comments::store::is_public`.

pub mod announcement_pages;
pub mod briefing_pages;
mod entry;
pub mod find;
pub mod health;
pub mod info_pages;
mod model;
pub mod overview;
pub mod pages;
mod permalink;
mod qr;
pub mod search;
mod store;
mod supporters;
mod text;
