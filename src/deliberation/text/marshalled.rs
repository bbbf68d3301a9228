//! The marshalled list: every proposal to change words of a text in the order of the words it touches, at the same place
//! deletions before replacements before insertions, equal ones as one with all who support it.

use std::collections::BTreeMap;

use super::edits::{Edit, edits};
use crate::clock::Moment;
use crate::comments::record::model::typed;
use crate::norms::words::{Word, words};

/// Who stands behind a proposal, as far as the reader may know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supporter {
    /// The same for the same organisation or person; never shown.
    pub key: String,
    /// What the reader sees.
    pub label: String,
}

/// What one comment wants of the words.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// What people call the comment.
    pub reference: String,
    /// Position of the first word, from 1.
    pub first_word: usize,
    /// Position of the last word, inclusive.
    pub last_word: usize,
    /// The words that shall stand there; empty where they are to go.
    pub wording: String,
    /// The author, then those who put their names to it.
    pub supporters: Vec<Supporter>,
    /// When it was sent.
    pub at: Moment,
    /// Why.
    pub rationale: String,
    /// Whether it is for the Commission alone.
    pub is_confidential: bool,
}

/// What a proposal does, in the order of a marshalled list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// Words go.
    Deletion,
    /// Words come in the place of others.
    Replacement,
    /// Words come.
    Insertion,
}

impl Sort {
    fn of(edits: &[Edit]) -> Self {
        if edits.iter().all(Edit::is_deletion) {
            Self::Deletion
        } else if edits.iter().all(Edit::is_insertion) {
            Self::Insertion
        } else {
            Self::Replacement
        }
    }
}

/// A comment behind an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// When it was sent.
    pub at: Moment,
    /// What people call it.
    pub reference: String,
    /// Who sent it.
    pub by: String,
    /// Why.
    pub rationale: String,
    /// Whether it is for the Commission alone.
    pub is_confidential: bool,
}

/// A proposal with everybody who makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Position of the first word, from 1.
    pub first_word: usize,
    /// Position of the last word, inclusive.
    pub last_word: usize,
    /// What it does.
    pub sort: Sort,
    /// The words that shall stand there, as the first who proposed it typed them; empty where they are to go.
    pub wording: String,
    /// What it does to the text.
    pub edits: Vec<Edit>,
    /// The comments, the earliest first.
    pub sources: Vec<Source>,
    /// Everybody, each once, in the order in which they came.
    pub supporters: Vec<Supporter>,
}

impl Item {
    /// The reference of the comment that proposed it first.
    pub fn reference(&self) -> &str {
        self.sources.first().map(|source| source.reference.as_str()).unwrap_or_default()
    }

    /// Whether all of it is for the Commission alone.
    pub fn is_confidential(&self) -> bool {
        self.sources.iter().all(|source| source.is_confidential)
    }

    /// Who is behind it: at most `most` names, then how many more. Equal labels are counted, not repeated.
    pub fn attribution(&self, most: usize) -> String {
        let mut labels: Vec<(&str, usize)> = Vec::new();
        let mut places = BTreeMap::new();
        for supporter in &self.supporters {
            let place = *places.entry(supporter.label.as_str()).or_insert_with(|| {
                labels.push((&supporter.label, 0));
                labels.len() - 1
            });
            if let Some((_, count)) = labels.get_mut(place) {
                *count += 1;
            }
        }
        let named = |(label, count): &(&str, usize)| match count {
            1 => (*label).to_owned(),
            count => format!("{label} ×{count}"),
        };
        let mut told: Vec<String> = labels.iter().take(most).map(named).collect();
        let others: usize = labels.iter().skip(most).map(|(_, count)| count).sum();
        if others > 0 {
            told.push(format!("+{others}"));
        }
        told.join(", ")
    }
}

/// Proposals that ask for the same words at the same place, while they come.
struct Gathered {
    /// The earliest, by time and reference: its words stand for all.
    first: (Moment, String, String),
    sources: Vec<Source>,
    supporters: BTreeMap<String, (Moment, String, usize, String)>,
}

/// A list being made: proposals in any order, each comment once.
pub struct List {
    text: String,
    words: Vec<Word>,
    gathered: BTreeMap<(usize, usize, String), Gathered>,
}

impl List {
    /// An empty list of proposals on `text`.
    pub fn on(text: &str) -> Self {
        Self { text: text.to_owned(), words: words(text), gathered: BTreeMap::new() }
    }

    /// Adds what a comment wants. `false`: it is about no words of this text, or changes none, and is not in the list.
    pub fn add(&mut self, proposal: Proposal) -> bool {
        let place = (proposal.first_word, proposal.last_word);
        if edits(&self.text, &self.words, place, &proposal.wording).is_none_or(|edits| edits.is_empty()) {
            return false;
        }
        let Proposal { reference, wording, supporters, at, rationale, is_confidential, .. } = proposal;
        let first = (at, reference.clone(), wording);
        let gathered = self.gathered.entry((place.0, place.1, typed(&first.2))).or_insert_with(|| Gathered {
            first: first.clone(),
            sources: Vec::new(),
            supporters: BTreeMap::new(),
        });
        if (first.0, &first.1) < (gathered.first.0, &gathered.first.1) {
            gathered.first = first;
        }
        let by = supporters.first().map(|author| author.label.clone()).unwrap_or_default();
        for (number, supporter) in supporters.into_iter().enumerate() {
            let came = (at, reference.clone(), number, supporter.label);
            let known = gathered.supporters.entry(supporter.key).or_insert_with(|| came.clone());
            if came < *known {
                *known = came;
            }
        }
        gathered.sources.push(Source { at, reference, by, rationale, is_confidential });
        true
    }

    /// The list, in its order.
    pub fn finish(self) -> Vec<Item> {
        let mut items: Vec<Item> = self
            .gathered
            .into_iter()
            .filter_map(|((first_word, last_word, _), mut gathered)| {
                let wording = gathered.first.2;
                let edits = edits(&self.text, &self.words, (first_word, last_word), &wording)?;
                gathered.sources.sort_by(|a, b| (a.at, &a.reference).cmp(&(b.at, &b.reference)));
                let mut supporters: Vec<_> = gathered.supporters.into_iter().collect();
                supporters.sort_by(|(_, a), (_, b)| a.cmp(b));
                let supporters = supporters.into_iter().map(|(key, (.., label))| Supporter { key, label }).collect();
                let sort = Sort::of(&edits);
                Some(Item { first_word, last_word, sort, wording, edits, sources: gathered.sources, supporters })
            })
            .collect();
        let order = |item: &Item| {
            let first = item.sources.first().map(|source| (source.at, source.reference.clone()));
            (item.first_word, item.last_word, item.sort, first)
        };
        items.sort_by_cached_key(order);
        items
    }
}

/// The marshalled list of `proposals` on `text`: the same whatever the order they come in.
pub fn marshalled(text: &str, proposals: impl IntoIterator<Item = Proposal>) -> Vec<Item> {
    let mut list = List::on(text);
    for proposal in proposals {
        list.add(proposal);
    }
    list.finish()
}
