//! Who belongs to the Secretariat's desk, and who lost their place: roles, suspensions, invitations taken back.

pub mod change;
pub mod mail;
pub mod model;
pub mod store;
