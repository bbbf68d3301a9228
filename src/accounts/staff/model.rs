//! A person as the Secretariat decides about their place. Pure.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::accounts::model::Account;
use crate::clock::Moment;
use crate::ids::AccountId;
use crate::web::Role;

/// Somebody with an account that was not deleted.
#[derive(Debug, Clone)]
pub struct Person {
    /// The account.
    pub account: Account,
    /// Since when they can't sign in, if so.
    pub suspended_at: Option<Moment>,
    /// Whether they want the daily digest, if they are staff.
    pub digest: bool,
}

impl Person {
    /// Whether they may act for the Secretariat now.
    pub fn is_secretariat(&self) -> bool {
        self.suspended_at.is_none() && self.account.role == Role::Secretariat
    }

    /// Whether they may act at the desk now.
    pub fn is_staff(&self) -> bool {
        self.suspended_at.is_none() && self.account.role.is_staff()
    }

    /// What the audit log and [`Ground`] call them.
    pub fn subject(&self) -> String {
        subject(self.account.id)
    }
}

/// What the audit log calls the person.
pub fn subject(id: AccountId) -> String {
    format!("account:{id}")
}

/// The longest grounds, in graphemes.
pub const LONGEST_GROUNDS: usize = 1_000;

/// Why somebody's place was changed: what the person is told, too. Never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grounds(String);

impl Grounds {
    /// Text of 1 to [`LONGEST_GROUNDS`] graphemes, without control characters but line breaks.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let sound = !text.is_empty()
            && !text.chars().any(|c| c.is_control() && c != '\n')
            && text.graphemes(true).count() <= LONGEST_GROUNDS
            && text.chars().count() <= 4 * LONGEST_GROUNDS;
        sound.then(|| Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Grounds as they were written down.
#[derive(Debug, Clone)]
pub struct Ground {
    /// What was done, as the audit log has it.
    pub action: String,
    /// Why.
    pub text: String,
    /// Who did it.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// Who is to change whose place, as the form was filled in.
#[derive(Debug, Clone)]
pub struct Order {
    /// Who orders it.
    pub by: AccountId,
    /// Whose place.
    pub whom: AccountId,
    /// The version of the account that was read.
    pub expected: i64,
    /// Why.
    pub grounds: Grounds,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grounds_say_something_and_no_more_than_a_page_takes() {
        assert_eq!(Grounds::parse("  Left the team.\n").unwrap().as_str(), "Left the team.");
        assert!(Grounds::parse("a\nb").is_some());
        for wrong in ["", " \n ", "a\u{7}", &"x".repeat(LONGEST_GROUNDS + 1)] {
            assert!(Grounds::parse(wrong).is_none(), "{wrong:?}");
        }
    }
}
