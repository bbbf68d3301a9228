//! A comment as it is compared with others: what it asks for, and its words in the form in which they are alike. Pure.
//! Digests and bands that are stored depend on this file: a change of it needs a migration that makes them anew.

use std::borrow::Cow;
use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization as _;

use crate::comments::body::{Body, Wording};
use crate::comments::model::Comment;
use crate::comments::record::fold::{self, Token};
use crate::ids::{self, NormId};

/// How many words, counted twice, make a shingle: three words, or six characters of a script that writes no spaces.
const SHINGLE: u32 = 6;

/// A sentence of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sentence {
    /// Its words, folded, in order.
    pub words: Vec<String>,
}

/// A comment as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The same for comments that can be alike: on one text, of one kind, and asking for the same where that is not said
    /// in sentences.
    pub scope: u64,
    /// The same for comments that say the same but for case, marks, punctuation and spaces.
    pub digest: Vec<u8>,
    /// What it says, sentence by sentence.
    pub sentences: Vec<Sentence>,
    /// Every three words in a row that are not the words of a text commented on: sorted, each once.
    pub shingles: Vec<u64>,
}

impl Letter {
    /// `comment` as it is compared. `norms` are the shingles of the texts that people quote, see [`quotable`].
    pub fn of(comment: &Comment, norms: &HashSet<u64>) -> Self {
        Self::from_body(comment.norm_id, &comment.body, norms)
    }

    /// What `body` says on the text `norm`.
    pub fn from_body(norm: NormId, body: &Body, norms: &HashSet<u64>) -> Self {
        let said = said(body);
        let sentences = sentences(&said.join("\n"));
        let mut shingles: Vec<u64> = shingles(&sentences).filter(|it| !norms.contains(it)).collect();
        shingles.sort_unstable();
        shingles.dedup();
        let asked = format!("{norm} {} {}", body.kind(), asked(body));
        let scope = ids::sha256(asked.as_bytes());
        let scope = u64::from_le_bytes(scope.first_chunk().copied().unwrap_or_default());
        Self { scope, digest: digest(scope, body, &said), sentences, shingles }
    }
}

/// The shingles of texts that people quote: those of no letter.
pub fn quotable<'t>(texts: impl IntoIterator<Item = &'t str>) -> HashSet<u64> {
    texts.into_iter().flat_map(|text| shingles(&sentences(text)).collect::<Vec<_>>()).collect()
}

/// What its author says in sentences.
pub fn said(body: &Body) -> Vec<&str> {
    let all: Vec<&str> = match body {
        Body::Wording(it) => vec![&it.rationale],
        Body::Lever(it) => vec![&it.action, &it.by_when, &it.example, &it.obstacles, &it.cost],
        Body::General(it) => vec![&it.rationale],
    };
    all.into_iter().filter(|text| !text.is_empty()).collect()
}

/// What its author asks for elsewhere: the words to change and the change, or who should act by what.
fn asked(body: &Body) -> String {
    match body {
        Body::Wording(it) => format!("{} {}", place(it), fold::folded(&it.proposed_wording).join(" ")),
        Body::Lever(it) => format!("{} {}", it.actor, it.instrument),
        Body::General(_) => String::new(),
    }
}

fn place(it: &Wording) -> String {
    format!(
        "{} {} {} {}",
        it.anchor.first_word,
        it.anchor.last_word,
        it.change,
        fold::folded(&it.anchor.quote).join(" ")
    )
}

fn digest(scope: u64, body: &Body, said: &[&str]) -> Vec<u8> {
    let mut text = format!("{scope}\n");
    // Other than `fold`, it keeps every letter of a word: a singular is not its plural.
    for part in said.iter().copied().chain(exact(body)) {
        let mut has_words = false;
        let normal = if part.is_ascii() { Cow::Borrowed(part) } else { Cow::Owned(part.nfkc().collect()) };
        for c in normal.chars().flat_map(char::to_lowercase) {
            if c.is_alphanumeric() {
                text.push(c);
                has_words |= c.is_alphabetic();
            } else if c.is_whitespace() && !text.ends_with([' ', '\n']) {
                text.push(' ');
            }
        }
        // A text of signs and digits only is like itself: +1 is not -1.
        if !has_words {
            text.push_str(part.trim());
        }
        text.truncate(text.trim_end_matches(' ').len());
        text.push('\n');
    }
    ids::sha256(text.as_bytes()).get(..16).unwrap_or_default().to_vec()
}

/// What two comments have to share to the letter, if they are to say the same.
fn exact(body: &Body) -> Vec<&str> {
    match body {
        Body::Wording(it) => vec![&it.proposed_wording, &it.evidence],
        Body::Lever(_) => Vec::new(),
        Body::General(it) => vec![&it.evidence],
    }
}

fn sentences(text: &str) -> Vec<Sentence> {
    segments(text).into_iter().map(|(_, sentence)| sentence).collect()
}

/// `text` cut behind its sentences: what stands between full stops of any script and ends of lines. All pieces together
/// are the text; a text without a word has none.
pub fn segments(text: &str) -> Vec<(&str, Sentence)> {
    let mut found = Vec::new();
    let mut words = Vec::new();
    let (mut begin, mut last) = (0, 0);
    for Token { start, end, folded } in fold::tokens(text) {
        let gap = text.get(last..start).unwrap_or_default();
        if !words.is_empty() && gap.contains(ends_sentence) {
            // Opening quotation marks belong to what follows.
            let cut = last + gap.rfind(char::is_whitespace).map_or(gap.len(), |at| at + 1);
            let cut = if text.is_char_boundary(cut) { cut } else { start };
            found.push((text.get(begin..cut).unwrap_or_default(), Sentence { words: std::mem::take(&mut words) }));
            begin = cut;
        }
        words.push(folded);
        last = end;
    }
    if !words.is_empty() {
        found.push((text.get(begin..).unwrap_or_default(), Sentence { words }));
    }
    found
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | ';' | '\n' | '\r' | '\u{2029}' | '。' | '！' | '？' | '；' | '؟' | '؛' | '।' | '…')
}

/// Every run of three words within a sentence, as a number.
fn shingles(sentences: &[Sentence]) -> impl Iterator<Item = u64> + '_ {
    sentences.iter().flat_map(|sentence| {
        let words: Vec<(u64, u32)> = sentence.words.iter().map(|word| (hash(word), weight(word))).collect();
        (0..words.len()).filter_map(move |start| {
            let (mut all, mut weighs) = (0_u64, 0);
            for (word, weight) in words.get(start..)? {
                all = mix(all.rotate_left(5) ^ word);
                weighs += weight;
                if weighs >= SHINGLE {
                    return Some(all);
                }
            }
            None
        })
    })
}

fn weight(word: &str) -> u32 {
    let mut letters = word.chars();
    let is_character = letters.next().is_some_and(|c| c >= '\u{2e80}') && letters.next().is_none();
    if is_character { 1 } else { 2 }
}

/// FNV-1a: the same on every machine, for what is stored.
fn hash(word: &str) -> u64 {
    let each = |all: u64, byte: &u8| (all ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    mix(word.as_bytes().iter().fold(0xcbf2_9ce4_8422_2325, each))
}

/// Spreads the bits of a number (the finaliser of `SplitMix64`).
pub(super) fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}
