//! Who comments: types that exist only if valid.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::clock::Moment;
use crate::db::words;
use crate::ids::AccountId;
use crate::web::Role;

/// How long the portal remembers a link of a letter after it ended.
pub const LINKS_KEPT: TimeDelta = TimeDelta::days(30);

words! {
    /// Whom a stakeholder speaks for.
    OnBehalfOf {
        /// For nobody else.
        Myself = "myself",
        /// For the organisation named.
        Organisation = "organisation",
    }
}

words! {
    /// What a link in a mail is good for.
    Purpose {
        /// Confirms an address.
        Confirm = "confirm",
        /// Sets a new password.
        Reset = "reset",
        /// Makes a staff account.
        Invite = "invite",
        /// Gives an account another address.
        Address = "address",
    }
}

impl Purpose {
    /// How long the link lives.
    pub fn lifetime(self) -> TimeDelta {
        match self {
            Self::Confirm | Self::Address => TimeDelta::hours(48),
            Self::Reset => TimeDelta::hours(1),
            Self::Invite => TimeDelta::days(7),
        }
    }
}

/// An address that mail can be sent to, in small letters: two spellings of one address are one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// At most 254 characters, of the form that mail servers take (RFC 5321).
    pub fn parse(text: &str) -> Option<Self> {
        let folded = text.trim().to_lowercase();
        let address: lettre::Address = folded.parse().ok()?;
        (folded.len() <= 254 && address.domain().contains('.') && !folded.contains(char::is_whitespace))
            .then_some(Self(folded))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The longest name of a person or an organisation, in graphemes.
pub const LONGEST_NAME: usize = 200;

/// A name to show: one line, 1 to 200 graphemes of four code points on average, no control characters, composed (NFC).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisplayName(String);

impl DisplayName {
    /// Runs of white space become one space.
    pub fn parse(text: &str) -> Option<Self> {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect::<String>();
        let sound = !line.is_empty()
            && !line.chars().any(char::is_control)
            && line.graphemes(true).count() <= LONGEST_NAME
            && line.chars().count() <= 4 * LONGEST_NAME;
        sound.then_some(Self(line))
    }

    /// The name.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// What a stakeholder says of themselves; carried over into each comment as it is at that moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// One name.
    pub name: String,
    /// A code of the vocabulary.
    pub stakeholder_group: String,
    /// If any.
    pub organisation: Option<String>,
    /// ISO 3166-1 alpha-2, if any.
    pub country: Option<String>,
    /// For whom.
    pub on_behalf_of: OnBehalfOf,
}

/// An account as the rooms see it.
#[derive(Debug, Clone)]
pub struct Account {
    /// Which.
    pub id: AccountId,
    /// Where mail goes.
    pub email: String,
    /// What the person says of themselves.
    pub details: Details,
    /// The language of mails to them.
    pub language: String,
    /// PHC string.
    pub password_hash: String,
    /// What they may do.
    pub role: Role,
    /// When the address was confirmed.
    pub confirmed_at: Option<Moment>,
    /// Counts changes.
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_folded_and_a_wrong_one_refused() {
        assert_eq!(Email::parse(" Ada@Example.ORG ").unwrap().as_str(), "ada@example.org");
        for wrong in
            ["", "ada", "ada@", "@example.org", "ada@localhost", "a da@example.org", "ada@example.org\nBcc: x@y.zz"]
        {
            assert!(Email::parse(wrong).is_none(), "{wrong:?}");
        }
    }

    #[test]
    fn a_name_is_one_sound_line() {
        assert_eq!(DisplayName::parse("  Ada \n Lovelace ").unwrap().into_string(), "Ada Lovelace");
        assert!(DisplayName::parse("\u{7}").is_none());
        assert!(DisplayName::parse(" ").is_none());
        assert!(DisplayName::parse(&"e\u{301}".repeat(LONGEST_NAME)).is_some());
        assert!(DisplayName::parse(&"a".repeat(LONGEST_NAME + 1)).is_none());
    }
}
