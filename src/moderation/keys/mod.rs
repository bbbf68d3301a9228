//! Keys of the desk, which each person can switch off. Kept with the account, so that they are the same in every browser.

pub mod pages;
pub mod store;

pub use store::of;

/// How somebody likes the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keys {
    /// Whether single keys do something.
    pub are_on: bool,
}
