//! A code of the code book. Pure.

use crate::norms::words::graphemes;

/// The longest code.
pub const LONGEST_CODE: usize = 40;
/// The longest label, in graphemes.
pub const LONGEST_LABEL: usize = 80;
/// The longest description, in graphemes.
pub const LONGEST_DESCRIPTION: usize = 1_000;
/// How many codes the book holds at most: what is longer nobody keeps to.
pub const MOST: usize = 200;

/// A code of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// What it is called in addresses and files; it never changes.
    pub code: String,
    /// What people read.
    pub label: String,
    /// When it is put on a comment.
    pub description: String,
    /// Whether it is put on no more comments.
    pub is_retired: bool,
    /// How many comments carry it.
    pub comments: i64,
    /// Counts changes.
    pub version: i64,
}

/// What is written about a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The label.
    pub label: String,
    /// The description; may be empty.
    pub description: String,
}

/// Whether this can be a code: small letters and digits, joined by single hyphens.
pub fn is_code(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    graphemes(text) <= LONGEST_CODE && text.split('-').all(|part| !part.is_empty() && part.bytes().all(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_fits_an_address() {
        assert!(is_code("human-rights") && is_code("5g"));
        for wrong in ["", "Human", "human rights", "-a", "a-", "a--b", "\u{e9}", &"a".repeat(LONGEST_CODE + 1)] {
            assert!(!is_code(wrong), "{wrong}");
        }
    }
}
