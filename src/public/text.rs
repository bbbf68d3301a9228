//! The text of a norm as its page shows it: clauses, and the numbered lines in each. Pure.

use crate::norms::lines::{self, lines};
use crate::norms::model::TextVersion;
use crate::norms::words::{Word, places};

/// A clause and its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownClause {
    /// Its letter; empty for what stands before the first clause.
    pub letter: String,
    /// Its lines.
    pub lines: Vec<ShownLine>,
}

/// A numbered line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownLine {
    /// Counted through the whole text.
    pub number: u32,
    /// What stands on it.
    pub text: String,
    /// Where the words stand in it, as [`places`] says.
    pub places: String,
    /// Its text again, cut where the tint changes: level (0: none) and words. Empty where nothing is tinted.
    pub tinted: Vec<(u8, String)>,
}

/// The clauses of `version` in order, the words tinted at `levels`: one for each word, or none at all.
pub fn clauses(version: &TextVersion, levels: &[u8]) -> Vec<ShownClause> {
    let mut shown: Vec<ShownClause> = Vec::new();
    let words = version.words();
    for line in lines(&version.body, &version.clauses) {
        let own = ShownLine {
            number: line.number,
            text: version.body.get(line.start..line.end).unwrap_or_default().to_owned(),
            places: places(&version.body, &words, line.start, line.end),
            tinted: tinted(&version.body, &words, levels, (line.start, line.end)),
        };
        let letter = line.clause.unwrap_or_default();
        match shown.last_mut() {
            Some(clause) if clause.letter == letter => clause.lines.push(own),
            _ => shown.push(ShownClause { letter, lines: vec![own] }),
        }
    }
    shown
}

/// The text from `start` to `end`, cut where the level of its words changes. What stands between two words of one level
/// is of that level.
fn tinted(body: &str, words: &[Word], levels: &[u8], (start, end): (usize, usize)) -> Vec<(u8, String)> {
    let mut runs: Vec<(u8, usize, usize)> = Vec::new();
    let on_line = words.iter().zip(levels).filter(|(word, _)| start <= word.start && word.end <= end);
    for (word, level) in on_line {
        match runs.last_mut() {
            Some((last, _, until)) if last == level => *until = word.end,
            _ => runs.push((*level, word.start, word.end)),
        }
    }
    if runs.iter().all(|(level, ..)| *level == 0) {
        return Vec::new();
    }
    let (mut found, mut done) = (Vec::new(), start);
    for (level, from, to) in runs.into_iter().filter(|(level, ..)| *level > 0) {
        found.push((0, body.get(done..from).unwrap_or_default().to_owned()));
        found.push((level, body.get(from..to).unwrap_or_default().to_owned()));
        done = to;
    }
    found.push((0, body.get(done..end).unwrap_or_default().to_owned()));
    found.retain(|(_, text)| !text.is_empty());
    found
}

/// The first clause, with an ellipsis if more follow.
pub fn opening(version: &TextVersion) -> String {
    let first = lines::clause_text(&version.body, &version.words(), &version.clauses, 0);
    match first {
        Some(words) if version.clauses.len() > 1 => format!("{words} \u{2026}"),
        Some(words) => words.to_owned(),
        None => version.body.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{NormId, TextVersionId};
    use crate::norms::words::Clause;

    fn version(body: &str, clauses: &[(&str, usize, usize)]) -> TextVersion {
        let clause = |(letter, first_word, last_word): &(&str, usize, usize)| Clause {
            letter: (*letter).to_owned(),
            first_word: *first_word,
            last_word: *last_word,
        };
        TextVersion {
            id: TextVersionId::new(),
            norm_id: NormId::new(),
            label: "1".into(),
            dated: "2019-03".into(),
            source: "Briefing".into(),
            body: body.into(),
            clauses: clauses.iter().map(clause).collect(),
        }
    }

    #[test]
    fn lines_stand_in_their_clauses_and_none_is_lost() {
        let long = "word ".repeat(30);
        let text = version(&format!("Intro, then {long}end. Last."), &[("a", 3, 33), ("b", 34, 34)]);
        let shown = clauses(&text, &[]);
        let letters: Vec<&str> = shown.iter().map(|clause| clause.letter.as_str()).collect();
        assert_eq!(letters, ["", "a", "b"]);
        let words: Vec<&str> = shown.iter().flat_map(|clause| &clause.lines).map(|line| line.text.as_str()).collect();
        assert_eq!(words.join(" "), text.body.trim());
        let numbers: Vec<u32> = shown.iter().flat_map(|clause| &clause.lines).map(|line| line.number).collect();
        assert_eq!(numbers, (1..=u32::try_from(words.len()).unwrap()).collect::<Vec<_>>());
        assert!(numbers.len() > 3);
    }

    #[test]
    fn tinted_words_are_cut_out_and_nothing_is_lost() {
        let text = version("One, two, three four.", &[("a", 1, 4)]);
        let shown = clauses(&text, &[0, 2, 2, 5]);
        let line = shown.first().and_then(|clause| clause.lines.first()).unwrap();
        let expected = [(0, "One, "), (2, "two, three"), (0, " "), (5, "four"), (0, ".")];
        assert_eq!(line.tinted, expected.map(|(level, words)| (level, words.to_owned())));
        let plain = clauses(&text, &[0, 0, 0, 0]);
        assert!(plain.iter().flat_map(|clause| &clause.lines).all(|line| line.tinted.is_empty()));
    }

    #[test]
    fn an_opening_says_that_more_follows() {
        assert_eq!(opening(&version("States should, not.", &[("a", 1, 2), ("b", 3, 3)])), "States should, …");
        assert_eq!(opening(&version("States should not.", &[("a", 1, 3)])), "States should not.");
        assert_eq!(opening(&version("No clauses.", &[])), "No clauses.");
    }
}
