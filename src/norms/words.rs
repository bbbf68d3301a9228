//! Words: the unit in which a comment points at a norm. Counted from 1, the same way everywhere
//! (pages, forms, anchors, exports). Pure rules over text; knows nothing of the rest of the portal.

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

/// One word of a text, as byte offsets into it: `text[start..end]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Offset of the word's first byte.
    pub start: usize,
    /// Offset just after the word's last byte.
    pub end: usize,
}

/// A lettered clause of a norm: a run of words, both positions counted from 1 and inclusive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// The letter shown before the clause, without brackets: `a`.
    pub letter: String,
    /// Position of its first word in the whole text.
    pub first_word: usize,
    /// Position of its last word in the whole text.
    pub last_word: usize,
}

/// The words of `text` in order: UAX 29 words, neighbours joined where exactly one hyphen or
/// apostrophe stands between them (`non-state` is one word). Punctuation around a word is not part
/// of it. In scripts written without spaces each segment of UAX 29 is a word.
pub fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    for (start, word) in text.unicode_word_indices() {
        let end = start + word.len();
        match found.last_mut() {
            Some(last) if text.get(last.end..start).is_some_and(is_joiner) => last.end = end,
            _ => found.push(Word { start, end }),
        }
    }
    found
}

fn is_joiner(gap: &str) -> bool {
    matches!(gap, "-" | "\u{2010}" | "\u{2011}" | "'" | "\u{2019}")
}

/// The exact text from word `first` to word `last`, counted from 1 and inclusive: punctuation between
/// the words is kept, punctuation outside is not. `None` if a position is 0 or past the end, or if
/// `last` comes before `first`. `words` must be the words of `text`.
pub fn span<'t>(text: &'t str, words: &[Word], first: usize, last: usize) -> Option<&'t str> {
    let start = at(words, first)?.start;
    let end = at(words, last)?.end;
    text.get(start..end)
}

/// The word at `position`, counted from 1.
pub fn at(words: &[Word], position: usize) -> Option<&Word> {
    words.get(position.checked_sub(1)?)
}

/// Where the words of `text[start..end]` stand in it, for scripts of ours: `17 0-5 7-12` is word 17 and the next, each from
/// its first UTF-16 unit to just after its last, counted from `start`. Empty if there are none. `words` must be the words
/// of `text`.
pub fn places(text: &str, words: &[Word], start: usize, end: usize) -> String {
    let units = |from: usize, to: usize| text.get(from..to).unwrap_or_default().encode_utf16().count();
    let within = |word: &Word| start <= word.start && word.end <= end;
    let Some(before) = words.iter().position(within) else { return String::new() };
    let spans = words.iter().filter(|word| within(word)).map(|word| {
        let from = units(start, word.start);
        format!("{from}-{}", from + units(word.start, word.end))
    });
    std::iter::once((before + 1).to_string()).chain(spans).collect::<Vec<_>>().join(" ")
}

/// How long a person would say `text` is: its extended grapheme clusters (UAX 29). One letter under a thousand marks is
/// no single letter: beyond eight code points a cluster counts again.
pub fn graphemes(text: &str) -> usize {
    if text.is_ascii() {
        return text.len() - text.matches("\r\n").count();
    }
    text.graphemes(true).map(|cluster| cluster.chars().count().div_ceil(8)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn list(text: &str) -> Vec<&str> {
        words(text).iter().map(|w| &text[w.start..w.end]).collect()
    }

    #[test]
    fn punctuation_stays_outside() {
        assert_eq!(list("(States) “should, not” — ever."), ["States", "should", "not", "ever"]);
    }

    #[test]
    fn one_hyphen_or_apostrophe_joins() {
        assert_eq!(list("non-state actors"), ["non-state", "actors"]);
        assert_eq!(list("end\u{2010}to\u{2011}end"), ["end\u{2010}to\u{2011}end"]);
        assert_eq!(list("90's 80’s don’t"), ["90's", "80’s", "don’t"]);
        assert_eq!(list("products'"), ["products"]);
    }

    #[test]
    fn anything_more_or_else_does_not_join() {
        assert_eq!(list("non--state"), ["non", "state"]);
        assert_eq!(list("non - state"), ["non", "state"]);
        assert_eq!(list("core—and"), ["core", "and"]);
        assert_eq!(list("states' 'rights"), ["states", "rights"]);
    }

    #[test]
    fn chinese_characters_are_words() {
        assert_eq!(list("国家不应。"), ["国", "家", "不", "应"]);
    }

    #[test]
    fn span_counts_from_one_and_keeps_what_is_between() {
        let text = "“States, and others” should not.";
        let words = words(text);
        assert_eq!(span(text, &words, 1, 3), Some("States, and others"));
        assert_eq!(span(text, &words, 5, 5), Some("not"));
        assert_eq!(span(text, &words, 0, 1), None);
        assert_eq!(span(text, &words, 5, 6), None);
        assert_eq!(span(text, &words, 3, 1), None);
    }

    #[test]
    fn places_count_as_scripts_do() {
        let text = "“States 𝔸, don’t” ever.";
        let words = words(text);
        assert_eq!(places(text, &words, 0, text.len()), "1 1-7 8-10 12-17 19-23");
        let second = text.find('𝔸').unwrap();
        assert_eq!(places(text, &words, second, text.len()), "2 0-2 4-9 11-15");
        assert_eq!(places(text, &words, 0, 1), "");
    }

    #[test]
    fn graphemes_are_what_people_count() {
        assert_eq!(graphemes("e\u{301}👩‍👩‍👧\r\n"), 3);
    }

    proptest! {
        #[test]
        fn words_are_in_order_apart_and_on_boundaries(text in "\\PC{0,60}|[-a' .’é国\u{301}\n]{0,40}") {
            let found = words(&text);
            for pair in found.windows(2) {
                prop_assert!(pair[0].end <= pair[1].start);
            }
            for (i, word) in found.iter().enumerate() {
                prop_assert!(word.start < word.end);
                prop_assert_eq!(span(&text, &found, i + 1, i + 1), text.get(word.start..word.end));
            }
        }
    }
}
