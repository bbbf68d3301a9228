//! An organisation and who belongs to it.

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
        /// Was refused.
        Refused = "refused",
        /// Left, or was put out.
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
    /// When its name was confirmed: by its domain at once, else by the Secretariat.
    pub confirmed_at: Option<Moment>,
    /// Counts changes.
    pub version: i64,
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
    /// Since when they asked or joined.
    pub asked_at: Moment,
}
