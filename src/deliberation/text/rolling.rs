//! The rolling text: the base text with every alternative in square brackets where it applies, as compilation texts of the
//! United Nations are written. Without the alternatives it is the base text.

use super::edits::applied;
use super::marshalled::Item;
use crate::norms::lines::sections;
use crate::norms::words::{Clause, words};

/// A part of a rolling text, in text order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Words that nobody wants to change.
    Text(String),
    /// Words with alternatives to them.
    Alternatives(Group),
}

/// Words of the base text and what is proposed instead of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The words as they stand: those of all its proposals together.
    pub base: String,
    /// In the order of the marshalled list.
    pub alternatives: Vec<Alternative>,
}

impl Group {
    /// The words as they stand, and the space behind them that a deletion takes along: brackets stand between the two.
    pub fn parted(&self) -> (&str, &str) {
        self.base.split_at(self.base.trim_end().len())
    }
}

/// One proposal for the words of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// Place of its item in the marshalled list.
    pub item: usize,
    /// The words of the group as they would read; empty if all of them would go.
    pub words: String,
}

/// Words that several proposals touch, or one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset just after the last byte.
    pub end: usize,
    /// Places of the items in the marshalled list.
    pub items: Vec<usize>,
}

/// The stretches of `text` that `items` touch, in text order and apart: proposals whose words overlap are in one.
pub fn stretches(text: &str, items: &[Item]) -> Vec<Stretch> {
    let words = words(text);
    let mut single: Vec<Stretch> = Vec::new();
    for (number, item) in items.iter().enumerate() {
        let at = |position| crate::norms::words::at(&words, position);
        let (Some(first), Some(last)) = (at(item.first_word), at(item.last_word)) else { continue };
        let start = item.edits.iter().map(|edit| edit.start).min().unwrap_or(first.start).min(first.start);
        let end = item.edits.iter().map(|edit| edit.end).max().unwrap_or(last.end).max(last.end);
        single.push(Stretch { start, end, items: vec![number] });
    }
    single.sort_by_key(|stretch| (stretch.start, stretch.end));
    let mut found: Vec<Stretch> = Vec::new();
    for stretch in single {
        match found.last_mut() {
            Some(last) if stretch.start < last.end => {
                last.end = last.end.max(stretch.end);
                last.items.extend(stretch.items);
            }
            _ => found.push(stretch),
        }
    }
    for stretch in &mut found {
        stretch.items.sort_unstable();
    }
    found
}

/// The rolling text of `text`, to which `items` are the marshalled list.
pub fn rolling(text: &str, items: &[Item]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut offset = 0;
    let plain = |from: usize, to: usize| text.get(from..to).filter(|words| !words.is_empty()).map(str::to_owned);
    for Stretch { start, end, items: numbers } in stretches(text, items) {
        parts.extend(plain(offset, start).map(Part::Text));
        let alternative = |number: usize| {
            let edits = items.get(number).map(|item| item.edits.as_slice()).unwrap_or_default();
            Alternative { item: number, words: applied(text, (start, end), edits) }
        };
        let base = text.get(start..end).unwrap_or_default().to_owned();
        let alternatives = numbers.into_iter().map(alternative).collect();
        parts.push(Part::Alternatives(Group { base, alternatives }));
        offset = end;
    }
    parts.extend(plain(offset, text.len()).map(Part::Text));
    parts
}

/// A paragraph of a rolling text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// The letters of its clauses; none before the first clause, several where alternatives reach over.
    pub letters: Vec<String>,
    /// What it holds.
    pub parts: Vec<Part>,
}

/// `parts`, a rolling text of `text`, cut where clauses begin; alternatives that reach over a cut stay together.
pub fn paragraphs(text: &str, clauses: &[Clause], parts: Vec<Part>) -> Vec<Paragraph> {
    let mut cuts = sections(text, clauses).into_iter().peekable();
    let mut found: Vec<Paragraph> = Vec::new();
    let mut offset = 0;
    for part in parts {
        let (mut rest, whole) = match &part {
            Part::Text(words) => (words.as_str(), None),
            Part::Alternatives(group) => (group.base.as_str(), Some(part.clone())),
        };
        let end = offset + rest.len();
        while let Some((letter, start, _)) = cuts.next_if(|(_, start, _)| *start < end) {
            let (before, behind) = rest.split_at(start.saturating_sub(offset).min(rest.len()));
            let letter = letter.map(str::to_owned);
            match (found.last_mut(), &whole) {
                (Some(last), Some(_)) if start > offset => last.letters.extend(letter),
                (last, None) if !before.is_empty() => {
                    if let Some(last) = last {
                        last.parts.push(Part::Text(before.to_owned()));
                    }
                    (rest, offset) = (behind, start);
                    found.push(Paragraph { letters: letter.into_iter().collect(), parts: Vec::new() });
                }
                _ => found.push(Paragraph { letters: letter.into_iter().collect(), parts: Vec::new() }),
            }
        }
        let part = whole.unwrap_or_else(|| Part::Text(rest.to_owned()));
        if let Some(last) = found.last_mut() {
            last.parts.push(part);
        }
        offset = end;
    }
    found.retain(|paragraph| !paragraph.parts.is_empty());
    found
}

/// The text without its alternatives.
pub fn base(parts: &[Part]) -> String {
    let words = |part: &Part| match part {
        Part::Text(words) => words.clone(),
        Part::Alternatives(group) => group.base.clone(),
    };
    parts.iter().map(words).collect()
}
