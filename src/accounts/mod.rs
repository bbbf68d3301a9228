//! Accounts: stakeholders and staff, passwords, sessions, invitations. Knows db, audit, mail, web and the vocabulary
//! of norms.

pub mod address;
pub mod breached;
pub mod change;
pub mod entered;
pub mod factor;
pub mod form;
pub mod invite;
pub mod mail;
pub mod model;
pub mod organisations;
pub mod own_pages;
pub mod own_words;
pub mod pages;
pub mod passkeys;
pub mod password;
pub mod proof;
pub mod register;
pub mod reset;
pub mod session;
pub mod sessions;
pub mod sign_in;
pub mod staff;
pub mod staff_pages;
pub mod store;
