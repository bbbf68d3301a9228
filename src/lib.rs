//! Norm Portal: the public comment portal of an international commission.
//!
//! The rooms, and who may know whom: `public` and `export` read all that follow, both also what `deliberation` makes of it, and `public` says what `data_rights` knows to be held;
//! `archive` is written by `export` and read into an empty portal, and knows `comments` and `norms`; `observations`, tables of the Secretariat that come back, knows `deliberation` and `tables`; `oversight` and `deliberation` know `moderation`; these and the three ways in and out beside the composers (`papers`,
//! `tables`, `data_rights`) know `comments`;
//! `announcements` stand by themselves; `comments` knows `norms` and `accounts`; `accounts` knows the vocabulary of `norms`. Never back.
//! `db`, `epochs`, `files`, `gate`, `mail`, `audit`, `backup`, `jobs`, `keeper`, `senders` and `web` serve every room and know none. A test reads the sources and holds this.

pub mod accounts;
pub mod announcements;
pub mod app;
pub mod archive;
pub mod audit;
pub mod backup;
pub mod clock;
pub mod comments;
pub mod config;
pub mod data_rights;
pub mod db;
pub mod deliberation;
pub mod epochs;
pub mod export;
pub mod files;
pub mod gate;
pub mod ids;
pub mod jobs;
pub mod keeper;
pub mod mail;
pub mod moderation;
pub mod norms;
pub mod observations;
pub mod oversight;
pub mod papers;
pub mod public;
pub mod routes;
pub mod senders;
pub mod tables;
pub mod web;
pub mod worker;
