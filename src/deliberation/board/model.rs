//! An issue: a question about certain words, a lever or a whole text, and the way from a draft to what is published. Pure.

use crate::clock::Moment;
use crate::db::words;
use crate::ids::{AccountId, CommentId, IssueId, NormId, TextVersionId};

/// The longest statement of an issue, in graphemes.
pub const LONGEST_STATEMENT: usize = 1_000;
/// The longest of any other text on the board, in graphemes.
pub const LONGEST_TEXT: usize = 5_000;
/// How many options an issue has at most.
pub const MOST_OPTIONS: usize = 12;
/// How many comments are put under an issue, or taken from it, at a time.
pub const MOST: usize = 100;

words! {
    /// What an issue is about.
    Kind {
        /// Certain words of the text.
        Words = "words",
        /// A way to implement it.
        Lever = "lever",
        /// The text as a whole.
        Whole = "whole",
    }
}

words! {
    /// Where an issue stands.
    State {
        /// It is written, and comments are put under it.
        Draft = "draft",
        /// Somebody proposed a decision.
        Proposed = "proposed",
        /// Somebody else found it right.
        Validated = "validated",
        /// Everyone may read it, and everybody who wrote was told.
        Published = "published",
    }
}

words! {
    /// What happens to an issue.
    Step {
        /// Somebody proposes the decision.
        Propose = "propose",
        /// Somebody else finds it right.
        Validate = "validate",
        /// Somebody sends it back, and says why.
        Return = "return",
        /// It is published.
        Publish = "publish",
        /// It is looked at once more after it was published; what was published stays until then.
        Reopen = "reopen",
    }
}

impl State {
    /// The state after `step`; `None` where it may not happen.
    pub fn apply(self, step: Step) -> Option<Self> {
        match (self, step) {
            (Self::Draft, Step::Propose) => Some(Self::Proposed),
            (Self::Proposed, Step::Validate) => Some(Self::Validated),
            (Self::Proposed | Self::Validated, Step::Return) | (Self::Published, Step::Reopen) => Some(Self::Draft),
            (Self::Validated, Step::Publish) => Some(Self::Published),
            _ => None,
        }
    }
}

/// What an issue is about. It stays as it is from the beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// Words of a text version.
    Words {
        /// The first, counted from 1.
        first: usize,
        /// The last, inclusive.
        last: usize,
        /// The words.
        quote: String,
    },
    /// Who should act, by what: codes of the vocabulary; an empty instrument is any.
    Lever {
        /// The actor.
        actor: String,
        /// The instrument.
        instrument: String,
    },
    /// All of it.
    Whole,
}

impl About {
    /// What sort that is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Words { .. } => Kind::Words,
            Self::Lever { .. } => Kind::Lever,
            Self::Whole => Kind::Whole,
        }
    }

    /// Its place among the issues of a text: words in their order, then the whole, then levers.
    pub fn place(&self) -> i32 {
        match self {
            Self::Words { first, .. } => i32::try_from(*first).unwrap_or(WHOLE - 1).min(WHOLE - 1),
            Self::Whole => WHOLE,
            Self::Lever { .. } => WHOLE + 1,
        }
    }
}

const WHOLE: i32 = 1_000_000;

/// What the desk writes about an issue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Texts {
    /// The question, in neutral words.
    pub statement: String,
    /// What could be done, each in a line.
    pub options: Vec<String>,
    /// What the Secretariat recommends.
    pub recommendation: String,
    /// The decision: a code of the vocabulary; empty while there is none.
    pub disposition: String,
    /// Why.
    pub reasons: String,
    /// What the words that it is about read then, if the board adopted something of a proposal in words of its own.
    pub wording: String,
}

/// The dispositions that take something of a proposal and leave it to the board in which words: codes of the vocabulary.
pub const IN_OTHER_WORDS: [&str; 2] = ["adopted-in-part", "adopted-in-other-words"];

impl Texts {
    /// Whether its decision can have words of the board's own.
    pub fn takes_words(&self) -> bool {
        IN_OTHER_WORDS.contains(&self.disposition.as_str())
    }

    /// Whether a decision can be proposed: it is there, with reasons.
    pub fn are_decided(&self) -> bool {
        !self.disposition.is_empty() && !self.reasons.trim().is_empty()
    }
}

/// Somebody did something, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Who.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}

/// An issue as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Which.
    pub id: IssueId,
    /// On which text.
    pub norm: NormId,
    /// Its number on that text.
    pub number: i32,
    /// What it is about.
    pub about: About,
    /// On which wording of the text.
    pub version_of_text: TextVersionId,
    /// What is written about it.
    pub texts: Texts,
    /// Where it stands.
    pub state: State,
    /// How often it was taken up, from 1.
    pub round: i32,
    /// The round whose decision everyone reads; 0: none.
    pub answered: i32,
    /// Counts changes: what every change is guarded by.
    pub version: i64,
    /// Why it was sent back the last time; mostly empty.
    pub sent_back: String,
    /// How many authors are content with the answer.
    pub satisfied: i64,
    /// How many are not.
    pub unsatisfied: i64,
    /// Who changed it last.
    pub changed: Done,
    /// Who proposed the decision.
    pub proposed: Option<Done>,
    /// Who found it right.
    pub validated: Option<Done>,
}

impl Issue {
    /// Whether what is written about it, and what is under it, can be changed.
    pub fn is_open(&self) -> bool {
        self.state == State::Draft
    }

    /// Whether it can be thrown away: nobody outside ever read it.
    pub fn can_be_discarded(&self) -> bool {
        self.is_open() && self.answered == 0
    }
}

/// What a comment gets that is not what the others under the issue get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnAnswer {
    /// A code of the vocabulary; empty: the same as the others.
    pub disposition: String,
    /// Why.
    pub response: String,
    /// Counts changes.
    pub version: i64,
}

/// What came of putting comments under an issue or taking them from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Gathered {
    /// How many were moved.
    pub done: usize,
    /// How many were there already, or were not there.
    pub same: usize,
    /// How many are not accepted, so that they can't be under an issue.
    pub refused: usize,
}

/// Comments by id, each once, in the order in which everybody takes their locks.
pub fn in_order(mut comments: Vec<CommentId>) -> Vec<CommentId> {
    comments.sort_unstable();
    comments.dedup();
    comments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_published_that_was_not_proposed_and_validated() {
        let ways: Vec<(State, Step, State)> = State::ALL
            .iter()
            .flat_map(|from| Step::ALL.iter().filter_map(|step| Some((*from, *step, from.apply(*step)?))))
            .collect();
        let into =
            |state: State| ways.iter().filter(move |(.., to)| *to == state).map(|(from, step, _)| (*from, *step));
        assert_eq!(into(State::Published).collect::<Vec<_>>(), [(State::Validated, Step::Publish)]);
        assert_eq!(into(State::Validated).collect::<Vec<_>>(), [(State::Proposed, Step::Validate)]);
        assert_eq!(into(State::Proposed).collect::<Vec<_>>(), [(State::Draft, Step::Propose)]);
        assert_eq!(into(State::Draft).count(), 3);
    }

    #[test]
    fn issues_stand_in_the_order_of_the_text() {
        let words = |first| About::Words { first, last: first, quote: String::new() };
        let lever = About::Lever { actor: "users".into(), instrument: String::new() };
        let places = [words(1), words(2), About::Whole, lever].map(|about| about.place());
        assert!(places.is_sorted() && places.windows(2).all(|pair| pair[0] < pair[1]), "{places:?}");
        assert!(words(usize::MAX).place() < About::Whole.place());
    }

    #[test]
    fn a_decision_is_one_with_reasons() {
        let texts = |disposition: &str, reasons: &str| Texts {
            disposition: disposition.into(),
            reasons: reasons.into(),
            ..Texts::default()
        };
        assert!(texts("noted", "Because.").are_decided());
        assert!(!texts("noted", " \n").are_decided() && !texts("", "Because.").are_decided());
    }
}
