//! What a passkey is to its owner, and what it may be asked for. Pure.

use chrono::TimeDelta;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::clock::Moment;
use crate::db::words;
use crate::ids::{AccountId, PasskeyId};

/// How long an authenticator may take to answer: the time in which people find their phone.
pub const CHALLENGE_LASTS: TimeDelta = TimeDelta::minutes(5);
/// The most that one account has.
pub const MOST: i64 = 20;
/// The longest name, in graphemes.
pub const LONGEST_NAME: usize = 60;

words! {
    /// What a challenge is good for; an answer to one of another kind is none.
    Purpose {
        /// Giving an account a passkey.
        Add = "add",
        /// Signing in.
        SignIn = "sign_in",
        /// Proving anew who one is.
        Proof = "proof",
    }
}

/// What its owner calls a passkey. Never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyName(String);

impl PasskeyName {
    /// One line of 1 to [`LONGEST_NAME`] graphemes.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let sound = !text.is_empty()
            && !text.chars().any(char::is_control)
            && text.graphemes(true).count() <= LONGEST_NAME
            && text.chars().count() <= 4 * LONGEST_NAME;
        sound.then(|| Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A passkey as it is kept.
#[derive(Debug, Clone)]
pub struct Passkey {
    /// What the portal calls it.
    pub id: PasskeyId,
    /// Whose it is.
    pub account: AccountId,
    /// What its authenticator calls it.
    pub credential: Vec<u8>,
    /// Its public half, as the authenticator wrote it (COSE).
    pub public_key: Vec<u8>,
    /// How often it was used, as it counts itself; 0 for those that don't count.
    pub counter: u32,
    /// Whether its keeper may copy it to other devices of its owner.
    pub is_synced: bool,
    /// What its owner calls it.
    pub name: String,
    /// Since when.
    pub added_at: Moment,
    /// When it was last used.
    pub used_at: Option<Moment>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_that_says_something() {
        assert_eq!(PasskeyName::parse("  Blue key ").unwrap().as_str(), "Blue key");
        assert!(PasskeyName::parse(&"\u{e9}".repeat(LONGEST_NAME)).is_some());
        for wrong in ["", "  ", "a\nb", "a\u{7}", &"x".repeat(LONGEST_NAME + 1)] {
            assert!(PasskeyName::parse(wrong).is_none(), "{wrong:?}");
        }
    }
}
