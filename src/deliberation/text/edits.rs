//! What a proposal does to the text it is about, as stretches of that text and what comes in their place.

use crate::comments::redline::{Piece, Redline};
use crate::norms::words::{Word, at, span};

/// A stretch of the base text, `text[start..end]`, and what comes in its place. Empty stretches insert.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// Offset of its first byte.
    pub start: usize,
    /// Offset just after its last byte.
    pub end: usize,
    /// The words that come.
    pub with: String,
}

impl Edit {
    /// Whether it takes words out and puts none in.
    pub fn is_deletion(&self) -> bool {
        self.with.is_empty()
    }

    /// Whether it only puts words in.
    pub fn is_insertion(&self) -> bool {
        self.start == self.end
    }

    /// Whether both change the same letters. At one place an insertion stands before what is replaced there, so the two
    /// go together; two insertions at one place don't.
    pub fn clashes(&self, other: &Self) -> bool {
        if self.is_insertion() && other.is_insertion() {
            return self.start == other.start;
        }
        self.start < other.end && other.start < self.end
    }
}

/// What becomes of `text` if its words `first` to `last`, counted from 1 and inclusive, read `wording`: in text order,
/// none if the words would stay the same. An empty wording takes the words out and one of the spaces around them.
/// `None` if there are no such words. `words` must be the words of `text`.
pub fn edits(text: &str, words: &[Word], (first, last): (usize, usize), wording: &str) -> Option<Vec<Edit>> {
    let quote = span(text, words, first, last)?;
    let start = at(words, first)?.start;
    if wording.trim().is_empty() {
        let (start, end) = with_a_space(text, start, start + quote.len());
        return Some(vec![Edit { start, end, with: String::new() }]);
    }
    let mut found: Vec<Edit> = Vec::new();
    let mut offset = start;
    for piece in Redline::between(quote, wording).pieces {
        match piece {
            Piece::Same(same) => offset += same.len(),
            Piece::Deleted(gone) => {
                found.push(Edit { start: offset, end: offset + gone.len(), with: String::new() });
                offset += gone.len();
            }
            Piece::Inserted(new) => match found.last_mut() {
                Some(last) if last.end == offset && !last.is_insertion() && last.is_deletion() => last.with = new,
                _ => found.push(Edit { start: offset, end: offset, with: new }),
            },
        }
    }
    Some(found)
}

/// The stretch with one space that would be left over: the one behind it if something free stands before, else the one
/// before. Line breaks stay.
fn with_a_space(text: &str, start: usize, end: usize) -> (usize, usize) {
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    let behind = text.get(end..).and_then(|behind| behind.chars().next());
    let space = |c: Option<char>| c.filter(|c| c.is_whitespace() && !matches!(c, '\n' | '\r'));
    let is_free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    match (space(before), space(behind)) {
        (_, Some(behind)) if is_free(before) => (start, end + behind.len_utf8()),
        (Some(before), _) if is_free(behind) => (start - before.len_utf8(), end),
        _ => (start, end),
    }
}

/// `text[from..to]` with those of `edits` made that lie in it. They stand in text order and don't clash.
pub fn applied(text: &str, (from, to): (usize, usize), edits: &[Edit]) -> String {
    let mut new = String::new();
    let mut offset = from;
    for edit in edits.iter().filter(|edit| from <= edit.start && edit.end <= to) {
        new.push_str(text.get(offset..edit.start).unwrap_or_default());
        new.push_str(&edit.with);
        offset = edit.end;
    }
    new.push_str(text.get(offset..to).unwrap_or_default());
    new
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::norms::words::words;

    fn after(text: &str, place: (usize, usize), wording: &str) -> String {
        let made = edits(text, &words(text), place, wording).unwrap();
        applied(text, (0, text.len()), &made)
    }

    #[test]
    fn a_deletion_leaves_no_double_space() {
        assert_eq!(after("one two three", (2, 2), ""), "one three");
        assert_eq!(after("one two, three", (2, 2), ""), "one, three");
        assert_eq!(after("one two", (2, 2), ""), "one");
        assert_eq!(after("one two", (1, 1), " "), "two");
        assert_eq!(after("“one two”", (1, 1), ""), "“two”");
        assert_eq!(after("one\ntwo three", (2, 2), ""), "one\nthree");
        assert_eq!(after("one\ntwo\nthree", (2, 2), ""), "one\n\nthree");
        assert_eq!(after("国家不应", (2, 2), ""), "国不应");
    }

    #[test]
    fn other_words_come_in_exactly_and_only_where_they_differ() {
        let text = "should neither conduct nor allow it";
        let made = edits(text, &words(text), (1, 6), "should neither conduct nor knowingly permit it").unwrap();
        assert_eq!(made.len(), 1);
        assert_eq!((text.get(made[0].start..made[0].end), made[0].with.as_str()), (Some("allow"), "knowingly permit"));
        assert!(edits(text, &words(text), (1, 2), "should neither").unwrap().is_empty());
        assert_eq!(edits(text, &words(text), (6, 7), "x"), None);
    }
}
