//! An organisation and who belongs to it.

use chrono::TimeDelta;
use unicode_normalization::UnicodeNormalization as _;

use super::domains;
use crate::clock::Moment;
use crate::db::words;
use crate::ids::{AccountId, OrganisationId};

words! {
    /// Where a person stands with an organisation.
    Standing {
        /// Asked to join.
        Asked = "asked",
        /// Belongs to it.
        Member = "member",
        /// Was refused, or put out: may ask again after [`REFUSED_FOR`], and then only ask.
        Refused = "refused",
        /// Left, took the question back, or lost the address that the membership rested on.
        Left = "left",
    }
}

words! {
    /// What a membership rests on.
    Grounds {
        /// Founded it.
        Founder = "founder",
        /// Has a confirmed address at its domain.
        Domain = "domain",
        /// Was let in by its first member or the Secretariat.
        Approval = "approval",
    }
}

/// A body that several people speak for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Which.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// The mail domain whose confirmed addresses join by themselves, if any.
    pub domain: Option<String>,
    /// A code of the vocabulary.
    pub stakeholder_group: String,
    /// ISO 3166-1 alpha-2, if any.
    pub country: Option<String>,
    /// Its first member.
    pub founded_by: AccountId,
    /// When the Secretariat confirmed its name.
    pub confirmed_at: Option<Moment>,
    /// Counts changes.
    pub version: i64,
}

impl Organisation {
    /// Whether there is more than its founder's word for it: people with addresses at its domain, or the Secretariat's
    /// confirmation. Pages that say so name the domain, because that is all a domain shows.
    pub fn is_confirmed(&self) -> bool {
        self.domain.is_some() || self.confirmed_at.is_some()
    }

    /// Whether `email` is exactly at its domain.
    pub fn has_address(&self, email: &str) -> bool {
        self.domain.is_some() && self.domain == domains::domain_of(email)
    }
}

/// How long somebody who was refused or put out waits before asking again.
pub const REFUSED_FOR: TimeDelta = TimeDelta::days(30);

/// The form in which names are compared: compatible forms are one (NFKC), letters small, white space single, what can't
/// be seen left out.
pub fn folded(name: &str) -> String {
    let is_unseen = |c: char| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let small: String = name.nfkc().filter(|c| !is_unseen(*c)).collect::<String>().to_lowercase().nfkc().collect();
    small.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where one person stands with one organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// Which organisation.
    pub organisation: OrganisationId,
    /// Who.
    pub account: AccountId,
    /// Where they stand.
    pub standing: Standing,
    /// On what grounds.
    pub grounds: Grounds,
    /// When they asked or joined.
    pub asked_at: Moment,
    /// When somebody decided, or they left.
    pub decided_at: Option<Moment>,
}

/// Somebody of an organisation, or who wants to be, as the others see them.
#[derive(Debug, Clone)]
pub struct Person {
    /// Who.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// Their confirmed address: shown only to those who decide about them.
    pub email: String,
    /// What the membership rests on.
    pub grounds: Grounds,
    /// When they asked or joined.
    pub since: Moment,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_written_differently_is_the_same_name() {
        for name in
            ["Example  Registry", "EXAMPLE REGISTRY", "\u{ff25}xample Registry", "Exam\u{200b}ple Registry\u{202e}"]
        {
            assert_eq!(folded(name), "example registry", "{name:?}");
        }
        assert_eq!(folded("Be\u{301}ne\u{301}lux"), folded("B\u{e9}n\u{e9}lux"));
        assert_ne!(folded("Example Registries"), folded("Example Registry"));
    }

    #[test]
    fn only_an_address_at_the_very_domain_counts() {
        let mut organisation = Organisation {
            id: OrganisationId::new(),
            name: "X".into(),
            domain: Some("example.org".into()),
            stakeholder_group: "other".into(),
            country: None,
            founded_by: AccountId::new(),
            confirmed_at: None,
            version: 1,
        };
        assert!(organisation.has_address("a@example.org") && organisation.has_address("a@EXAMPLE.org."));
        assert!(
            !organisation.has_address("a@sub.example.org") && !organisation.has_address("a@example.org.evil.example")
        );
        assert!(organisation.is_confirmed());
        organisation.domain = None;
        assert!(!organisation.has_address("a@localhost") && !organisation.is_confirmed());
    }
}
