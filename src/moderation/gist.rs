//! One line that says what a comment wants, for rows of the queue. Pure, and bounded whatever was sent.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::comments::body::{Body, Change, Wording};
use crate::comments::redline::{Piece, Redline};

/// The longest opening of a text, in graphemes.
const OPENING: usize = 120;
/// How much of an unchanged run is kept on each side of a change, in graphemes.
const CONTEXT: usize = 30;
/// How much of a change is kept, in graphemes.
const CHANGED: usize = 80;
/// How many parts of a redline are kept.
const PIECES: usize = 7;
/// Above this many bytes two wordings are not compared for a mere line.
const LONGEST_COMPARED: usize = 2_000;

/// What a comment wants, in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gist {
    /// A change of words, shortened.
    Change(Redline),
    /// First words.
    Text(String),
}

/// The line for `body`: the change where there is one, else how the text begins.
pub fn gist(body: &Body) -> Gist {
    match body {
        Body::Wording(wording) if wording.change == Change::Keep => Gist::Text(opening(&wording.rationale, OPENING)),
        Body::Wording(wording) => Gist::Change(shortened(change(wording))),
        Body::Lever(lever) => Gist::Text(opening(&lever.action, OPENING)),
        Body::General(general) => Gist::Text(opening(&general.rationale, OPENING)),
    }
}

fn change(wording: &Wording) -> Redline {
    if is_comparable(&wording.anchor.quote, wording.new_words(), LONGEST_COMPARED) {
        return wording.redline();
    }
    swap(&wording.anchor.quote, wording.new_words())
}

/// The redline of two texts, or the one in place of the other where comparing them would take more than `most` bytes.
pub fn compared(old: &str, new: &str, most: usize) -> Redline {
    if is_comparable(old, new, most) { Redline::between(old, new) } else { swap(old, new) }
}

fn is_comparable(old: &str, new: &str, most: usize) -> bool {
    old.len() + new.len() <= most
}

fn swap(old: &str, new: &str) -> Redline {
    Redline { pieces: vec![Piece::Deleted(old.to_owned()), Piece::Inserted(new.to_owned())] }
}

fn shortened(redline: Redline) -> Redline {
    let last = redline.pieces.len().saturating_sub(1);
    let mut pieces = Vec::new();
    for (place, piece) in redline.pieces.into_iter().enumerate() {
        if pieces.len() == PIECES {
            pieces.push(Piece::Same(" \u{2026}".into()));
            break;
        }
        pieces.push(match piece {
            Piece::Same(text) if place == 0 => Piece::Same(ending(&text, CONTEXT)),
            Piece::Same(text) if place == last => Piece::Same(opening(&text, CONTEXT)),
            Piece::Same(text) => Piece::Same(middle(text)),
            Piece::Deleted(text) => Piece::Deleted(opening(&text, CHANGED)),
            Piece::Inserted(text) => Piece::Inserted(opening(&text, CHANGED)),
        });
    }
    Redline { pieces }
}

fn middle(text: String) -> String {
    if text.graphemes(true).nth(2 * CONTEXT).is_none() {
        return text;
    }
    format!("{}{}", opening(&text, CONTEXT), ending(&text, CONTEXT).trim_start_matches('\u{2026}'))
}

/// How `text` begins: at most `most` graphemes, cut between words where there are words, with an ellipsis if cut.
pub fn opening(text: &str, most: usize) -> String {
    let Some((end, _)) = text.grapheme_indices(true).nth(most) else { return text.to_owned() };
    let kept = text.get(..end).unwrap_or_default();
    let whole_words = match kept.rsplit_once(char::is_whitespace) {
        Some((words, _)) if !words.trim().is_empty() => words,
        _ => kept,
    };
    format!("{} \u{2026}", whole_words.trim_end())
}

/// How `text` ends, likewise.
fn ending(text: &str, most: usize) -> String {
    if text.grapheme_indices(true).rev().nth(most).is_none() {
        return text.to_owned();
    }
    let start = text.grapheme_indices(true).rev().nth(most - 1).map_or(0, |(start, _)| start);
    let kept = text.get(start..).unwrap_or_default();
    let whole_words = match kept.split_once(char::is_whitespace) {
        Some((_, words)) if !words.trim().is_empty() => words,
        _ => kept,
    };
    format!("\u{2026} {}", whole_words.trim_start())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::comments::anchor::Anchor;
    use crate::comments::body::{Acceptable, General};

    fn wording(quote: &str, proposed: &str) -> Body {
        Body::Wording(Wording {
            anchor: Anchor {
                first_word: 1,
                last_word: 2,
                quote: quote.into(),
                prefix: String::new(),
                suffix: String::new(),
            },
            change: Change::Replace,
            proposed_wording: proposed.into(),
            concern: String::new(),
            rationale: "because".into(),
            evidence: String::new(),
            acceptable: Acceptable::Unsure,
        })
    }

    #[test]
    fn a_short_change_stays_as_it_is() {
        let body = wording("should not allow it", "must not allow it");
        let Body::Wording(it) = &body else { panic!() };
        assert_eq!(gist(&body), Gist::Change(it.redline()));
    }

    #[test]
    fn a_long_run_is_cut_between_words() {
        let quote = format!("{} should {}", "before ".repeat(40).trim(), "behind ".repeat(40).trim());
        let Gist::Change(redline) = gist(&wording(&quote, &quote.replace("should", "must"))) else { panic!() };
        let expected = [
            Piece::Same("\u{2026} before before before before ".into()),
            Piece::Deleted("should".into()),
            Piece::Inserted("must".into()),
            Piece::Same(" behind behind behind behind \u{2026}".into()),
        ];
        assert_eq!(redline.pieces, expected);
    }

    #[test]
    fn a_huge_text_is_neither_compared_nor_shown() {
        let Gist::Change(redline) = gist(&wording("one word", &"one word ".repeat(50_000))) else { panic!() };
        let [Piece::Deleted(old), Piece::Inserted(new)] = redline.pieces.as_slice() else { panic!("{redline:?}") };
        assert_eq!(old, "one word");
        assert!(new.graphemes(true).count() <= CHANGED + 2, "{new}");
    }

    #[test]
    fn words_without_spaces_are_cut_as_well() {
        assert_eq!(opening("abcdef", 3), "abc \u{2026}");
        assert_eq!(ending("abcdef", 3), "\u{2026} def");
        assert_eq!(opening("ab cdef", 5), "ab \u{2026}");
        assert_eq!(opening("abc", 3), "abc");
        assert_eq!(ending("abc", 3), "abc");
    }

    proptest! {
        #[test]
        fn a_line_is_bounded(quote in "([a-z]{0,8} ){0,300}", proposed in "([a-z]{0,8} ){0,20}") {
            let Gist::Change(redline) = gist(&wording(&quote, &proposed)) else { panic!() };
            for text in [redline.original(), redline.clean()] {
                prop_assert!(text.graphemes(true).count() <= (PIECES + 1) * (CHANGED + 4), "{text}");
            }
        }

        #[test]
        fn an_opening_begins_the_text(text in "\\PC{0,300}", most in 1_usize..50) {
            let line = opening(&text, most);
            let kept = line.strip_suffix(" \u{2026}").unwrap_or(&line);
            prop_assert!(text.starts_with(kept) && kept.graphemes(true).count() <= most);
            let general = Body::General(General { rationale: text, evidence: String::new() });
            prop_assert!(matches!(gist(&general), Gist::Text(_)));
        }
    }
}
