//! What XML 1.0 can't hold.

use std::borrow::Cow;

/// Whether XML 1.0 forbids the character (section 2.2, `Char`).
pub fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// `text` without the characters that XML 1.0 forbids, and how many they were.
pub fn sound(text: &str) -> (Cow<'_, str>, u64) {
    if !text.contains(is_forbidden) {
        return (Cow::Borrowed(text), 0);
    }
    let kept: String = text.chars().filter(|c| !is_forbidden(*c)).collect();
    let dropped = text.chars().count() - kept.chars().count();
    (Cow::Owned(kept), u64::try_from(dropped).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_forbidden_goes() {
        assert_eq!(sound("a\u{1}b\u{b}c\u{ffff}d\u{9}\u{85}"), (Cow::Owned("abcd\u{9}\u{85}".to_owned()), 3));
        assert_eq!(sound("\u{202e}<&\r\n").1, 0);
    }
}
