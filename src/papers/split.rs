//! Where a long text divides into parts: at the headings that its format knows, else at lines that look like headings.
//! Pure; the parts are pieces of the text and together all of it.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::heading;
use super::model::MOST_PARTS;
use crate::comments::body::LONGEST_TEXT;
use crate::norms::words::graphemes;

/// A heading by the text's format: where its line begins, and its level from 1.
pub type Heading = (usize, u8);

/// Divides `text` into parts, none of which is empty or longer than a comment, and of which there are at most
/// [`MOST_PARTS`]. `headings`, in order, are those the format knows; without any they are found by their looks.
pub fn split<'t>(text: &'t str, headings: &[Heading]) -> Vec<&'t str> {
    let found: Vec<Heading> = match headings {
        [] => heading::offsets(text).into_iter().map(|at| (at, 1)).collect(),
        known => known.to_vec(),
    };
    let parts = at_headings(text, found);
    let mut fitting = Vec::new();
    for part in parts {
        cut_to_fit(text.get(part).unwrap_or_default(), Measure::Paragraphs, &mut fitting);
    }
    packed(text, fitting)
}

/// The parts between headings. Of too many, the deepest don't count.
fn at_headings(text: &str, mut headings: Vec<Heading>) -> Vec<Range<usize>> {
    loop {
        let parts = with_what_follows(text, &headings);
        let deepest = headings.iter().map(|(_, level)| *level).max();
        let shallower: Vec<Heading> = headings.iter().copied().filter(|(_, level)| Some(*level) != deepest).collect();
        if parts.len() <= MOST_PARTS || shallower.is_empty() {
            return parts;
        }
        headings = shallower;
    }
}

/// A heading with nothing below it but another belongs to that; white space belongs to what stands beside it.
fn with_what_follows(text: &str, headings: &[Heading]) -> Vec<Range<usize>> {
    let ends = headings.iter().map(|(at, _)| *at).filter(|at| *at > 0).chain([text.len()]);
    let mut parts: Vec<Range<usize>> = Vec::new();
    let (mut from, mut begins_with_heading) = (0, headings.first().is_some_and(|(at, _)| *at == 0));
    let mut last_heading = 0;
    for end in ends {
        let newest = text.get(last_heading..end).unwrap_or_default();
        let lines = newest.lines().filter(|line| !line.trim().is_empty()).count();
        if lines > usize::from(begins_with_heading) {
            parts.push(from..end);
            from = end;
        }
        (last_heading, begins_with_heading) = (end, true);
    }
    let rest = text.get(from..).unwrap_or_default();
    match parts.last_mut() {
        Some(last) if rest.trim().is_empty() => last.end = text.len(),
        _ if rest.trim().is_empty() => {}
        _ => parts.push(from..text.len()),
    }
    parts
}

/// What a text is cut into to fit, from the gentlest.
#[derive(Clone, Copy)]
enum Measure {
    Paragraphs,
    Lines,
    Words,
    Characters,
}

impl Measure {
    fn pieces(self, text: &str) -> Vec<&str> {
        match self {
            Self::Paragraphs => text.split_inclusive("\n\n").collect(),
            Self::Lines => text.split_inclusive('\n').collect(),
            Self::Words => text.split_inclusive(char::is_whitespace).collect(),
            Self::Characters => text.graphemes(true).collect(),
        }
    }

    fn finer(self) -> Option<Self> {
        match self {
            Self::Paragraphs => Some(Self::Lines),
            Self::Lines => Some(Self::Words),
            Self::Words => Some(Self::Characters),
            Self::Characters => None,
        }
    }
}

/// Adds `text` to `found`, in pieces that each fit a comment.
fn cut_to_fit<'t>(text: &'t str, measure: Measure, found: &mut Vec<&'t str>) {
    if graphemes(text) <= LONGEST_TEXT {
        found.push(text);
        return;
    }
    let (mut from, mut end, mut length) = (0, 0, 0);
    for piece in measure.pieces(text) {
        let more = graphemes(piece);
        if length + more > LONGEST_TEXT {
            found.extend(text.get(from..end).filter(|it| !it.is_empty()));
            (from, length) = (end, 0);
        }
        end += piece.len();
        match measure.finer() {
            Some(finer) if more > LONGEST_TEXT => {
                cut_to_fit(piece, finer, found);
                from = end;
            }
            _ => length += more,
        }
    }
    found.extend(text.get(from..end).filter(|it| !it.is_empty()));
}

/// Puts neighbours together if there are too many parts: any two of the result are longer than a fiftieth of the text,
/// so there are fewer than a hundred.
fn packed<'t>(text: &'t str, parts: Vec<&'t str>) -> Vec<&'t str> {
    let mut whole: Vec<Range<usize>> = Vec::new();
    let most = if parts.len() > MOST_PARTS { graphemes(text) * 2 / MOST_PARTS } else { 0 };
    let (mut end, mut length) = (0, 0);
    for part in parts {
        let (start, more) = (end, graphemes(part));
        end += part.len();
        match whole.last_mut() {
            // White space alone is no part.
            Some(last) if length + more <= most || part.trim().is_empty() => {
                last.end = end;
                length += more;
            }
            _ => {
                whole.push(start..end);
                length = more;
            }
        }
    }
    whole.into_iter().filter_map(|range| text.get(range)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn headings_divide_and_bare_ones_stay_with_what_follows() {
        let text = "Before.\n\n1. First\n\n1.1 Below it\n\nText of one.\n\n2. Second\n\nText of two.\n";
        assert_eq!(
            split(text, &[]),
            ["Before.\n\n", "1. First\n\n1.1 Below it\n\nText of one.\n\n", "2. Second\n\nText of two.\n"]
        );
        // What the format knows counts, and nothing else.
        assert_eq!(split("A\n\n1. B\n\nC\n", &[(0, 1)]).len(), 1);
        assert_eq!(split("No heading anywhere, only this.", &[]).len(), 1);
        assert_eq!(split(" \n\n ", &[]), Vec::<&str>::new());
        assert_eq!(split("", &[]), Vec::<&str>::new());
    }

    #[test]
    fn a_long_part_is_cut_at_paragraphs_then_lines_then_words() {
        let paragraph = format!("{}.\n\n", "word ".repeat(1_500).trim_end());
        let text = paragraph.repeat(6);
        let parts = split(&text, &[]);
        assert_eq!(parts.len(), 3);
        assert!(parts.iter().all(|part| part.ends_with(".\n\n")));
        let line = "a ".repeat(15_000);
        assert!(split(&line, &[]).iter().all(|part| graphemes(part) <= LONGEST_TEXT && part.ends_with(' ')));
        assert_eq!(split(&"x".repeat(45_000), &[]).len(), 3);
    }

    #[test]
    fn three_hundred_headings_make_at_most_a_hundred_parts() {
        let text =
            (1..=300).map(|n| format!("{n}. Heading\n\nText of {n} goes here.\n\n")).collect::<Vec<_>>().concat();
        let parts = split(&text, &[]);
        assert!(parts.len() <= MOST_PARTS && parts.len() > 40, "{}", parts.len());
        assert_eq!(parts.concat(), text);
        // Where levels are known, the deepest go first.
        let known: Vec<Heading> =
            (1..=300).map(|n| (text.find(&format!("{n}. H")).unwrap(), if n % 10 == 1 { 1 } else { 2 })).collect();
        let mut known: Vec<Heading> = known.into_iter().collect();
        known.sort_unstable();
        known.dedup_by_key(|(at, _)| *at);
        assert!(split(&text, &known).len() <= MOST_PARTS);
    }

    proptest! {
        #[test]
        fn the_parts_together_are_the_text(
            lines in prop::collection::vec("[0-9]{0,2}[.]?[A-Za-z\u{627}-\u{64a}\u{4e00}-\u{4e20} .#]{0,40}", 0..60),
            ends in prop::collection::vec("\n{1,3}", 60),
        ) {
            let text = lines.iter().zip(&ends).map(|(line, end)| format!("{line}{end}")).collect::<Vec<_>>().concat();
            let parts = split(&text, &[]);
            prop_assert_eq!(parts.concat(), if text.trim().is_empty() { "" } else { &text });
            prop_assert!(parts.len() <= MOST_PARTS);
            prop_assert!(parts.iter().all(|part| !part.trim().is_empty()));
        }

    }

    proptest! {
        // Counting graphemes takes its time.
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn long_texts_are_cut_and_kept(pieces in prop::collection::vec(0_usize..12_000, 1..8)) {
            let text = pieces.iter().map(|length| format!("{}\n\n", "\u{56fd}".repeat(*length))).collect::<Vec<_>>().concat();
            let parts = split(&text, &[]);
            prop_assert!(parts.iter().all(|part| graphemes(part) <= LONGEST_TEXT));
            prop_assert_eq!(parts.concat(), if text.trim().is_empty() { "" } else { &text });
        }
    }
}
