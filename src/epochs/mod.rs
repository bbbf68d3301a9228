//! What readers are shown has a number that every change of it raises in the change's own transaction: whoever keeps a
//! rendered page compares. Knows no room.

mod known;
pub mod store;

pub use known::{Epochs, Reading, Turns};
pub use store::raise;

/// What a number counts the changes of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope<'a> {
    /// Every page: the consultation's window, its texts, announcements, names of organisations.
    Site,
    /// What was published of all texts. Its number is also the place of a comment in the order of publication.
    Record,
    /// What was published of the text with this slug.
    Norm(&'a str),
    /// Whether the gate is closed. No page shows it.
    Gate,
    /// What left the record: what a stretch of the order of publication holds, once later comments have entered, changes
    /// by this alone.
    Taken,
}

impl Scope<'_> {
    /// The word it is stored as.
    pub fn word(self) -> String {
        match self {
            Self::Site => "site".to_owned(),
            Self::Record => "record".to_owned(),
            Self::Norm(slug) => format!("norm/{slug}"),
            Self::Gate => "gate".to_owned(),
            Self::Taken => "taken".to_owned(),
        }
    }
}
