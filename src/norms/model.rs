//! Consultation, norm, text version: what there is to comment on, and when.

use super::words::{self, Clause, Word};
use crate::clock::Moment;
use crate::db;
use crate::ids::{ConsultationId, NormId, TextVersionId};

/// How long the closing minute lasts.
const LAST_MINUTE: chrono::TimeDelta = chrono::TimeDelta::minutes(1);

db::words! {
    /// What sort of text is commented on.
    TextKind {
        /// An earlier call of the Commission.
        Call = "call",
        /// A norm of the package.
        Norm = "norm",
        /// The working definition.
        Definition = "definition",
    }
}

/// Who asks, and when answers are taken.
#[derive(Debug, Clone)]
pub struct Consultation {
    /// Which.
    pub id: ConsultationId,
    /// Begins every reference.
    pub code: String,
    /// Its name.
    pub title: String,
    /// Who asks.
    pub commission: String,
    /// What is asked, in the Commission's words.
    pub summary: String,
    /// Where they stand.
    pub summary_source: String,
    /// The steps of the Commission's work: partial ISO date (or none) and name.
    pub timeline: Vec<(Option<String>, String)>,
    /// The first moment at which comments are taken.
    pub opens_at: Moment,
    /// The last moment at which comments are taken; `None` while none is set.
    pub closes_at: Option<Moment>,
    /// Counts changes of the window.
    pub version: i64,
}

/// Whether comments are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// Not before this moment.
    NotYet(Moment),
    /// Until this moment, or until one is set.
    Open(Option<Moment>),
    /// Since this moment.
    Closed(Moment),
}

impl Consultation {
    /// The window at `now`. The closing moment itself is still open: "23:59 UTC" means to its end, so a closing time
    /// given to the minute lasts until the minute is over.
    pub fn window(&self, now: Moment) -> Window {
        if now < self.opens_at {
            return Window::NotYet(self.opens_at);
        }
        match self.closes_at {
            Some(closes) if now >= closes + LAST_MINUTE => Window::Closed(closes),
            closes => Window::Open(closes),
        }
    }

    /// The moments from which on [`Consultation::window`] is another.
    pub fn turns(&self) -> impl Iterator<Item = Moment> {
        [Some(self.opens_at), self.closes_at.map(|closes| closes + LAST_MINUTE)].into_iter().flatten()
    }

    /// Whether comments are taken at `now`.
    pub fn is_open(&self, now: Moment) -> bool {
        matches!(self.window(now), Window::Open(_))
    }
}

/// A norm, a call or the definition.
#[derive(Debug, Clone)]
pub struct Norm {
    /// Which.
    pub id: NormId,
    /// Its place in addresses.
    pub slug: String,
    /// Its number in the package.
    pub number: i32,
    /// What sort of text.
    pub kind: TextKind,
    /// Its title.
    pub title: String,
    /// Quotations that bear on it.
    pub context: String,
    /// Where they stand.
    pub context_source: String,
    /// Published comments by kind, for everyone to see.
    pub published: Published,
}

/// How many comments on a norm are public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Published {
    /// On its wording.
    pub wording: i64,
    /// On its levers of implementation.
    pub lever: i64,
    /// On the whole of it.
    pub general: i64,
}

impl Published {
    /// All of them.
    pub fn all(self) -> i64 {
        self.wording + self.lever + self.general
    }
}

/// One wording of a norm. It never changes.
#[derive(Debug, Clone)]
pub struct TextVersion {
    /// Which.
    pub id: TextVersionId,
    /// Of which norm.
    pub norm_id: NormId,
    /// `1`, `2`, ...
    pub label: String,
    /// Partial ISO date of the source.
    pub dated: String,
    /// Where the words stand.
    pub source: String,
    /// The words.
    pub body: String,
    /// Its lettered clauses.
    pub clauses: Vec<Clause>,
}

impl TextVersion {
    /// The words with their places.
    pub fn words(&self) -> Vec<Word> {
        words::words(&self.body)
    }

    /// The clause that holds the word at `position` (from 1).
    pub fn clause_of(&self, position: usize) -> Option<&Clause> {
        self.clauses.iter().find(|clause| (clause.first_word..=clause.last_word).contains(&position))
    }

    /// The clause with this letter.
    pub fn clause(&self, letter: &str) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.letter == letter)
    }

    /// The clauses that words `first` to `last` lie in, as people cite them: `3(b)`, `3(a)-(c)`.
    pub fn cite(&self, number: i32, first: usize, last: usize) -> String {
        match (self.clause_of(first), self.clause_of(last)) {
            (Some(from), Some(to)) if from.letter == to.letter => format!("{number}({})", from.letter),
            (Some(from), Some(to)) => format!("{number}({})-({})", from.letter, to.letter),
            _ => number.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::parse_rfc3339;

    #[test]
    fn the_closing_minute_still_counts() {
        let at = |text| parse_rfc3339(text).unwrap();
        let consultation = Consultation {
            id: ConsultationId::new(),
            code: "GCSC".into(),
            title: String::new(),
            commission: String::new(),
            summary: String::new(),
            summary_source: String::new(),
            timeline: Vec::new(),
            opens_at: at("2018-11-08T00:00:00Z"),
            closes_at: Some(at("2019-01-17T23:59:00Z")),
            version: 1,
        };
        assert!(matches!(consultation.window(at("2018-11-07T23:59:59Z")), Window::NotYet(_)));
        assert!(consultation.is_open(at("2018-11-08T00:00:00Z")));
        assert!(consultation.is_open(at("2019-01-17T23:59:59Z")));
        assert!(matches!(consultation.window(at("2019-01-18T00:00:00Z")), Window::Closed(_)));
    }
}
