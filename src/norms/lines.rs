//! Numbered lines of a norm, the same for everybody who cites one (column 2 of the ISO comment
//! table): they depend on the text and its clauses only, never on a screen. Knows only words.

use unicode_segmentation::UnicodeSegmentation;

use super::words::{Clause, Word, at, words};

/// A line holds at most this many grapheme clusters, unless a single word is longer.
const COLUMNS: usize = 64;

/// One numbered line: `text[start..end]`, without white space at either end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Counted from 1 through the whole text.
    pub number: u32,
    /// Letter of the clause the line belongs to; `None` before the first clause.
    pub clause: Option<String>,
    /// Byte offset of the line's first character.
    pub start: usize,
    /// Byte offset just after its last character.
    pub end: usize,
}

/// The numbered lines of `text`: each clause begins on a new line, so does what follows an empty
/// line; otherwise lines are filled greedily up to 64 columns and broken only at white space that
/// allows it. Every word is on exactly one line. A clause outside the text, or not after the one
/// before it, begins no line.
pub fn lines(text: &str, clauses: &[Clause]) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    for (clause, start, end) in sections(text, clauses) {
        let mut new_line = true;
        for run in unbroken(text, start, end) {
            match found.last_mut() {
                Some(line) if !new_line && line_takes(text, line, &run) => line.end = run.end,
                _ => found.push(Line {
                    number: u32::try_from(found.len() + 1).unwrap_or(u32::MAX),
                    clause: clause.map(str::to_owned),
                    start: run.start,
                    end: run.end,
                }),
            }
            new_line = false;
        }
    }
    found
}

/// The number of the line on which word `position` (counted from 1) begins; 0 if there is no such
/// word. `lines` and `words` must come from the same text.
pub fn line_of_word(lines: &[Line], words: &[Word], position: usize) -> u32 {
    let Some(word) = at(words, position) else {
        return 0;
    };
    lines.iter().find(|line| word.start < line.end).map_or(0, |line| line.number)
}

/// The text shown for the clause at `index`: from its first word, or an opening mark directly before
/// it, to just before the text of the next clause, white space at the end cut off. `None` if there is
/// no such clause or its words are not in the text. `words` must be the words of `text`.
pub fn clause_text<'t>(text: &'t str, words: &[Word], clauses: &[Clause], index: usize) -> Option<&'t str> {
    let start = clause_start(text, words, clauses.get(index)?)?;
    let end = match clauses.get(index + 1) {
        Some(next) => clause_start(text, words, next)?,
        None => text.len(),
    };
    text.get(start..end).map(str::trim_end)
}

/// Where the clause's text begins. What stands without white space before its first word belongs to
/// it if it stands free; where it touches the word before, only opening marks do.
fn clause_start(text: &str, words: &[Word], clause: &Clause) -> Option<usize> {
    let first = at(words, clause.first_word)?;
    let before = at(words, clause.first_word - 1).map_or(0, |word| word.end);
    let gap = text.get(before..first.start)?;
    let free = gap.trim_end_matches(|c: char| !c.is_whitespace());
    if before == 0 || !free.is_empty() {
        return Some(before + free.len());
    }
    Some(before + gap.trim_end_matches(is_opening).len())
}

fn is_opening(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '‘'
            | '„'
            | '‚'
            | '«'
            | '‹'
            | '「'
            | '『'
            | '《'
            | '〈'
            | '('
            | '['
            | '{'
            | '（'
            | '【'
            | '¿'
            | '¡'
    )
}

/// The text cut at the clauses: letter, start and end byte of each part.
pub fn sections<'c>(text: &str, clauses: &'c [Clause]) -> Vec<(Option<&'c str>, usize, usize)> {
    let words = words(text);
    let mut starts: Vec<(Option<&str>, usize)> = vec![(None, 0)];
    for clause in clauses {
        let last = starts.last().map_or(0, |(_, start)| *start);
        match clause_start(text, &words, clause) {
            Some(start) if start > last || starts.len() == 1 => {
                starts.push((Some(&clause.letter), start));
            }
            _ => {}
        }
    }
    let ends = starts.iter().skip(1).map(|(_, start)| *start);
    let ends: Vec<usize> = ends.chain([text.len()]).collect();
    starts.into_iter().zip(ends).map(|((clause, start), end)| (clause, start, end)).collect()
}

/// A run of text that must stay on one line.
struct Unbroken {
    start: usize,
    end: usize,
    after_empty_line: bool,
}

/// The runs of `text[from..to]` between white space at which a line may end.
fn unbroken(text: &str, from: usize, to: usize) -> Vec<Unbroken> {
    let mut found = Vec::new();
    let mut offset = from;
    let mut line_breaks = 0;
    let section = text.get(from..to).unwrap_or_default();
    for run in section.split_inclusive(breaks_line) {
        let start = offset + run.len() - run.trim_start().len();
        let kept = run.trim();
        if !kept.is_empty() {
            found.push(Unbroken { start, end: start + kept.len(), after_empty_line: line_breaks > 1 });
            line_breaks = 0;
        }
        line_breaks += usize::from(run.ends_with('\n'));
        offset += run.len();
    }
    found
}

/// White space other than the spaces that are there to prevent a break.
fn breaks_line(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{2007}' | '\u{202F}')
}

fn line_takes(text: &str, line: &Line, run: &Unbroken) -> bool {
    let longer = text.get(line.start..run.end).unwrap_or_default();
    let columns = longer.graphemes(true).take(COLUMNS + 1).count();
    !run.after_empty_line && columns <= COLUMNS
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn clause(letter: &str, first_word: usize, last_word: usize) -> Clause {
        Clause { letter: letter.to_owned(), first_word, last_word }
    }

    fn shown<'t>(text: &'t str, clauses: &[Clause]) -> Vec<(u32, Option<String>, &'t str)> {
        lines(text, clauses).into_iter().map(|l| (l.number, l.clause, &text[l.start..l.end])).collect()
    }

    #[test]
    fn wraps_at_exactly_64_columns() {
        let fits = format!("{} {}", "a".repeat(31), "é".repeat(32));
        assert_eq!(lines(&fits, &[]).len(), 1);
        let too_wide = format!("{fits}x");
        assert_eq!(lines(&too_wide, &[]).len(), 2);
        let combining = format!("{} {}", "a".repeat(31), "e\u{301}".repeat(32));
        assert_eq!(lines(&combining, &[]).len(), 1);
    }

    #[test]
    fn a_longer_word_has_its_own_line_and_no_break_spaces_hold() {
        let long = "x".repeat(70);
        let text = format!("a {long} b\u{A0}{}", "c".repeat(64));
        let held = format!("b\u{A0}{}", "c".repeat(64));
        let texts: Vec<&str> = shown(&text, &[]).iter().map(|l| l.2).collect();
        assert_eq!(texts, ["a", &long, &held]);
    }

    #[test]
    fn clauses_begin_lines_and_numbers_run_on() {
        let text = "Intro. “States should” not; (nor allow) it.";
        let clauses = [clause("a", 2, 4), clause("b", 5, 7)];
        let letter = |l: &str| Some(l.to_owned());
        assert_eq!(
            shown(text, &clauses),
            [(1, None, "Intro."), (2, letter("a"), "“States should” not;"), (3, letter("b"), "(nor allow) it."),]
        );
    }

    #[test]
    fn the_first_clause_takes_everything_up_to_its_first_word() {
        let text = "…(States should";
        let clauses = [clause("a", 1, 1), clause("b", 2, 2)];
        let letters: Vec<_> = lines(text, &clauses).into_iter().map(|l| l.clause).collect();
        assert_eq!(letters, [Some("a".to_owned()), Some("b".to_owned())]);
        assert_eq!(clause_text(text, &words(text), &clauses, 0), Some("…(States"));
    }

    #[test]
    fn an_empty_line_is_kept_a_single_line_break_is_a_space() {
        let texts: Vec<&str> = shown("a\nb\r\n \r\nc", &[]).iter().map(|l| l.2).collect();
        assert_eq!(texts, ["a\nb", "c"]);
    }

    #[test]
    fn clause_text_takes_opening_marks_and_leaves_the_neighbours_closing_ones() {
        let text = "“States,” core—(and) 国家。「网络」 \n";
        let words = words(text);
        let clauses = [clause("a", 1, 2), clause("b", 3, 5), clause("c", 6, 7)];
        let texts: Vec<_> = (0..4).map(|i| clause_text(text, &words, &clauses, i)).collect();
        assert_eq!(texts, [Some("“States,” core—"), Some("(and) 国家。"), Some("「网络」"), None]);
    }

    #[test]
    fn a_clause_outside_the_text_changes_nothing() {
        let text = "one two";
        let bad = [clause("a", 0, 1), clause("b", 9, 9)];
        assert_eq!(shown(text, &bad), [(1, None, "one two")]);
        assert_eq!(clause_text(text, &words(text), &bad, 0), None);
        let repeated = [clause("a", 2, 2), clause("b", 2, 2), clause("c", 1, 1)];
        assert_eq!(lines(text, &repeated).len(), 2);
    }

    #[test]
    fn line_of_word_finds_the_line() {
        let text = format!("one two {} last", "x".repeat(60));
        let words = words(&text);
        let lines = lines(&text, &[clause("a", 1, 1), clause("b", 2, 4)]);
        let numbers: Vec<u32> = (0..6).map(|p| line_of_word(&lines, &words, p)).collect();
        assert_eq!(numbers, [0, 1, 2, 2, 3, 0]);
    }

    proptest! {
        #[test]
        fn every_word_is_on_one_line_within_the_width(text in "[a-z“(”). \n\u{A0}国\u{301}-]{0,300}", cuts in prop::collection::vec(1usize..60, 0..4)) {
            let words = words(&text);
            let mut cuts = cuts;
            cuts.sort_unstable();
            let clauses: Vec<Clause> = cuts.iter().map(|c| clause("a", *c, *c)).collect();
            let lines = lines(&text, &clauses);
            for (i, line) in lines.iter().enumerate() {
                let shown = &text[line.start..line.end];
                prop_assert_eq!(line.number as usize, i + 1);
                prop_assert_eq!(shown.trim(), shown);
                prop_assert!(!shown.is_empty());
                prop_assert!(shown.graphemes(true).count() <= COLUMNS || !shown.contains(breaks_line));
            }
            for (i, word) in words.iter().enumerate() {
                let on: Vec<&Line> = lines.iter().filter(|l| l.start <= word.start && word.end <= l.end).collect();
                prop_assert_eq!(on.len(), 1);
                prop_assert_eq!(line_of_word(&lines, &words, i + 1), on[0].number);
            }
        }
    }
}
