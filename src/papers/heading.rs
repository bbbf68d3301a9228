//! Which lines of a text look like headings, in any script. Pure.

use crate::norms::words::graphemes;

/// The longest line that can be a heading, in graphemes.
const LONGEST: usize = 120;

/// Words that begin a heading when a number follows.
const NUMBERED: [&str; 18] = [
    "norm",
    "article",
    "section",
    "chapter",
    "part",
    "annex",
    "appendix",
    "call",
    "question",
    "norme",
    "norma",
    "art\u{ed}culo",
    "artikel",
    "kapitel",
    "\u{645}\u{627}\u{62f}\u{629}",
    "\u{627}\u{644}\u{645}\u{627}\u{62f}\u{629}",
    "\u{642}\u{627}\u{639}\u{62f}\u{629}",
    "\u{627}\u{644}\u{642}\u{627}\u{639}\u{62f}\u{629}",
];

/// What ends a Chinese number that begins a heading.
const CHINESE_ENDS: [char; 9] =
    ['\u{3001}', '\u{ff0e}', '\u{7ae0}', '\u{7bc0}', '\u{8282}', '\u{689d}', '\u{6761}', '\u{90e8}', '\u{9805}'];

/// The offsets of the lines of `text` that look like headings, in order.
pub fn offsets(text: &str) -> Vec<usize> {
    let mut lines: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        lines.push((at, line.trim()));
        at += line.len();
    }
    let blank = |at: Option<usize>| at.and_then(|at| lines.get(at)).is_none_or(|(_, line)| line.is_empty());
    let is_heading = |at: usize, line: &str| {
        let (above, below) = (blank(at.checked_sub(1)), blank(Some(at + 1)));
        looks_like_one(line) || (above && below && stands_alone(line, lines.iter().skip(at + 1).map(|(_, line)| *line)))
    };
    lines.iter().enumerate().filter(|(at, (_, line))| is_heading(*at, line)).map(|(_, (offset, _))| *offset).collect()
}

/// Whether a line looks like a heading whatever stands around it.
fn looks_like_one(line: &str) -> bool {
    if line.is_empty() || graphemes(line) > LONGEST {
        return false;
    }
    is_markdown(line) || (!ends_like_a_sentence(line) && (is_numbered(line) || is_all_capitals(line)))
}

/// Whether a line between empty lines is a heading of the text that follows: that is longer.
fn stands_alone<'a>(line: &str, below: impl Iterator<Item = &'a str>) -> bool {
    let length = graphemes(line);
    let next = below.map(graphemes).find(|length| *length > 0).unwrap_or_default();
    length > 0 && length <= 80 && !ends_like_a_sentence(line) && next > length.max(LONGEST)
}

fn ends_like_a_sentence(line: &str) -> bool {
    line.ends_with([
        '.', ',', ';', ':', '!', '\u{2026}', '\u{3002}', '\u{ff0c}', '\u{ff1b}', '\u{ff1a}', '\u{60c}', '\u{61b}', '-',
    ])
}

fn is_markdown(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - rest.len())) && rest.starts_with(' ') && !rest.trim().is_empty()
}

fn is_all_capitals(line: &str) -> bool {
    line.chars().filter(|c| c.is_uppercase()).count() >= 4 && !line.chars().any(char::is_lowercase)
}

/// `1. Scope`, `2.3 Scope`, `IV. Scope`, `Norm 3`, and the like in other scripts.
fn is_numbered(line: &str) -> bool {
    let Some((first, rest)) = line.split_once(|c: char| c.is_whitespace() || CHINESE_ENDS.contains(&c)) else {
        return false;
    };
    let says_something = rest.chars().any(char::is_alphabetic);
    if is_chinese_number(first) {
        return line.get(first.len()..).is_some_and(|rest| rest.starts_with(CHINESE_ENDS)) && says_something;
    }
    let number = rest.split_whitespace().next().unwrap_or_default();
    if NUMBERED.contains(&first.to_lowercase().as_str()) {
        return is_number(number) || is_roman(number);
    }
    let begins = rest.trim_start().chars().next();
    says_something && begins.is_some_and(|c| !c.is_lowercase()) && (is_number(first) || is_roman(first))
}

/// `1`, `1.`, `1)`, `1.2`, `2.3.1.` in any digits; not a year, not `1)` alone of a sentence.
fn is_number(word: &str) -> bool {
    let number = word.trim_end_matches(['.', ')', ':', '-', '\u{2013}', '\u{2014}', '\u{66b}']);
    let groups: Vec<&str> = number.split('.').collect();
    let is_group = |group: &&str| (1..=3).contains(&group.chars().count()) && group.chars().all(char::is_numeric);
    let is_marked =
        number.len() < word.len() || groups.len() > 1 || groups.iter().all(|group| group.chars().count() < 3);
    groups.len() <= 5 && groups.iter().all(is_group) && is_marked
}

fn is_roman(word: &str) -> bool {
    let number = word.trim_end_matches(['.', ')', ':']);
    let marked = number.len() < word.len();
    marked && (1..=6).contains(&number.len()) && number.chars().all(|c| "IVXLC".contains(c))
}

fn is_chinese_number(word: &str) -> bool {
    let word = word.strip_prefix('\u{7b2c}').unwrap_or(word);
    let digits = "\u{4e00}\u{4e8c}\u{4e09}\u{56db}\u{4e94}\u{516d}\u{4e03}\u{516b}\u{4e5d}\u{5341}\u{767e}";
    let count = word.chars().count();
    (1..=4).contains(&count)
        && word.chars().all(|c| digits.contains(c) || c.is_ascii_digit())
        && word.chars().any(|c| digits.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_look_like_headings_do() {
        for line in [
            "1. Scope",
            "2.3 Words that should change",
            "10) Remarks",
            "IV. Remarks",
            "Norm 3",
            "Norm 3: Avoid tampering",
            "ARTICLE 5",
            "## On botnets",
            "INTRODUCTION",
            "\u{4e00}\u{3001}\u{6982}\u{8ff0}",
            "\u{7b2c}\u{4e09}\u{7ae0} \u{603b}\u{5219}",
            "\u{661}. \u{645}\u{642}\u{62f}\u{645}\u{629}",
            "\u{627}\u{644}\u{645}\u{627}\u{62f}\u{629} \u{663}",
            "\u{412}\u{412}\u{415}\u{414}\u{415}\u{41d}\u{418}\u{415}",
        ] {
            assert!(looks_like_one(line), "{line}");
        }
        for line in [
            "1. First we should act.",
            "3 states have done it",
            "2019 was a good year",
            "norms are useful",
            "#hashtag",
            "Dear Commissioners,",
            "I think so",
            "\u{4e00}\u{4e9b}\u{56fd}\u{5bb6}",
            "",
        ] {
            assert!(!looks_like_one(line), "{line}");
        }
    }

    #[test]
    fn a_short_line_above_a_long_paragraph_is_one() {
        let long = "words ".repeat(40);
        let text = format!("Our view\n\n{long}\n\nYours sincerely\n\nThe Institute\n");
        assert_eq!(offsets(&text), [0]);
    }
}
