//! The part of a comment that shows best why it was found. Pure.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::comments::record::fold::{Token, tokens};
use crate::db::dialect::search::Phrases;

/// The longest snippet, in graphemes, without its ellipses.
pub const LONGEST: usize = 240;
/// How much of that may stand before the first hit.
const BEFORE: usize = 60;
/// How much of a text is looked at, in bytes: what stands far behind is found, but not shown.
const LOOKED_AT: usize = 40_000;

/// A run of a snippet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words as they stand in the comment.
    pub text: String,
    /// Whether they are what was looked for.
    pub is_hit: bool,
}

/// The best part of the best of `texts`; the beginning of the first if nothing is in them.
pub fn snippet(texts: &[&str], phrases: &Phrases) -> Vec<Piece> {
    let mut best: Option<(usize, Vec<Piece>)> = None;
    for text in texts.iter().map(|text| opening(text)) {
        let words = tokens(text);
        let hits = hits(&words, phrases);
        let window = window(text, &words, &hits);
        let count = hits.iter().filter(|(first, last)| *first >= window.0 && *last < window.1).count();
        if best.as_ref().is_none_or(|(most, _)| count > *most) {
            best = Some((count, pieces(text, &words, window, &hits)));
        }
    }
    best.map(|(_, pieces)| pieces).unwrap_or_default()
}

fn opening(text: &str) -> &str {
    let mut end = LOOKED_AT.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// Where phrases stand: first and last word of each, in order, none within another.
fn hits(words: &[Token], phrases: &Phrases) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        let stands = |phrase: &&Vec<String>| {
            rest.len() >= phrase.len() && rest.iter().zip(phrase.iter()).all(|(word, wanted)| word.folded == *wanted)
        };
        match phrases.iter().filter(stands).map(Vec::len).max() {
            Some(length) => {
                found.push((at, at + length - 1));
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// The words from `.0` up to `.1` that hold the most hits, with what fits around them.
fn window(text: &str, words: &[Token], hits: &[(usize, usize)]) -> (usize, usize) {
    let length = |first: usize, last: usize| match (words.get(first), words.get(last)) {
        (Some(first), Some(last)) => text.get(first.start..last.end).unwrap_or_default().graphemes(true).count(),
        _ => usize::MAX,
    };
    let mut best = (0, 0);
    for (at, (first, _)) in hits.iter().enumerate() {
        let fitting = hits.iter().skip(at).take_while(|(_, last)| length(*first, *last) <= LONGEST).count();
        if fitting > best.1 {
            best = (at, fitting);
        }
    }
    let mut begin = hits.get(best.0).map_or(0, |hit| hit.0);
    let last_hit = hits.get((best.0 + best.1).saturating_sub(1)).map_or(0, |hit| hit.1);
    let first_hit = begin;
    while begin > 0 && length(begin - 1, first_hit) <= BEFORE && length(begin - 1, last_hit) <= LONGEST {
        begin -= 1;
    }
    let mut end = begin;
    while end < words.len() && length(begin, end) <= LONGEST {
        end += 1;
    }
    (begin, end)
}

fn pieces(text: &str, words: &[Token], (begin, end): (usize, usize), hits: &[(usize, usize)]) -> Vec<Piece> {
    let start = if begin == 0 { 0 } else { words.get(begin).map_or(0, |word| word.start) };
    let stop =
        if end == words.len() { text.len() } else { words.get(end.saturating_sub(1)).map_or(0, |word| word.end) };
    let mut made: Vec<Piece> = Vec::new();
    let mut add = |text: &str, is_hit| {
        if !text.is_empty() {
            made.push(Piece { text: text.to_owned(), is_hit });
        }
    };
    if start > 0 {
        add("\u{2026} ", false);
    }
    let mut at = start;
    for (first, last) in hits.iter().filter(|(first, last)| *first >= begin && *last < end) {
        if let (Some(first), Some(last)) = (words.get(*first), words.get(*last)) {
            add(text.get(at..first.start).unwrap_or_default(), false);
            add(text.get(first.start..last.end).unwrap_or_default(), true);
            at = last.end;
        }
    }
    // What holds no words at its end can be longer than everything else.
    let tail = text.get(at..stop).unwrap_or_default();
    let cut = tail.grapheme_indices(true).nth(LONGEST).and_then(|(cut, _)| tail.get(..cut));
    add(cut.unwrap_or(tail), false);
    if stop < text.len() || cut.is_some() {
        add(" \u{2026}", false);
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(texts: &[&str], words: &[&str]) -> String {
        let phrases: Phrases =
            words.iter().map(|words| tokens(words).into_iter().map(|it| it.folded).collect()).collect();
        let mark = |piece: Piece| if piece.is_hit { format!("[{}]", piece.text) } else { piece.text };
        snippet(texts, &phrases).into_iter().map(mark).collect()
    }

    #[test]
    fn hits_are_marked_as_they_stand() {
        assert_eq!(shown(&["The Norms, and a norm."], &["norm"]), "The [Norms], and a [norm].");
        assert_eq!(shown(&["in supply chains; supply only"], &["supply chain"]), "in [supply chains]; supply only");
        assert_eq!(shown(&["维护网络空间稳定"], &["网络"]), "维护[网络]空间稳定");
        assert_eq!(shown(&["nothing", "a norm"], &["norm"]), "a [norm]");
        assert_eq!(shown(&["nothing", "here"], &["norm"]), "nothing");
        assert_eq!(shown(&[], &["norm"]), "");
    }

    #[test]
    fn the_part_with_most_hits_is_shown() {
        let text =
            format!("core. {}The public core and the core again. {}", "far away ".repeat(60), "behind ".repeat(80));
        let shown = shown(&[&text], &["core", "public"]);
        assert!(shown.starts_with("\u{2026} ") && shown.contains("far away The"), "{shown}");
        assert!(shown.contains("The [public] [core] and the [core] again.") && shown.ends_with(" \u{2026}"), "{shown}");
    }

    proptest! {
        #[test]
        fn a_snippet_is_short_and_of_the_text(text in "\\PC{0,600}", word in "\\w{1,3}") {
            let phrases = vec![tokens(&word).into_iter().map(|it| it.folded).collect::<Vec<_>>()];
            let phrases: Phrases = phrases.into_iter().filter(|it| !it.is_empty()).collect();
            let whole: String = snippet(&[&text], &phrases).into_iter().map(|piece| piece.text).collect();
            let own = whole.trim_start_matches("\u{2026} ").trim_end_matches(" \u{2026}");
            prop_assert!(text.contains(own) || text.contains(own.trim_matches(['\u{2026}', ' '])), "{own}");
            prop_assert!(whole.graphemes(true).count() <= 2 * LONGEST + 8);
        }
    }
}
