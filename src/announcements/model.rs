//! What an announcement is. Pure.

use crate::clock::Moment;
use crate::ids::AnnouncementId;

/// The longest title, in graphemes.
pub const LONGEST_TITLE: usize = 200;
/// The longest text, in graphemes.
pub const LONGEST_TEXT: usize = 10_000;

/// Word of the Commission to everyone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// Which; the one-time form id it was written with.
    pub id: AnnouncementId,
    /// Its heading, one line.
    pub title: String,
    /// Plain text; an empty line parts two paragraphs.
    pub text: String,
    /// When it was first shown.
    pub published_at: Moment,
    /// When it was last written.
    pub changed_at: Moment,
    /// When it was taken back, if it was.
    pub withdrawn_at: Option<Moment>,
    /// Counts changes.
    pub version: i64,
}

impl Announcement {
    /// Its paragraphs.
    pub fn paragraphs(&self) -> Vec<&str> {
        self.text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()).collect()
    }

    /// Whether it was corrected since it was first shown.
    pub fn is_corrected(&self) -> bool {
        self.changed_at != self.published_at
    }
}

/// What the Secretariat typed, fit to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The heading.
    pub title: String,
    /// The text.
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::from_micros;

    #[test]
    fn empty_lines_part_paragraphs() {
        let it = Announcement {
            id: AnnouncementId::new(),
            title: "Kobe".into(),
            text: "One\nand its end.\n\n\n \n\nTwo.".into(),
            published_at: from_micros(0),
            changed_at: from_micros(0),
            withdrawn_at: None,
            version: 1,
        };
        assert_eq!(it.paragraphs(), ["One\nand its end.", "Two."]);
        assert!(!it.is_corrected());
    }
}
