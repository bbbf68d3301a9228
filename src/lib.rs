//! Norm Portal: the public comment portal of an international commission.
//!
//! The rooms, and who may know whom: `public` and `export` read all that follow; `oversight` knows `moderation`;
//! both and the three ways in and out beside the composers (`papers`, `tables`, `data_rights`) know `comments`;
//! `announcements` stand by themselves; `comments` knows `norms` and `accounts`; `accounts` knows the vocabulary of `norms`. Never back.
//! `db`, `epochs`, `files`, `mail`, `audit`, `jobs`, `keeper`, `senders` and `web` serve every room and know none. A test reads the sources and holds this.

pub mod accounts;
pub mod announcements;
pub mod app;
pub mod audit;
pub mod clock;
pub mod comments;
pub mod config;
pub mod data_rights;
pub mod db;
pub mod epochs;
pub mod export;
pub mod files;
pub mod ids;
pub mod jobs;
pub mod keeper;
pub mod mail;
pub mod moderation;
pub mod norms;
pub mod oversight;
pub mod papers;
pub mod public;
pub mod routes;
pub mod senders;
pub mod tables;
pub mod web;
pub mod worker;
