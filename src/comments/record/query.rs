//! What somebody typed into the search field, read as words and phrases. Nothing that is typed is an error: what is left
//! out is said. Pure.

use unicode_segmentation::UnicodeSegmentation as _;

use super::fold;
use crate::db::dialect::search::Phrases;

/// How much of what was typed is read, in graphemes.
pub const LONGEST: usize = 200;
/// How many words are searched for.
pub const MOST_WORDS: usize = 12;
/// How many tokens they may make: a word of a script without spaces is one for each character.
const MOST_TOKENS: usize = 24;

/// What was left out, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The text went on.
    TooLong,
    /// There were more words.
    TooManyWords,
    /// These hold neither letter nor digit.
    NoLetters(String),
}

/// What is searched for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Words and phrases, all of which must be there: each as folded words.
    pub phrases: Phrases,
    /// What was left out.
    pub notes: Vec<Note>,
}

/// Reads what was typed.
pub fn parse(typed: &str) -> Query {
    let mut query = Query::default();
    let read = match typed.grapheme_indices(true).nth(LONGEST) {
        Some((end, _)) => {
            query.notes.push(Note::TooLong);
            typed.get(..end).unwrap_or_default()
        }
        None => typed,
    };
    let mut room = Room { words: MOST_WORDS, tokens: MOST_TOKENS, is_over: false };
    let mut silent: Vec<&str> = Vec::new();
    for (at, part) in read.split(is_quote).enumerate() {
        let words = part.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
        // Between quotation marks, or behind one that is never closed.
        if at % 2 == 1 {
            let phrase = words.flat_map(|word| room.take(word).unwrap_or_default()).collect();
            query.add(phrase);
            continue;
        }
        for word in words {
            match room.take(word) {
                Some(tokens) if tokens.is_empty() => silent.push(word),
                Some(tokens) => query.add(tokens),
                None => {}
            }
        }
    }
    if room.is_over {
        query.notes.push(Note::TooManyWords);
    }
    if !silent.is_empty() {
        query.notes.push(Note::NoLetters(silent.join(" ")));
    }
    query
}

impl Query {
    fn add(&mut self, phrase: Vec<String>) {
        if !phrase.is_empty() && !self.phrases.contains(&phrase) {
            self.phrases.push(phrase);
        }
    }
}

/// How much more is searched for.
struct Room {
    words: usize,
    tokens: usize,
    is_over: bool,
}

impl Room {
    /// The tokens of a word: a phrase where it is more than one, `e-mail`. `None` if there is no more room.
    fn take(&mut self, word: &str) -> Option<Vec<String>> {
        let mut tokens = fold::folded(word);
        if tokens.is_empty() {
            return Some(tokens);
        }
        if self.words == 0 || self.tokens == 0 {
            self.is_over = true;
            return None;
        }
        if tokens.len() > self.tokens {
            self.is_over = true;
            tokens.truncate(self.tokens);
        }
        self.words -= 1;
        self.tokens -= tokens.len();
        Some(tokens)
    }
}

/// The quotation marks of the world. A single one is an apostrophe more often.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '«' | '»' | '「' | '」' | '『' | '』' | '＂')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn phrases(typed: &str) -> Vec<String> {
        parse(typed).phrases.iter().map(|phrase| phrase.join(" ")).collect()
    }

    #[test]
    fn words_and_phrases_are_told_apart() {
        assert_eq!(phrases("supply chain"), ["supply", "chain"]);
        assert_eq!(phrases("\"supply chain\" integrity"), ["supply chain", "integrity"]);
        assert_eq!(phrases("«цепь поставок» “two words”"), ["цеп поставок", "two word"]);
        assert_eq!(phrases("網絡空間 穩定"), ["網 絡 空 間", "穩 定"]);
        assert_eq!(phrases("e-mail l'État"), ["e mail", "etat"]);
        assert_eq!(phrases("norm norms NORM"), ["norm"]);
        assert_eq!(phrases(""), [""; 0]);
    }

    #[test]
    fn quotation_marks_need_not_be_closed() {
        assert_eq!(phrases("\"supply chain"), ["supply chain"]);
        assert_eq!(phrases("supply\" chain"), ["supply", "chain"]);
        assert_eq!(phrases("\"\" \"\"\" \""), [""; 0]);
    }

    #[test]
    fn operators_of_the_databases_are_words() {
        assert_eq!(phrases("states AND not (NEAR) OR"), ["stat", "and", "not", "near", "or"]);
        assert_eq!(phrases("words: -core ^core core* a<->b !c | d & e"), ["word", "core", "a b", "c", "d", "e"]);
        assert_eq!(phrases("_norm-botnets _ _kind-lever"), ["norm botnet", "kind lever"]);
    }

    #[test]
    fn what_is_left_out_is_said() {
        assert_eq!(parse("!!! core -").notes, [Note::NoLetters("!!! -".into())]);
        let many = (0..20).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
        let read = parse(&many);
        assert_eq!((read.phrases.len(), read.notes), (MOST_WORDS, vec![Note::TooManyWords]));
        let quoted = parse(&format!("\"{many}\""));
        assert_eq!((quoted.phrases[0].len(), quoted.notes), (MOST_WORDS, vec![Note::TooManyWords]));
        let long = parse(&"x".repeat(100_000));
        assert_eq!((long.phrases.len(), long.notes), (1, vec![Note::TooLong]));
        assert_eq!(parse(&"定".repeat(60)).phrases[0].len(), MOST_TOKENS);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_bounded_and_harmless(typed in "\\PC{0,300}|[\"a-c *^:()&|!<>'-]{0,60}|[\\x01-\\x1f\"a]{0,40}") {
            let query = parse(&typed);
            prop_assert!(query.phrases.iter().map(Vec::len).sum::<usize>() <= MOST_TOKENS);
            for token in query.phrases.iter().flatten() {
                prop_assert!(!token.is_empty() && token.chars().all(char::is_alphanumeric), "{token}");
            }
            prop_assert!(query.phrases.iter().all(|phrase| !phrase.is_empty()));
        }

        #[test]
        fn a_word_of_a_text_finds_itself(word in "\\w{1,20}") {
            let phrase = fold::folded(&word);
            if !phrase.is_empty() && phrase.len() <= MOST_TOKENS {
                prop_assert_eq!(parse(&word).phrases, vec![phrase]);
            }
        }
    }
}
