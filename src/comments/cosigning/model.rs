//! A name under somebody else's comment.

use crate::clock::Moment;
use crate::db::words;
use crate::ids::{AccountId, CommentId, OrganisationId};

words! {
    /// Whose name it is.
    Signatory {
        /// The person's own.
        Myself = "myself",
        /// That of the organisation they are a member of.
        Organisation = "organisation",
    }
}

/// A name under a comment, as it was when it was put there.
#[derive(Debug, Clone)]
pub struct Cosignature {
    /// Under which comment.
    pub comment: CommentId,
    /// Who signed.
    pub account: AccountId,
    /// For which organisation, if for one.
    pub organisation_id: Option<OrganisationId>,
    /// The name of whoever signed: public only if they signed for themselves.
    pub name: String,
    /// The organisation's name, if it was signed for one.
    pub organisation: Option<String>,
    /// A code of the vocabulary: the organisation's group, or the person's.
    pub stakeholder_group: String,
    /// ISO 3166-1 alpha-2, if any.
    pub country: Option<String>,
    /// When.
    pub signed_at: Moment,
}

impl Cosignature {
    /// The name that everyone sees.
    pub fn public_name(&self) -> &str {
        self.organisation.as_deref().unwrap_or(&self.name)
    }
}

/// What somebody put their name to, as their own list shows it.
#[derive(Debug, Clone)]
pub struct Cosigned {
    /// Which comment.
    pub reference: String,
    /// Whether everyone may see it now.
    pub is_public: bool,
    /// For which organisation, if for one.
    pub organisation: Option<String>,
    /// When.
    pub signed_at: Moment,
}

/// How many names of a group stand under a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupCount {
    /// A code of the vocabulary.
    pub group: String,
    /// Organisations.
    pub organisations: i64,
    /// People who signed for themselves.
    pub people: i64,
}
