//! The tests through the outside: HTTP, command line, mail, databases, browser. One binary.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that meets what it does not expect has to fail"
)]
#![allow(clippy::case_sensitive_file_extension_comparisons, reason = "our own files have small endings")]
#![allow(clippy::format_collect, reason = "a test may allocate")]
#![allow(clippy::needless_raw_string_hashes, reason = "a raw string keeps its marks when its text changes")]

mod accounts;
mod address;
mod addresses;
mod after_sending;
mod archive;
mod arrivals;
mod attachments;
mod attacks;
mod backup;
mod bad_input;
mod browser;
mod campaigns;
mod command_line;
mod commenting;
mod deliberation;
mod desk;
mod drafts;
mod durability;
mod export;
mod factor;
mod faults;
mod formats;
mod gate;
mod harness;
mod house;
mod journeys;
mod judges;
mod limits;
mod locales;
mod looking;
mod machines;
mod mail;
mod moderation;
mod observations;
mod organisations;
mod oversight;
mod overview;
mod owners;
mod papers;
mod passkeys;
mod postgres;
mod privacy;
mod races;
mod rebuilt;
mod received;
mod record;
mod redaction;
mod reports;
mod roles;
mod schema;
mod search;
mod security;
mod smtp;
mod speed;
mod state;
mod tables;
mod uploads;
mod window;
