//! Words in the form in which they are found: small letters, without marks, one character each for scripts that write no
//! spaces, Russian and Arabic words by their stem, plurals in `s` by their singular. Pure. What is stored in the index
//! depends on it: [`super::rebuild::FORM`] counts its changes.

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

/// The longest token that is kept, in bytes: the rest of a longer one is not searched for.
const LONGEST: usize = 64;

/// A word of a text, as it is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it begins, in bytes of the text.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What it is found by: letters and digits only.
    pub folded: String,
}

/// The words of `text` in order.
pub fn tokens(text: &str) -> Vec<Token> {
    let words = text.unicode_word_indices();
    words.flat_map(|(start, word)| parts(start, word)).collect()
}

/// The words of `text`, folded.
pub fn folded(text: &str) -> Vec<String> {
    tokens(text).into_iter().map(|token| token.folded).collect()
}

/// A word with what separates its parts taken out: `don't` is two parts, `e-mail` two words already.
fn parts(start: usize, word: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut begin = 0;
    for (at, mark) in word.match_indices(|c: char| !c.is_alphanumeric() && !is_mark(c)).chain([(word.len(), "")]) {
        if let Some(part) = word.get(begin..at).filter(|part| !part.is_empty()) {
            let folded = fold(part);
            if !folded.is_empty() {
                found.push(Token { start: start + begin, end: start + at, folded });
            }
        }
        begin = at + mark.len();
    }
    found
}

fn fold(word: &str) -> String {
    let plain: String = word.nfkd().filter(|c| !is_mark(*c)).flat_map(char::to_lowercase).map(letter).collect();
    let letters: String = plain.replace('ß', "ss").chars().filter(|c| c.is_alphanumeric()).collect();
    let mut stem = stem(&letters);
    let mut end = LONGEST.min(stem.len());
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    stem.truncate(end);
    stem
}

/// Whether `c` only marks the letter before it: accents, Arabic and Hebrew points, the Arabic stroke that stretches.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}'
        | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{200c}' | '\u{200d}' | '\u{ad}')
}

/// One form for letters that are written in several, and for digits.
fn letter(c: char) -> char {
    match c {
        'ى' | 'ی' => 'ي',
        'ة' => 'ه',
        'ک' => 'ك',
        'ٱ' => 'ا',
        '٠'..='٩' => digit(c, '٠'),
        '۰'..='۹' => digit(c, '۰'),
        other => other,
    }
}

fn digit(c: char, zero: char) -> char {
    let value = u32::from(c) - u32::from(zero);
    char::from_digit(value, 10).unwrap_or(c)
}

fn stem(word: &str) -> String {
    let first = word.chars().next().unwrap_or_default();
    match first {
        'а'..='я' => Stemmer::create(Algorithm::Russian).stem(word).into_owned(),
        '\u{620}'..='\u{64a}' => Stemmer::create(Algorithm::Arabic).stem(word).into_owned(),
        'a'..='z' => singular(word).to_owned(),
        _ => word.to_owned(),
    }
}

/// Without the `s` of the plural, which English, French and Spanish share.
fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() >= 3 && !stem.ends_with(['s', 'u', 'i']) => stem,
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_people_hold_for_the_same_word_is_the_same() {
        for (one, other) in [
            ("État", "ETAT"),
            ("Norms", "norm"),
            ("Straße", "strasse"),
            ("нормы", "норма"),
            ("Ёлка", "елка"),
            ("الأمن", "الامن"),
            ("حِمَايَة", "حماية"),
            ("٢٠١٩", "2019"),
            ("ＣＹＢＥＲ", "cyber"),
        ] {
            assert_eq!(folded(one), folded(other), "{one} {other}");
        }
        assert_ne!(folded("should"), folded("must"));
    }

    #[test]
    fn scripts_without_spaces_are_found_by_their_characters() {
        assert_eq!(folded("网络空间稳定"), ["网", "络", "空", "间", "稳", "定"]);
        assert_eq!(folded("e-mail, don't"), ["e", "mail", "don", "t"]);
    }

    proptest! {
        #[test]
        fn tokens_stand_where_they_say_and_hold_nothing_but_letters_and_digits(text in "\\PC{0,200}") {
            let mut last = 0;
            for token in tokens(&text) {
                prop_assert!(token.start >= last && token.end > token.start);
                prop_assert!(text.get(token.start..token.end).is_some());
                prop_assert!(token.folded.chars().all(char::is_alphanumeric) && !token.folded.is_empty());
                prop_assert!(token.folded.len() <= LONGEST);
                last = token.end;
            }
        }
    }
}
