//! Sets text in lines: which font each letter has, how letters join, where a line may end, and in what order a line shows
//! what runs from right to left.

use std::ops::Range;

use rustybuzz::{Direction, UnicodeBuffer, shape};
use unicode_bidi::{BidiInfo, Level};
use unicode_linebreak::linebreaks;

use super::embed::scaled;
use super::fonts::{self, FaceId, face_for};
use super::signs::{is_in_a_number, is_mark, is_silent, is_space, lined, may_turn, sets_apart};
use crate::files::xml::sound;

/// How a piece of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// Heavier.
    pub is_bold: bool,
    /// With a line below it.
    pub is_underlined: bool,
    /// With a line through it.
    pub is_struck: bool,
    /// Less dark than the text.
    pub is_muted: bool,
}

/// A piece of a paragraph.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// The text; line breaks are kept.
    pub text: &'a str,
    /// How it looks.
    pub look: Look,
}

/// A glyph where it stands in its piece.
#[derive(Debug, Clone)]
pub struct Glyph {
    /// Its number in the font.
    pub id: u16,
    /// How far the next one stands from it, in thousandths of the size.
    pub advance: f32,
    /// How far it is moved, to the right and up.
    pub moved: (f32, f32),
}

/// Glyphs that together stand for a stretch of text: mostly one for one letter.
#[derive(Debug, Clone)]
pub struct Cluster {
    /// The stretch, in bytes of the text.
    pub text: Range<usize>,
    /// The glyphs, from left to right.
    pub glyphs: Vec<Glyph>,
}

impl Cluster {
    fn advance(&self) -> f32 {
        self.glyphs.iter().map(|glyph| glyph.advance).sum()
    }
}

/// A cluster with what it is set in.
#[derive(Debug, Clone)]
struct Typed {
    cluster: Cluster,
    face: FaceId,
    look: Look,
    level: Level,
    advance: f32,
    is_space: bool,
}

/// Clusters beside each other in the same font and look.
#[derive(Debug, Clone)]
pub struct Piece {
    /// The font.
    pub face: FaceId,
    /// How it looks.
    pub look: Look,
    /// How wide it is, in thousandths of the size.
    pub width: f32,
    /// The clusters, from left to right.
    pub clusters: Vec<Cluster>,
}

/// A line of text, from left to right.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Its pieces.
    pub pieces: Vec<Piece>,
    /// How wide it is, in thousandths of the size.
    pub width: f32,
    /// Whether it belongs to a paragraph that runs from right to left.
    pub is_from_right: bool,
}

/// A paragraph in lines.
#[derive(Debug, Default)]
pub struct Laid {
    /// Its text.
    pub text: String,
    /// Its lines, at least one.
    pub lines: Vec<Line>,
    /// Characters that a file can't hold, left out.
    pub dropped: u64,
    /// Characters that no font has.
    pub unknown: u64,
}

/// Sets `runs` in lines of `width`, in thousandths of the size.
pub fn lay(runs: &[Run<'_>], width: f32) -> Laid {
    let mut laid = Laid::default();
    let mut looks: Vec<(usize, Look)> = Vec::new();
    // Where nothing is read from right to left, marks that set words apart from it change nothing, and readers of PDF lose
    // the space behind them.
    let turns = runs.iter().flat_map(|run| run.text.chars()).any(|c| may_turn(c) && !sets_apart(c));
    for run in runs {
        let (kept, dropped) = sound(run.text);
        laid.dropped += dropped;
        let kept = lined(&kept);
        laid.text.extend(kept.chars().filter(|c| turns || !sets_apart(*c)));
        looks.push((laid.text.len(), run.look));
    }
    let text = std::mem::take(&mut laid.text);
    let mut start = 0;
    for line in text.split('\n') {
        let end = start + line.len();
        let (typed, is_from_right) = set(&text, start..end, &looks, &mut laid.unknown);
        break_into(&mut laid.lines, line, start, typed, width, is_from_right);
        start = end + 1;
    }
    laid.text = text;
    laid
}

/// A stretch of one look, direction and font.
struct Stretch {
    range: Range<usize>,
    look: Look,
    level: Level,
    face: FaceId,
}

/// The glyphs of a line break to line break part of `text`, in the order of the text.
fn set(text: &str, part: Range<usize>, looks: &[(usize, Look)], unknown: &mut u64) -> (Vec<Typed>, bool) {
    let words = text.get(part.clone()).unwrap_or_default();
    let bidi = words.chars().any(may_turn).then(|| BidiInfo::new(words, None));
    let is_from_right = bidi.as_ref().and_then(|it| it.paragraphs.first()).is_some_and(|it| it.level.is_rtl());
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut looks = looks.iter().copied().peekable();
    for (at, c) in words.char_indices() {
        let start = part.start + at;
        while looks.next_if(|(end, _)| *end <= start).is_some() {}
        let look = looks.peek().map(|(_, look)| *look).unwrap_or_default();
        let level = bidi.as_ref().and_then(|it| it.levels.get(at).copied()).unwrap_or(Level::ltr());
        let last = stretches.last_mut();
        let before = last.as_ref().filter(|last| last.look == look).map(|last| last.face);
        let face = match before {
            Some(face) if is_silent(c) || (is_mark(c) && fonts::has(face, c)) => face,
            _ => face_for(c, look.is_bold).unwrap_or_else(|| {
                *unknown += u64::from(!is_silent(c));
                fonts::fallback(look.is_bold)
            }),
        };
        let end = start + c.len_utf8();
        match last {
            Some(last) if (last.look, last.level, last.face) == (look, level, face) => last.range.end = end,
            _ => stretches.push(Stretch { range: start..end, look, level, face }),
        }
    }
    (stretches.iter().flat_map(|stretch| typed(text, stretch)).collect(), is_from_right)
}

/// The clusters of a stretch, in the order of the text.
fn typed(text: &str, stretch: &Stretch) -> Vec<Typed> {
    let words = text.get(stretch.range.clone()).unwrap_or_default();
    let Some(loaded) = fonts::face(stretch.face) else { return Vec::new() };
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(words);
    buffer.guess_segment_properties();
    let is_rtl = stretch.level.is_rtl();
    buffer.set_direction(if is_rtl { Direction::RightToLeft } else { Direction::LeftToRight });
    let shaped = shape(&loaded.face, &[], buffer);
    let mut found: Vec<(usize, Vec<Glyph>)> = Vec::new();
    for (info, at) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
        let units = |value: i32| scaled(loaded, f32::from(i16::try_from(value).unwrap_or_default()));
        let glyph = Glyph {
            id: u16::try_from(info.glyph_id).unwrap_or_default(),
            advance: units(at.x_advance),
            moved: (units(at.x_offset), units(at.y_offset)),
        };
        let place = usize::try_from(info.cluster).unwrap_or_default();
        match found.last_mut() {
            Some((last, glyphs)) if *last == place => glyphs.push(glyph),
            _ => found.push((place, vec![glyph])),
        }
    }
    if is_rtl {
        found.reverse();
    }
    let ends: Vec<usize> = found.iter().skip(1).map(|(place, _)| *place).chain([words.len()]).collect();
    let one = |((place, glyphs), end): ((usize, Vec<Glyph>), usize)| {
        let range = stretch.range.start + place..stretch.range.start + end;
        let cluster = Cluster { text: range, glyphs };
        Typed {
            advance: cluster.advance(),
            is_space: is_space(text.get(cluster.text.clone()).unwrap_or_default()),
            cluster,
            face: stretch.face,
            look: stretch.look,
            level: stretch.level,
        }
    };
    found.into_iter().zip(ends).map(one).collect()
}

/// Fills lines as far as they go: they end where one may, and inside a word only if it is longer than a line.
fn break_into(lines: &mut Vec<Line>, words: &str, start: usize, typed: Vec<Typed>, width: f32, is_from_right: bool) {
    let mut breaks =
        linebreaks(words).filter(|(at, _)| !is_in_a_number(words, *at)).map(|(at, _)| start + at).peekable();
    let mut may_end = vec![false; typed.len()];
    for (one, may_end) in typed.iter().zip(&mut may_end) {
        while breaks.next_if(|at| *at < one.cluster.text.start).is_some() {}
        *may_end = breaks.peek() == Some(&one.cluster.text.start);
    }
    let (mut from, mut cut, mut filled, mut at) = (0, None, 0.0, 0);
    while let Some(one) = typed.get(at) {
        if at > from && may_end.get(at) == Some(&true) {
            cut = Some(at);
        }
        if at > from && !one.is_space && filled + one.advance > width {
            let end = cut.take().unwrap_or(at);
            lines.push(line(typed.get(from..end).unwrap_or_default(), is_from_right));
            from = end;
            filled = typed.get(from..at).unwrap_or_default().iter().map(|one| one.advance).sum();
            continue;
        }
        filled += one.advance;
        at += 1;
    }
    lines.push(line(typed.get(from..).unwrap_or_default(), is_from_right));
}

/// A line of `typed` as it is seen, without the spaces at its end.
fn line(typed: &[Typed], is_from_right: bool) -> Line {
    let kept = typed.iter().rposition(|one| !one.is_space).map_or(0, |last| last + 1);
    let mut pieces: Vec<Piece> = Vec::new();
    for one in seen(typed.get(..kept).unwrap_or_default()) {
        match pieces.last_mut() {
            Some(last) if (last.face, last.look) == (one.face, one.look) => {
                last.width += one.advance;
                last.clusters.push(one.cluster.clone());
            }
            _ => pieces.push(Piece {
                face: one.face,
                look: one.look,
                width: one.advance,
                clusters: vec![one.cluster.clone()],
            }),
        }
    }
    let width = pieces.iter().map(|piece| piece.width).sum();
    Line { pieces, width, is_from_right }
}

/// Clusters from left to right (UAX 9, rule L2): from the highest level down, what is at it or above it is turned round.
fn seen(typed: &[Typed]) -> Vec<&Typed> {
    let mut order: Vec<&Typed> = typed.iter().collect();
    let highest = order.iter().map(|one| one.level.number()).max().unwrap_or_default();
    for level in (1..=highest).rev() {
        let mut start = 0;
        while start < order.len() {
            let is_in = |one: &&Typed| one.level.number() >= level;
            let rest = order.get(start..).unwrap_or_default();
            let length = rest.iter().take_while(|one| is_in(one)).count();
            if let Some(turned) = order.get_mut(start..start + length) {
                turned.reverse();
            }
            start += length.max(1);
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn laid(text: &str, width: f32) -> Laid {
        lay(&[Run { text, look: Look::default() }], width)
    }

    /// The texts of a line in the order in which they are seen.
    fn shown(laid: &Laid, line: &Line) -> String {
        let clusters = line.pieces.iter().flat_map(|piece| &piece.clusters);
        clusters.map(|cluster| laid.text.get(cluster.text.clone()).unwrap()).collect()
    }

    fn all(laid: &Laid) -> Vec<String> {
        laid.lines.iter().map(|line| shown(laid, line)).collect()
    }

    #[test]
    fn lines_end_at_spaces_and_line_breaks() {
        let it = laid("one two three\r\nfour", 4_500.0);
        assert_eq!(all(&it), ["one two", "three", "four"]);
        assert!(it.lines.iter().all(|line| line.width <= 4_500.0));
        assert_eq!(all(&laid("", 100.0)), [""]);
    }

    #[test]
    fn a_line_does_not_end_inside_a_reference() {
        let it = laid("see non-state GCSC-N3-HHZ2", 8_000.0);
        assert_eq!(all(&it), ["see non-state", "GCSC-N3-HHZ2"]);
    }

    #[test]
    fn a_word_longer_than_a_line_goes_on_in_the_next() {
        let it = laid(&"x".repeat(50), 5_000.0);
        assert!(it.lines.len() > 4, "{}", it.lines.len());
        assert_eq!(all(&it).concat(), "x".repeat(50));
    }

    #[test]
    fn looks_part_a_line_into_pieces() {
        let bold = Look { is_bold: true, ..Look::default() };
        let it = lay(&[Run { text: "ab ", look: bold }, Run { text: "cd", look: Look::default() }], 9_000.0);
        let pieces = &it.lines[0].pieces;
        assert_eq!(pieces.len(), 2);
        assert!(pieces[0].look.is_bold && !pieces[1].look.is_bold && pieces[0].face != pieces[1].face);
    }

    #[test]
    fn letters_from_right_to_left_are_seen_from_right_to_left() {
        let it = laid("\u{5d0}\u{5d1}\u{5d2} abc", 90_000.0);
        assert!(it.lines[0].is_from_right);
        assert_eq!(all(&it), ["abc \u{5d2}\u{5d1}\u{5d0}"]);
        let it = laid("abc \u{5d0}\u{5d1} 12", 90_000.0);
        assert!(!it.lines[0].is_from_right);
        assert_eq!(all(&it), ["abc 12 \u{5d1}\u{5d0}"]);
    }

    #[test]
    fn what_can_not_be_shown_is_counted_and_keeps_its_text() {
        let it = laid("a\u{1}b\u{10ffff}c\u{202e}", 90_000.0);
        assert_eq!((it.dropped, it.unknown), (1, 1));
        assert_eq!(it.text, "ab\u{10ffff}c\u{202e}");
        assert!(it.lines[0].pieces.iter().flat_map(|piece| &piece.clusters).any(|cluster| cluster.glyphs[0].id == 0));
    }

    proptest! {
        #[test]
        fn no_letter_is_lost_and_no_line_is_wider_than_the_page(text in "[a-zA-Z ,.\n\u{5d0}-\u{5ea}\u{645}\u{631}1-9(]{0,200}", width in 2_000_f32..20_000.0) {
            let it = laid(&text, width);
            let mut shown: Vec<char> = all(&it).concat().chars().filter(|c| !c.is_whitespace()).collect();
            let mut said: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
            shown.sort_unstable();
            said.sort_unstable();
            prop_assert_eq!(shown, said);
            for line in &it.lines {
                prop_assert!(line.width <= width || line.pieces.iter().map(|piece| piece.clusters.len()).sum::<usize>() == 1);
            }
        }
    }
}
