//! Redlines: what a proposal deletes from the quoted words and what it inserts, worked out from the
//! two wordings alone. Pure and deterministic: the same two texts give the same redline for ever.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::norms::words::{span, words};

/// Above this many tokens in both texts together only the beginning and the end that they share are
/// kept, and everything between is one replacement. A norm has some hundred tokens.
const MOST_TOKENS: usize = 20_000;

/// A part of a redline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// In both wordings.
    Same(String),
    /// Only in the old wording.
    Deleted(String),
    /// Only in the new wording.
    Inserted(String),
}

/// What one change does, in words fit for a sentence: no white space around them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Replace `from` with `to`.
    Replace {
        /// The words that go.
        from: String,
        /// The words that come.
        to: String,
    },
    /// Delete `words`.
    Delete {
        /// The words that go.
        words: String,
    },
    /// Insert `words`.
    Insert {
        /// The words that come.
        words: String,
        /// The unchanged word before them, if the text directly before has one.
        after: Option<String>,
        /// The unchanged word behind them, if the text directly behind has one.
        before: Option<String>,
    },
}

/// The way from one wording to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redline {
    /// In text order; no two neighbours of one kind, none empty, and at one place the deletion before
    /// the insertion. `Same` and `Deleted` together are the old wording to the byte, `Same` and
    /// `Inserted` the new one.
    pub pieces: Vec<Piece>,
}

impl Redline {
    /// Compares two wordings word by word; white space and punctuation count. Changes with nothing
    /// but white space between them are one change.
    pub fn between(old: &str, new: &str) -> Redline {
        let mut draft = Draft::default();
        let (old_tokens, new_tokens) = (tokens(old), tokens(new));
        if old_tokens.len() + new_tokens.len() > MOST_TOKENS {
            draft.compare_ends(&old_tokens, &new_tokens);
        } else {
            draft.compare(&old_tokens, &new_tokens);
        }
        draft.finish()
    }

    /// The new wording, without marks.
    pub fn clean(&self) -> String {
        self.side(|piece| match piece {
            Piece::Same(text) | Piece::Inserted(text) => Some(text),
            Piece::Deleted(_) => None,
        })
    }

    /// The old wording.
    pub fn original(&self) -> String {
        self.side(|piece| match piece {
            Piece::Same(text) | Piece::Deleted(text) => Some(text),
            Piece::Inserted(_) => None,
        })
    }

    /// Whether the two wordings are the same text (see [`same_text`]).
    pub fn is_unchanged(&self) -> bool {
        same_text(&self.original(), &self.clean())
    }

    /// The changes in text order. One that alters only how much white space there is, or only how a letter is encoded, is
    /// none.
    pub fn changes(&self) -> Vec<Change> {
        let mut found = Vec::new();
        let mut rest = self.pieces.as_slice();
        let mut before: Option<&Piece> = None;
        while let [first, behind @ ..] = rest {
            let (deleted, inserted, behind) = match (first, behind) {
                (Piece::Deleted(old), [Piece::Inserted(new), behind @ ..]) => (&**old, &**new, behind),
                (Piece::Deleted(old), _) => (&**old, "", behind),
                (Piece::Inserted(new), _) => ("", &**new, behind),
                (Piece::Same(_), _) => ("", "", behind),
            };
            found.extend(change(deleted, inserted, before, behind.first()));
            before = Some(first);
            rest = behind;
        }
        found
    }

    fn side<'r>(&'r self, part: impl Fn(&'r Piece) -> Option<&'r String>) -> String {
        self.pieces.iter().filter_map(part).map(String::as_str).collect()
    }
}

/// Whether two wordings differ at most in runs of white space, white space at the ends, and the
/// normalisation form of their letters (compared in NFC).
pub fn same_text(a: &str, b: &str) -> bool {
    let (a, b): (String, String) = (a.nfc().collect(), b.nfc().collect());
    a.split_whitespace().eq(b.split_whitespace())
}

fn change(deleted: &str, inserted: &str, before: Option<&Piece>, behind: Option<&Piece>) -> Option<Change> {
    let (head, tail) = (run_before(before), run_behind(behind));
    let (whole, anew) = (format!("{head}{deleted}{tail}"), format!("{head}{inserted}{tail}"));
    if same_text(&whole, &anew) {
        return None;
    }
    // Nothing but the space between two that now touch, or no longer do: said by those two.
    if same_text(deleted, inserted) {
        return Some(Change::Replace { from: whole, to: anew });
    }
    let (from, to) = (deleted.trim().to_owned(), inserted.trim().to_owned());
    Some(if to.is_empty() {
        Change::Delete { words: from }
    } else if from.is_empty() {
        Change::Insert {
            words: to,
            after: unchanged_word(before, |count| count),
            before: unchanged_word(behind, |_| 1),
        }
    } else {
        Change::Replace { from, to }
    })
}

/// What the text directly before a change ends with, back to the last white space.
fn run_before(piece: Option<&Piece>) -> &str {
    let Some(Piece::Same(text)) = piece else { return "" };
    text.rsplit(char::is_whitespace).next().unwrap_or_default()
}

/// What the text directly behind a change begins with, up to the first white space.
fn run_behind(piece: Option<&Piece>) -> &str {
    let Some(Piece::Same(text)) = piece else { return "" };
    text.split(char::is_whitespace).next().unwrap_or_default()
}

/// The word of an unchanged piece at the position that `which` makes of the piece's word count.
fn unchanged_word(piece: Option<&Piece>, which: impl Fn(usize) -> usize) -> Option<String> {
    let Some(Piece::Same(text)) = piece else {
        return None;
    };
    let words = words(text);
    let position = which(words.len());
    span(text, &words, position, position).map(str::to_owned)
}

/// The text cut into words as the portal counts them and, between those, UAX 29 segments: white
/// space and punctuation. Together they are the text.
fn tokens(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut offset = 0;
    for word in words(text) {
        found.extend(text.get(offset..word.start).unwrap_or_default().split_word_bounds());
        found.extend(text.get(word.start..word.end));
        offset = word.end;
    }
    found.extend(text.get(offset..).unwrap_or_default().split_word_bounds());
    found
}

/// A redline being written from left to right.
#[derive(Default)]
struct Draft {
    pieces: Vec<Piece>,
    deleted: String,
    inserted: String,
    /// Unchanged white space behind a change: part of it if another change follows.
    island: String,
}

impl Draft {
    fn compare(&mut self, old: &[&str], new: &[&str]) {
        for op in capture_diff_slices(Algorithm::Myers, old, new) {
            let (old, new) = (old.get(op.old_range()).unwrap_or_default(), new.get(op.new_range()).unwrap_or_default());
            if let DiffOp::Equal { .. } = op {
                self.same(&old.concat());
            } else {
                self.differs(&old.concat(), &new.concat());
            }
        }
    }

    /// The cheap way: what the two share at the beginning and at the end stays, the rest is replaced.
    fn compare_ends(&mut self, old: &[&str], new: &[&str]) {
        let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        let (start, old) = old.split_at(head);
        let (_, new) = new.split_at(head);
        let pairs = old.iter().rev().zip(new.iter().rev());
        let tail = pairs.take_while(|(a, b)| a == b).count();
        let (old, end) = old.split_at(old.len() - tail);
        let (new, _) = new.split_at(new.len() - tail);
        self.same(&start.concat());
        self.differs(&old.concat(), &new.concat());
        self.same(&end.concat());
    }

    fn same(&mut self, text: &str) {
        let in_change = !(self.deleted.is_empty() && self.inserted.is_empty());
        if in_change && text.trim().is_empty() {
            self.island.push_str(text);
            return;
        }
        self.end_change();
        if let Some(Piece::Same(last)) = self.pieces.last_mut() {
            last.push_str(text);
        } else if !text.is_empty() {
            self.pieces.push(Piece::Same(text.to_owned()));
        }
    }

    fn differs(&mut self, old: &str, new: &str) {
        if old.is_empty() && new.is_empty() {
            return;
        }
        let island = std::mem::take(&mut self.island);
        self.deleted.extend([&island, old]);
        self.inserted.extend([&island, new]);
    }

    fn end_change(&mut self) {
        let (deleted, inserted) = (std::mem::take(&mut self.deleted), std::mem::take(&mut self.inserted));
        if !deleted.is_empty() {
            self.pieces.push(Piece::Deleted(deleted));
        }
        if !inserted.is_empty() {
            self.pieces.push(Piece::Inserted(inserted));
        }
        let island = std::mem::take(&mut self.island);
        if !island.is_empty() {
            self.pieces.push(Piece::Same(island));
        }
    }

    fn finish(mut self) -> Redline {
        self.end_change();
        Redline { pieces: self.pieces }
    }
}

#[cfg(test)]
#[path = "redline_tests.rs"]
mod tests;
