//! Anchors: which words of a text a comment is about, by position and by quote, and finding pasted
//! words in the text again. Pure; knows only words and clauses. Different words never match: `should`
//! is not nearly `must`.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::norms::words::{Clause, Word, at, span, words};

/// Unicode code points of context kept on each side of the quote.
const CONTEXT: usize = 32;

/// The words of one text version that a comment is about. Quote and context are the exact text, as in
/// the `TextQuoteSelector` of the W3C Web Annotation Data Model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// Position of the first word, counted from 1.
    pub first_word: usize,
    /// Position of the last word, inclusive.
    pub last_word: usize,
    /// The text from the first word to the last.
    pub quote: String,
    /// Up to 32 code points before the quote.
    pub prefix: String,
    /// Up to 32 code points behind the quote.
    pub suffix: String,
}

/// Why two word positions make no anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AnchorError {
    /// A position is 0 or past the last word.
    #[error("The text has no word with this number.")]
    OutOfRange,
    /// The last word comes before the first.
    #[error("The last word comes before the first word.")]
    Reversed,
}

impl Anchor {
    /// The anchor on words `first` to `last` of `text`, counted from 1 and inclusive.
    pub fn from_words(text: &str, first: usize, last: usize) -> Result<Anchor, AnchorError> {
        let words = words(text);
        let (Some(start), Some(end)) = (at(&words, first), at(&words, last)) else {
            return Err(AnchorError::OutOfRange);
        };
        if last < first {
            return Err(AnchorError::Reversed);
        }
        let cut = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        let (before, behind) = (cut(0, start.start), cut(end.end, text.len()));
        let skipped = before.chars().count().saturating_sub(CONTEXT);
        Ok(Anchor {
            first_word: first,
            last_word: last,
            quote: cut(start.start, end.end).to_owned(),
            prefix: before.chars().skip(skipped).collect(),
            suffix: behind.chars().take(CONTEXT).collect(),
        })
    }

    /// The anchor on a whole clause.
    pub fn from_clause(text: &str, clause: &Clause) -> Result<Anchor, AnchorError> {
        Anchor::from_words(text, clause.first_word, clause.last_word)
    }

    /// Whether the quote still stands in `text` at these word positions, to the byte.
    pub fn fits(&self, text: &str) -> bool {
        self.fits_words(text, &words(text))
    }

    /// The same for a text whose words are at hand.
    pub fn fits_words(&self, text: &str, words: &[Word]) -> bool {
        span(text, words, self.first_word, self.last_word) == Some(self.quote.as_str())
    }
}

/// Every place in `text` that has the words of `pasted`: first and last word position, counted from 1
/// and inclusive, in text order, overlapping places too. `within` (first and last word) keeps to a part
/// of the text. Empty if there is none or `pasted` has no words.
///
/// Not compared: white space, line breaks, punctuation at the ends and between words, which of the
/// quotation marks, apostrophes, dashes or normalisation forms is used, Latin ligatures, soft hyphens.
/// Capitals count first; only if that finds nothing they don't. A hyphen at the end of a line is tried
/// as part of a word (`non-state`), then as mere division (`infor-mation`). Whole words only.
pub fn find_quote(text: &str, pasted: &str, within: Option<(usize, usize)>) -> Vec<(usize, usize)> {
    let mut searches =
        [Parts::of_text(pasted), Parts::of_pasted(pasted), Parts::of_pasted(&without_line_end_hyphens(pasted))];
    let mut text = Parts::of_text(text);
    for ignoring_case in [false, true] {
        if ignoring_case {
            text.ignore_case();
            searches.iter_mut().for_each(Parts::ignore_case);
        }
        for sought in &searches {
            let places = text.places(sought, within);
            if !places.is_empty() {
                return places;
            }
        }
    }
    Vec::new()
}

/// A word, or one of the parts that hyphens make of it, folded for comparing.
struct Part {
    folded: String,
    /// Position of the word it belongs to.
    word: usize,
    /// A dash stands between the part before and this one.
    after_dash: bool,
}

struct Parts(Vec<Part>);

impl Parts {
    /// Positions are those of the text as it is, so each word is folded by itself.
    fn of_text(text: &str) -> Parts {
        Parts::cut(text, &words(text), fold)
    }

    /// A pasted text may have marks that change where its words end, so it is folded first.
    fn of_pasted(pasted: &str) -> Parts {
        let folded = fold(pasted);
        Parts::cut(&folded, &words(&folded), str::to_owned)
    }

    fn cut(text: &str, words: &[Word], folded: impl Fn(&str) -> String) -> Parts {
        let mut parts = Vec::new();
        let mut offset = 0;
        for (word, place) in words.iter().zip(1..) {
            let gap = text.get(offset..word.start).unwrap_or_default();
            let mut after_dash = gap.contains(is_dash);
            let content = folded(text.get(word.start..word.end).unwrap_or_default());
            for part in content.split('-') {
                parts.push(Part { folded: part.to_owned(), word: place, after_dash });
                after_dash = true;
            }
            offset = word.end;
        }
        Parts(parts)
    }

    fn ignore_case(&mut self) {
        for part in &mut self.0 {
            part.folded = part.folded.to_lowercase();
        }
    }

    fn places(&self, sought: &Parts, within: Option<(usize, usize)>) -> Vec<(usize, usize)> {
        if sought.0.is_empty() {
            return Vec::new();
        }
        let (from, to) = within.unwrap_or((1, usize::MAX));
        let candidates = self.0.windows(sought.0.len()).enumerate();
        candidates
            .filter(|(i, run)| self.is_whole(*i, run) && same_words(run, &sought.0))
            .filter_map(|(_, run)| Some((run.first()?.word, run.last()?.word)))
            .filter(|(first, last)| from <= *first && *last <= to)
            .collect()
    }

    /// Whether the run of parts that begins at `index` begins and ends with a word.
    fn is_whole(&self, index: usize, run: &[Part]) -> bool {
        let word_before = index.checked_sub(1).and_then(|i| self.0.get(i));
        let word_behind = self.0.get(index + run.len());
        let is_other = |inside: Option<&Part>, outside: Option<&Part>| {
            inside.map(|part| part.word) != outside.map(|part| part.word)
        };
        is_other(run.first(), word_before) && is_other(run.last(), word_behind)
    }
}

/// Equal parts, and where one side joins two parts to a word the other has a dash there as well:
/// `non state` is not `non-state`, `non–state` is.
fn same_words(run: &[Part], sought: &[Part]) -> bool {
    let mut parts = run.iter().zip(sought);
    let mut gaps = run.windows(2).zip(sought.windows(2));
    parts.all(|(a, b)| a.folded == b.folded)
        && gaps.all(|(a, b)| match (joint(a), joint(b)) {
            (Some((joined, dash)), Some((sought_joined, sought_dash))) => {
                dash == sought_dash || !(joined || sought_joined)
            }
            _ => false,
        })
}

/// For two neighbouring parts: whether they are one word, and whether a dash is between them.
fn joint(pair: &[Part]) -> Option<(bool, bool)> {
    match pair {
        [first, second] => Some((first.word == second.word, second.after_dash)),
        _ => None,
    }
}

/// NFC, with one kind of hyphen and apostrophe, ligatures spelled out and invisible marks left out.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            c if is_dash(c) => folded.push('-'),
            '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2BC}' | '\u{2032}' | '\u{B4}' | '`' | '\u{FF07}' => {
                folded.push('\'');
            }
            c if is_invisible(c) => {}
            '\u{FB00}' => folded.push_str("ff"),
            '\u{FB01}' => folded.push_str("fi"),
            '\u{FB02}' => folded.push_str("fl"),
            '\u{FB03}' => folded.push_str("ffi"),
            '\u{FB04}' => folded.push_str("ffl"),
            '\u{FB05}' | '\u{FB06}' => folded.push_str("st"),
            other => folded.push(other),
        }
    }
    folded
}

/// Soft hyphens, marks of direction, and word joiners.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
    )
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
}

/// The text with hyphens that end a line taken out together with the line break.
fn without_line_end_hyphens(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for line in text.split_inclusive(['\n', '\r', '\u{2028}']) {
        let line = if kept.ends_with(char::is_whitespace) || kept.is_empty() { line } else { line.trim_start() };
        match line.trim_end().strip_suffix(['-', '\u{2010}', '\u{AD}']) {
            Some(divided) if line.ends_with(char::is_whitespace) => kept.push_str(divided),
            _ => kept.push_str(line),
        }
    }
    kept
}

#[cfg(test)]
#[path = "anchor_tests.rs"]
mod tests;
