//! How the Secretariat watches over its own desk: its people, the audit log, figures, digests and alerts. Knows moderation, comments, accounts and norms.

pub mod digest;
pub mod figures;
pub mod gate;
pub mod log;
pub mod people;
pub mod state;
