//! Words in the form in which they are found: small letters, without marks, one character each for scripts that write no
//! spaces, Russian and Arabic words by their stem, plurals of English, French and Spanish by their singular. A word is
//! folded without regard to the language around it, so that whoever types it need not say which language they mean. Pure.
//! What is stored in the index depends on it: [`super::rebuild::FORM`] counts its changes.

use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

use super::stem::stem;

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

/// A word with what separates its parts taken out: `don't` is two parts, `e-mail` two words already. What an apostrophe
/// ties to a word and is none itself is no part: `l'État`, `State's`.
fn parts(start: usize, word: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut begin = 0;
    let mut is_behind_apostrophe = false;
    for (at, mark) in word.match_indices(|c: char| !c.is_alphanumeric() && !is_mark(c)).chain([(word.len(), "")]) {
        let is_before_apostrophe = matches!(mark, "'" | "\u{2019}" | "\u{ff07}");
        if let Some(part) = word.get(begin..at).filter(|part| !part.is_empty()) {
            let folded = fold(part);
            let is_tied = is_before_apostrophe && ELIDED.contains(&folded.as_str())
                || is_behind_apostrophe && mark.is_empty() && folded == "s";
            if !folded.is_empty() && !is_tied {
                found.push(Token { start: start + begin, end: start + at, folded });
            }
        }
        begin = at + mark.len();
        is_behind_apostrophe = is_before_apostrophe;
    }
    found
}

/// What French writes before an apostrophe in place of a small word.
const ELIDED: &[&str] = &["c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"];

fn fold(word: &str) -> String {
    let mut letters = String::with_capacity(word.len());
    if word.is_ascii() {
        letters.extend(word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
    } else {
        spell(word, &mut letters);
    }
    let mut stem = stem(&letters);
    let mut end = LONGEST.min(stem.len());
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    stem.truncate(end);
    stem
}

/// Adds the letters of `word` in their one form, small and without marks.
fn spell(word: &str, letters: &mut String) {
    for c in word.nfkd().flat_map(char::to_lowercase) {
        // The short i of Russian is a letter of its own, and endings are known by it.
        if c == '\u{306}' && letters.ends_with('и') {
            letters.pop();
            letters.push('й');
        // The seat under an Arabic hamza is spelled in several ways.
        } else if c == '\u{654}' && letters.ends_with(['و', 'ي']) {
            letters.pop();
            letters.push('ء');
        } else if !is_mark(c) {
            put(c, letters);
        }
    }
}

/// Adds `c` in its one form: letters that are written in several, letters that stand for two, digits of every script.
fn put(c: char, letters: &mut String) {
    match c {
        'ß' => letters.push_str("ss"),
        'œ' => letters.push_str("oe"),
        'æ' => letters.push_str("ae"),
        'ı' => letters.push('i'),
        'ø' => letters.push('o'),
        'ł' => letters.push('l'),
        'ة' => letters.push('ه'),
        'ى' | 'ی' => letters.push('ي'),
        'ک' => letters.push('ك'),
        'ٱ' => letters.push('ا'),
        '٠'..='٩' => letters.push(digit(c, '٠')),
        '۰'..='۹' => letters.push(digit(c, '۰')),
        c if c.is_alphanumeric() => letters.push(c),
        _ => {}
    }
}

/// Whether `c` only marks the letter before it: accents, Arabic and Hebrew points, the Arabic stroke that stretches.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}'
        | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{200c}' | '\u{200d}' | '\u{ad}')
}

fn digit(c: char, zero: char) -> char {
    let value = u32::from(c) - u32::from(zero);
    char::from_digit(value, 10).unwrap_or(c)
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
            ("State's", "states"),
            ("l\u{2019}État", "États"),
            ("qu'ils", "ils"),
            ("œuvre", "oeuvres"),
            ("مسؤولية", "مسئولية"),
            ("государственный", "государственными"),
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
