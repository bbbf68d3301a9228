//! Finding words in a text, and the text without them. Pure.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::model::Span;

/// Why words can't be taken out of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Miss {
    /// They do not stand in it.
    NotThere,
    /// They stand in it only as parts of longer words or signs.
    PartOfWord,
    /// Wherever they stand, they were taken out already, or a part of them was.
    Overlap,
}

/// `text` with the mark of each span in the place of its words. A span that does not fit the text, or begins before the
/// one before it ends, changes nothing.
pub fn without(text: &str, spans: &[&Span]) -> String {
    let mut sorted = spans.to_vec();
    sorted.sort_by_key(|span| span.start);
    let (mut left, mut done) = (String::with_capacity(text.len()), 0);
    for span in sorted {
        let Some(before) = text.get(done..span.start).filter(|_| text.get(span.start..span.end).is_some()) else {
            continue;
        };
        left.push_str(before);
        left.push_str(&span.mark);
        done = span.end;
    }
    left.push_str(text.get(done..).unwrap_or_default());
    left
}

/// Every place in `text` where `words` stand as whole words and nothing is `taken` yet, in order. White space counts as
/// one blank, however much there is of it.
pub fn places(text: &str, words: &str, taken: &[Range<usize>]) -> Result<Vec<Range<usize>>, Miss> {
    let (even, at) = evened(text);
    let (sought, _) = evened(words);
    let sought = sought.trim();
    if sought.is_empty() {
        return Err(Miss::NotThere);
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    let (mut miss, mut from) = (Miss::NotThere, 0);
    while let Some(start) = even.get(from..).and_then(|rest| rest.find(sought)).map(|place| from + place) {
        from = start + even.get(start..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        let range = place(&at, start)..place(&at, start + sought.len());
        if !is_whole(text, &range) {
            miss = if miss == Miss::Overlap { miss } else { Miss::PartOfWord };
        } else if taken.iter().any(|other| range.start < other.end && other.start < range.end) {
            miss = Miss::Overlap;
        } else if found.last().is_none_or(|last| last.end <= range.start) {
            found.push(range);
        }
    }
    if found.is_empty() { Err(miss) } else { Ok(found) }
}

/// `text` with one blank for each run of white space, and where each of its bytes stands in `text`.
fn evened(text: &str) -> (String, Vec<usize>) {
    let (mut even, mut at) = (String::with_capacity(text.len()), Vec::with_capacity(text.len() + 1));
    let mut behind_blank = false;
    for (start, c) in text.char_indices() {
        if c.is_whitespace() {
            if !behind_blank {
                even.push(' ');
                at.push(start);
            }
        } else {
            even.push(c);
            at.extend(start..start + c.len_utf8());
        }
        behind_blank = c.is_whitespace();
    }
    at.push(text.len());
    (even, at)
}

fn place(at: &[usize], even: usize) -> usize {
    at.get(even).copied().unwrap_or_default()
}

/// Whether the range begins and ends where a word or a sign does (UAX 29), so that none is split.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let (mut begins, mut ends) = (false, range.end == text.len());
    for (start, _) in text.split_word_bound_indices() {
        begins |= start == range.start;
        ends |= start == range.end;
    }
    begins && ends
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::comments::redaction::model::Field;

    fn span(range: Range<usize>) -> Span {
        Span {
            field: Field::Rationale,
            start: range.start,
            end: range.end,
            code: "abuse".into(),
            mark: "[redacted: abuse]".into(),
            reason: String::new(),
            lifted: false,
        }
    }

    fn found(text: &str, words: &str) -> Result<Vec<String>, Miss> {
        Ok(places(text, words, &[])?.into_iter().map(|range| text[range].to_owned()).collect())
    }

    #[test]
    fn whole_words_are_found_wherever_they_stand() {
        assert_eq!(found("Ann asked Annual Ann.", "Ann").unwrap().len(), 2);
        assert_eq!(found("call +31 6 1234 now", "+31 6 1234").unwrap(), ["+31 6 1234"]);
        assert_eq!(found("call\n  Jan\tde   Vries, now", "Jan de Vries").unwrap(), ["Jan\tde   Vries"]);
        assert_eq!(found("网络空间", "络空").unwrap(), ["络空"]);
        assert_eq!(found("xa a a", "a a").unwrap(), ["a a"]);
    }

    #[test]
    fn what_is_not_there_or_only_a_part_of_a_sign_is_refused() {
        assert_eq!(found("Annual", "Ann"), Err(Miss::PartOfWord));
        assert_eq!(found("cafe\u{301} noir", "cafe"), Err(Miss::PartOfWord));
        assert_eq!(found("👩‍👩‍👧 here", "👩"), Err(Miss::PartOfWord));
        assert_eq!(found("Nobody", "Ann"), Err(Miss::NotThere));
        assert_eq!(found("Nobody", " \n "), Err(Miss::NotThere));
        let once = places("one Ann two", "Ann", &[]).unwrap();
        assert_eq!(places("one Ann two", "Ann two", &once), Err(Miss::Overlap));
    }

    proptest! {
        /// A few letters and signs, so that words repeat and touch: what was taken out is nowhere as a word any more, and
        /// what was left stands as it stood.
        #[test]
        fn words_that_were_taken_out_are_gone_and_the_rest_stays(
            text in "[ab\\u{e9}\\u{301}, \n-]{0,40}",
            words in "[ab\\u{e9}\\u{301}, -]{1,6}",
        ) {
            match places(&text, &words, &[]) {
                Err(_) => {}
                Ok(all) => {
                    let spans: Vec<Span> = all.iter().cloned().map(span).collect();
                    let left = without(&text, &spans.iter().collect::<Vec<_>>());
                    prop_assert_eq!(left.matches("[redacted: abuse]").count(), all.len());
                    let kept: usize = text.len() - all.iter().map(|range| range.end - range.start).sum::<usize>();
                    prop_assert_eq!(left.len(), kept + all.len() * "[redacted: abuse]".len());
                    for range in &all {
                        prop_assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
                        let before = text[..range.start].graphemes(true).count();
                        let inside = text[range.clone()].graphemes(true).count();
                        let behind = text[range.end..].graphemes(true).count();
                        prop_assert_eq!(before + inside + behind, text.graphemes(true).count(), "a sign is split");
                    }
                    prop_assert!(matches!(places(&text, &words, &all), Err(Miss::Overlap | Miss::PartOfWord)));
                }
            }
        }
    }
}
