//! From the lines of pages to paragraphs: running heads, feet and page numbers go, wrapped lines and words parted at
//! line ends come together. Pure.

use std::collections::{BTreeMap, BTreeSet};

use super::Paragraph;

/// A line of a page.
struct Line<'a> {
    text: &'a str,
    /// There is more space above it than between lines of a paragraph.
    has_gap: bool,
}

/// How many lines at the top and at the bottom of a page can be a running head or foot.
const EDGE: usize = 2;

/// The paragraphs of `pages`, each the text of a page with its lines.
pub fn paragraphs(pages: &[String]) -> Vec<Paragraph> {
    let mut pages: Vec<Vec<Line>> = pages.iter().map(|page| lines(page)).collect();
    drop_edges(&mut pages);
    let width = typical_width(&pages);
    let hyphenated: BTreeSet<&str> = pages
        .iter()
        .flatten()
        .flat_map(|line| line.text.split_whitespace())
        .filter(|word| word.contains('-'))
        .collect();
    let mut found: Vec<String> = Vec::new();
    let mut last: Option<&Line> = None;
    for page in &pages {
        let gaps_tell = gaps_tell(page);
        for (at, line) in page.iter().enumerate() {
            let goes_on = last.is_some_and(|last| goes_on(last, line, at == 0, gaps_tell, width));
            match found.last_mut() {
                Some(paragraph) if goes_on => join(paragraph, line.text, &hyphenated),
                _ => found.push(line.text.to_owned()),
            }
            last = Some(line);
        }
    }
    found.into_iter().map(|text| Paragraph { text, level: None }).collect()
}

fn lines(page: &str) -> Vec<Line<'_>> {
    let (mut found, mut has_gap) = (Vec::new(), false);
    for text in page.lines().map(str::trim) {
        if text.is_empty() {
            has_gap = true;
        } else {
            found.push(Line { text, has_gap });
            has_gap = false;
        }
    }
    found
}

/// Numbers change from page to page, the rest of a running head does not.
fn pattern(line: &str) -> String {
    let mut pattern = String::with_capacity(line.len());
    for character in line.chars() {
        if !character.is_numeric() {
            pattern.push(character);
        } else if !pattern.ends_with('#') {
            pattern.push('#');
        }
    }
    pattern
}

fn is_page_number(line: &str) -> bool {
    let words: Vec<String> = line.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect();
    let mut words = words.iter().filter(|word| !word.is_empty() && *word != "page" && *word != "of").peekable();
    words.peek().is_some() && words.all(|word| word.len() <= 4 && word.chars().all(char::is_numeric))
}

/// Takes out what stands at the top or bottom of most pages.
fn drop_edges(pages: &mut [Vec<Line>]) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for page in pages.iter() {
        let edges = page.iter().take(EDGE).chain(page.iter().rev().take(EDGE));
        let patterns: BTreeSet<String> = edges.map(|line| pattern(line.text)).collect();
        for it in patterns {
            *counts.entry(it).or_default() += 1;
        }
    }
    let enough = (pages.len() / 2).max(3);
    let count = pages.len();
    let is_running = |line: &Line| {
        counts.get(&pattern(line.text)).is_some_and(|found| *found >= enough)
            || (count > 1 && is_page_number(line.text))
    };
    for page in pages.iter_mut() {
        for _ in 0..EDGE {
            if page.last().is_some_and(is_running) {
                page.pop();
            }
            if page.first().is_some_and(is_running) {
                page.remove(0);
            }
        }
    }
}

/// The length that full lines have: most lines of most pages are not longer.
fn typical_width(pages: &[Vec<Line>]) -> usize {
    let mut lengths: Vec<usize> = pages.iter().flatten().map(|line| line.text.chars().count()).collect();
    lengths.sort_unstable();
    lengths.get(lengths.len().saturating_sub(1) * 9 / 10).copied().unwrap_or_default()
}

/// Whether space above a line means anything: where it is above nearly every line, the lines are set wide.
fn gaps_tell(page: &[Line]) -> bool {
    let gaps = page.iter().skip(1).filter(|line| line.has_gap).count();
    let full = page.len().saturating_sub(1);
    full < 6 || gaps * 10 < full * 8
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\u{201d}', '\u{2019}', ')', ']'])
        .ends_with(['.', '!', '?', ':', '\u{3002}', '\u{61f}'])
}

fn begins_item(line: &str) -> bool {
    let is_bullet = |c: char| matches!(c, '\u{2022}' | '\u{25cf}' | '\u{25aa}' | '\u{2013}' | '-' | '*');
    let numbered = line.split_whitespace().next().is_some_and(|first| {
        first.len() < 8 && first.ends_with(['.', ')']) && first.chars().any(char::is_alphanumeric)
    });
    line.starts_with(is_bullet) || numbered
}

/// Whether `line` belongs to the paragraph of the line before it.
fn goes_on(last: &Line, line: &Line, is_page_top: bool, gaps_tell: bool, width: usize) -> bool {
    let length = last.text.chars().count();
    let was_full = length * 10 >= width * 7;
    if is_page_top {
        return was_full && !ends_sentence(last.text);
    }
    if gaps_tell && line.has_gap {
        return false;
    }
    let starts_anew = begins_item(line.text) && (ends_sentence(last.text) || !was_full);
    was_full && !starts_anew && !(ends_sentence(last.text) && length * 20 < width * 17)
}

fn is_spaceless(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}')
}

fn join(paragraph: &mut String, line: &str, hyphenated: &BTreeSet<&str>) {
    let next = line.chars().next().unwrap_or(' ');
    if paragraph.ends_with('\u{ad}') {
        paragraph.pop();
    } else if paragraph.ends_with('-') && next.is_lowercase() {
        let first = paragraph.rsplit(char::is_whitespace).next().unwrap_or_default();
        let second = line.split_whitespace().next().unwrap_or_default();
        // The hyphen is the word's own if the word has one elsewhere.
        if !hyphenated.contains(format!("{first}{second}").as_str()) {
            paragraph.pop();
        }
    } else if !(is_spaceless(next) && paragraph.ends_with(is_spaceless)) {
        paragraph.push(' ');
    }
    paragraph.push_str(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pages: &[&str]) -> Vec<String> {
        let pages: Vec<String> = pages.iter().map(|page| (*page).to_owned()).collect();
        paragraphs(&pages).into_iter().map(|it| it.text).collect()
    }

    #[test]
    fn wrapped_lines_and_parted_words_come_together() {
        let page = "1. Heading\n\nThe first line of a paragraph has infor-\nmation on non-state\nactors, not only on non-\nstate \
            ones here.\n\nAnother one.";
        let found = read(&[page]);
        assert_eq!(found[0], "1. Heading");
        assert!(found[1].starts_with("The first line of a paragraph has information on"), "{found:?}");
        let kept = read(&[
            "The words on the line are about non-state actors and\ntheir deeds, and nobody forgets that non-\nstate ones act.",
        ]);
        assert_eq!(
            kept,
            [
                "The words on the line are about non-state actors and their deeds, and nobody forgets that non-state ones act."
            ]
        );
    }

    #[test]
    fn heads_feet_and_page_numbers_go_and_paragraphs_cross_pages() {
        let page = |n: usize| {
            let own = ["one", "two", "three", "four"][n - 1];
            format!(
                "Institute of Examples 2026\n\nPage {own} begins with a line that is long enough to be full\n\nand {own} \
                ends with a line which does not end there as it goes\n\n- {n} -\n"
            )
        };
        let pages: Vec<String> = (1..=4).map(page).collect();
        let found = paragraphs(&pages);
        let all = found.iter().map(|it| format!("{}\n", it.text)).collect::<Vec<_>>().concat();
        assert!(!all.contains("Institute") && !all.contains("- 2 -"), "{all}");
        assert!(all.contains("as it goes Page two begins"), "{all}");
    }

    #[test]
    fn lines_of_wide_setting_are_no_paragraphs() {
        let line = "a line of about the same length as every other one here";
        let page = [line; 9].join("\n\n");
        assert_eq!(read(&[&page]).len(), 1);
        let chinese = "\u{56fd}\u{5bb6}\u{4e0d}\u{5e94}\n\u{5141}\u{8bb8}\u{6b64}\u{7c7b}";
        assert_eq!(read(&[chinese]), ["\u{56fd}\u{5bb6}\u{4e0d}\u{5e94}\u{5141}\u{8bb8}\u{6b64}\u{7c7b}"]);
    }
}
