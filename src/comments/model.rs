//! A comment, its states and who may see it.

use crate::accounts::model::{Details, OnBehalfOf};
use crate::clock::Moment;
use crate::db::words;
use crate::ids::{AccountId, CommentId, NormId, TextVersionId};
use crate::norms::store::Counter;

use super::body::Body;

words! {
    /// What a comment is about.
    Kind {
        /// Certain words of the text.
        Wording = "wording",
        /// A way to implement the norm.
        Lever = "lever",
        /// The text as a whole.
        General = "general",
    }
}

impl Kind {
    /// The counter of a norm that a published comment of this kind adds to.
    pub fn counter(self) -> Counter {
        match self {
            Self::Wording => Counter::Wording,
            Self::Lever => Counter::Lever,
            Self::General => Counter::General,
        }
    }
}

words! {
    /// The type of a comment in the tables of standards bodies (ISO/IEC/CEN form, column 5).
    Class {
        /// General.
        General = "ge",
        /// Technical.
        Technical = "te",
        /// Editorial.
        Editorial = "ed",
    }
}

words! {
    /// Where a comment stands.
    State {
        /// Waits for a moderator.
        Pending = "pending",
        /// Back with its author, with a request.
        Returned = "returned",
        /// Was declined; its author appealed, and somebody else decides again.
        Appealed = "appealed",
        /// Accepted: public, or for the Commission only if its author chose so.
        Published = "published",
        /// Not accepted, with a reason.
        Declined = "declined",
        /// Taken back by its author.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// What becomes public once a comment is accepted.
    Publication {
        /// Text, name and organisation.
        Named = "named",
        /// Text and organisation, or the stakeholder group where there is none; no name.
        Organisation = "organisation",
        /// Nothing: the Commission alone reads it.
        Commission = "commission",
    }
}

/// What can happen to a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A moderator accepts it.
    Publish,
    /// A moderator sends it back with a request.
    Return,
    /// A moderator declines it.
    Decline,
    /// Its author sends a new revision.
    Correct,
    /// Its author appeals against its being declined.
    Appeal,
    /// Its author takes it back.
    Withdraw,
}

impl State {
    /// The state after `event`; `None` where it may not happen.
    pub fn apply(self, event: Event) -> Option<Self> {
        match (self, event) {
            (Self::Pending | Self::Appealed, Event::Publish) => Some(Self::Published),
            (Self::Pending, Event::Return) => Some(Self::Returned),
            (Self::Pending | Self::Appealed, Event::Decline) => Some(Self::Declined),
            (Self::Pending | Self::Returned, Event::Correct) => Some(Self::Pending),
            // Once: that there was no appeal before is for the table of appeals to say.
            (Self::Declined, Event::Appeal) => Some(Self::Appealed),
            (Self::Pending | Self::Returned | Self::Appealed | Self::Published, Event::Withdraw) => {
                Some(Self::Withdrawn)
            }
            _ => None,
        }
    }
}

/// Whether everyone may see a comment: the one rule for every way out. [`super::store::is_public`] is the same in SQL.
pub fn is_public(state: State, publication: Publication) -> bool {
    state == State::Published && publication != Publication::Commission
}

/// Who sent a comment, as it was when it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The account.
    pub account: AccountId,
    /// The name.
    pub name: String,
    /// If any.
    pub organisation: Option<String>,
    /// A code of the vocabulary.
    pub stakeholder_group: String,
    /// ISO 3166-1 alpha-2, if any.
    pub country: Option<String>,
    /// For whom.
    pub on_behalf_of: OnBehalfOf,
}

impl Author {
    /// The author as the account now describes itself.
    pub fn of(account: AccountId, details: Details) -> Self {
        Self {
            account,
            name: details.name,
            organisation: details.organisation,
            stakeholder_group: details.stakeholder_group,
            country: details.country,
            on_behalf_of: details.on_behalf_of,
        }
    }

    /// The name to show in public under `publication`, if any.
    pub fn public_name(&self, publication: Publication) -> Option<&str> {
        (publication == Publication::Named).then_some(self.name.as_str())
    }

    /// The organisation to show in public under `publication`, if any.
    pub fn public_organisation(&self, publication: Publication) -> Option<&str> {
        if publication == Publication::Commission { None } else { self.organisation.as_deref() }
    }
}

/// A comment at its current revision.
#[derive(Debug, Clone)]
pub struct Comment {
    /// Which; the form id it was sent with.
    pub id: CommentId,
    /// What people call it.
    pub reference: String,
    /// On which text.
    pub norm_id: NormId,
    /// On which wording of it.
    pub text_version_id: TextVersionId,
    /// By whom.
    pub author: Author,
    /// About what.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// Counts revisions, from 1.
    pub revision: i32,
    /// Counts changes of any sort: what a decision is guarded by.
    pub version: i64,
    /// What becomes public.
    pub publication: Publication,
    /// Of which type, if anybody said so.
    pub class: Option<Class>,
    /// How it came, if its author did not send it here: a code of the vocabulary. Then staff entered it.
    pub channel: Option<String>,
    /// When it was first sent.
    pub submitted_at: Moment,
    /// When it last changed.
    pub changed_at: Moment,
    /// When it was accepted.
    pub published_at: Option<Moment>,
    /// What it says.
    pub body: Body,
    /// SHA-256 of [`Body::canonical`] as it came, in hexadecimal: the one on its receipt.
    pub digest: String,
    /// How many passages were taken out of it.
    pub redactions: i32,
}

impl Comment {
    /// Whether everyone may see it.
    pub fn is_public(&self) -> bool {
        is_public(self.state, self.publication)
    }

    /// The digest that everyone may see: of what it shows. That of the text as it came would let anybody try out which
    /// words were taken out.
    pub fn public_digest(&self) -> String {
        if self.redactions > 0 { self.body.digest() } else { self.digest.clone() }
    }

    /// Whether its author may still change it.
    pub fn can_be_corrected(&self) -> bool {
        self.state.apply(Event::Correct).is_some()
    }

    /// Whether its author may still take it back.
    pub fn can_be_withdrawn(&self) -> bool {
        self.state.apply(Event::Withdraw).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_waits_is_decided_and_an_end_is_an_end() {
        for state in State::ALL {
            let waits = matches!(state, State::Pending | State::Appealed);
            for event in [Event::Publish, Event::Decline] {
                assert_eq!(state.apply(event).is_some(), waits, "{state} {event:?}");
            }
            assert_eq!(state.apply(Event::Return).is_some(), *state == State::Pending, "{state}");
            assert_eq!(state.apply(Event::Appeal).is_some(), *state == State::Declined, "{state}");
        }
        for event in [Event::Publish, Event::Return, Event::Decline, Event::Correct, Event::Appeal, Event::Withdraw] {
            assert_eq!(State::Withdrawn.apply(event), None);
            assert_eq!(State::Declined.apply(event), (event == Event::Appeal).then_some(State::Appealed));
        }
        assert_eq!(State::Appealed.apply(Event::Correct), None);
        assert_eq!(State::Returned.apply(Event::Correct), Some(State::Pending));
    }

    #[test]
    fn public_is_published_and_not_for_the_commission_alone() {
        let public: Vec<_> = State::ALL
            .iter()
            .flat_map(|state| Publication::ALL.iter().map(|publication| (*state, *publication)))
            .filter(|(state, publication)| is_public(*state, *publication))
            .collect();
        assert_eq!(public, [(State::Published, Publication::Named), (State::Published, Publication::Organisation)]);
    }
}
