//! What everyone may read: home, norm pages, the permalink of a comment, the pages about the portal, its health; feeds, the
//! API, annotations for programs.
//! Knows every room below it, read-only; shows a comment only under `comments::store::is_public`.

pub mod annotations;
pub mod announcement_pages;
mod answer;
pub mod api;
pub mod briefing_pages;
mod entry;
pub mod feeds;
pub mod health;
pub mod history;
pub mod info_pages;
mod model;
pub mod norm_page;
pub mod outcome;
pub mod overview;
pub mod pages;
mod permalink;
pub mod robots;
pub mod search;
mod social;
mod store;
mod supporters;
mod text;
mod texts;
pub mod transparency;
