//! Moderation: the queue, decisions with their reasons, letters to authors, and letters that failed. Knows comments,
//! norms and accounts.

pub mod alert;
pub mod arrivals;
pub mod bulk;
pub mod campaigns;
pub mod claims;
pub mod decide;
pub mod flags;
pub mod form;
pub mod gist;
pub mod keys;
pub mod listing;
pub mod mail;
pub mod mail_pages;
pub mod model;
pub mod name_reports;
pub mod pages;
pub mod prioritise;
pub mod redaction;
pub mod reports;
pub mod revive;
pub mod saved;
pub mod store;
pub mod undo;
