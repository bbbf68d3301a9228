//! Norm Portal: the public comment portal of an international commission.
//!
//! The rooms, and who may know whom: `public` and `export` read all that follow; `moderation` knows `comments`;
//! `comments` knows `norms` and `accounts`; `accounts` knows the vocabulary of `norms`. Never back.
//! `db`, `mail`, `audit`, `jobs` and `web` serve every room and know none. A test reads the sources and holds this.

pub mod accounts;
pub mod app;
pub mod audit;
pub mod clock;
pub mod comments;
pub mod config;
pub mod db;
pub mod export;
pub mod ids;
pub mod jobs;
pub mod mail;
pub mod moderation;
pub mod norms;
pub mod public;
pub mod routes;
pub mod web;
pub mod worker;
