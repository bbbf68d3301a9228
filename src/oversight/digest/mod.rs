//! The daily digest of the desk and the alert when a threshold is crossed: letters that the portal writes by itself.

mod alert;
mod daily;
mod mail;
mod store;

pub use alert::alert;
pub use daily::send;
