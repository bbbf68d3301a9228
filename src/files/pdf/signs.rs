//! Signs of a text as lines are made of it: what shows nothing, what turns the direction, where a line does not end. Pure.

/// `text` with line breaks of one kind and without tabs.
pub(super) fn lined(text: &str) -> String {
    let one = text.replace("\r\n", "\n");
    one.replace(['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'], "\n").replace('\t', " ")
}

/// Shows nothing by itself: marks of direction, joiners, selectors of variants, odd hyphens.
pub(super) fn is_silent(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

/// Belongs to the letter before it.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}

pub(super) fn is_space(text: &str) -> bool {
    text.chars().all(|c| c == ' ' || c == '\u{3000}')
}

/// Whether the order of a line depends on its direction: letters from right to left, and marks that turn it.
pub(super) fn may_turn(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Sets words apart from the direction of the text around them, or ends that.
pub(super) fn sets_apart(c: char) -> bool {
    matches!(c, '\u{2066}'..='\u{2069}')
}

/// Whether a line that ended at `at` would end at a hyphen between capitals and digits, as in the reference of a comment:
/// programs that read a PDF take a hyphen at the end of a line away.
pub(super) fn is_in_a_number(words: &str, at: usize) -> bool {
    let is_one = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    let mut before = words.get(..at).unwrap_or_default().chars().rev();
    before.next() == Some('-')
        && before.next().is_some_and(is_one)
        && words.get(at..).unwrap_or_default().chars().next().is_some_and(is_one)
}
