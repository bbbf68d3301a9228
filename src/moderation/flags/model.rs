//! The flags, and the rules for those that a comment's own words raise. Pure; each rule reads a text once.

use unicode_security::MixedScript as _;
use unicode_segmentation::UnicodeSegmentation as _;

use super::personal;
use crate::comments::body::Body;
use crate::comments::model::Comment;
use crate::comments::record::language;
use crate::db;
use crate::moderation::model::unseen;
use crate::norms::words::graphemes;

db::words! {
    /// What there is to look at.
    Flag {
        /// Addresses of web pages, apart from the one given as evidence.
        Links = "links",
        /// What looks like a person's address or number.
        Personal = "personal-data",
        /// A word in letters of more than one script.
        MixedScripts = "mixed-scripts",
        /// Characters that can't be seen, or that turn the direction of what can.
        Unseen = "unseen",
        /// More text than most.
        VeryLong = "very-long",
        /// Another language than its author gets letters in.
        Language = "language",
        /// One of very many on its text within minutes.
        Burst = "burst",
        /// Many accounts send from one network address.
        SharedAddress = "shared-address",
    }
}

/// A flag with what raised it: a number, characters, or codes, joined by commas; shown with the flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raised {
    /// Which.
    pub flag: Flag,
    /// By what; may be empty.
    pub detail: String,
}

/// From how many characters on a comment is very long: about five pages.
pub const VERY_LONG: usize = 10_000;

/// How many characters a text has at least whose language is judged.
pub const LANGUAGE_FROM: usize = 120;

/// How many things of one sort are named.
const MOST_NAMED: usize = 10;

/// How many comments on one text in the same ten minutes are a burst at least.
pub const BURST_FROM: i64 = 20;

/// How many times the average ten minutes of the day before they are at least.
pub const BURST_TIMES: i64 = 10;

/// How many spans of ten minutes a day has.
const SPANS_A_DAY: i64 = 144;

/// How many accounts on one network address are many.
pub const SHARED_FROM: i64 = 5;

/// What the author wrote, apart from the words of the norm and the link that a field asks for.
pub fn written(body: &Body) -> Vec<&str> {
    match body {
        Body::Wording(it) => vec![&it.proposed_wording, &it.rationale],
        Body::Lever(it) => vec![&it.action, &it.by_when, &it.example, &it.obstacles, &it.cost],
        Body::General(it) => vec![&it.rationale],
    }
}

/// The flags that the comment's own words raise. `language` is the one its author gets letters in.
pub fn of_words(comment: &Comment, language: &str) -> Vec<Raised> {
    let texts = written(&comment.body);
    let organisation = comment.author.organisation.as_deref();
    let names: Vec<&str> = std::iter::once(comment.author.name.as_str()).chain(organisation).collect();
    let all: Vec<&str> = texts.iter().chain(&names).copied().collect();
    let found = [
        links(&texts).map(|count| (Flag::Links, count.to_string())),
        joined(personal::sorts(&texts)).map(|sorts| (Flag::Personal, sorts)),
        joined(mixed(&all)).map(|words| (Flag::MixedScripts, words)),
        joined(unseen(all.iter().copied()).into_iter().take(MOST_NAMED)).map(|seen| (Flag::Unseen, seen)),
        very_long(&texts).map(|length| (Flag::VeryLong, length.to_string())),
        other_language(&texts, language).map(|code| (Flag::Language, code.to_owned())),
    ];
    found.into_iter().flatten().map(|(flag, detail)| Raised { flag, detail }).collect()
}

/// The words, joined by commas; `None` if there are none.
fn joined<T: AsRef<str>>(words: impl IntoIterator<Item = T>) -> Option<String> {
    let joined = words.into_iter().map(|word| word.as_ref().to_owned()).collect::<Vec<_>>().join(", ");
    (!joined.is_empty()).then_some(joined)
}

/// How many addresses of web pages there are; `None` if none.
fn links(texts: &[&str]) -> Option<usize> {
    let is_link = |word: &&str| {
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let begins = |with: &str| word.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
        begins("http://") || begins("https://") || begins("www.")
    };
    let count = texts.iter().flat_map(|text| text.split_whitespace()).filter(is_link).count();
    (count > 0).then_some(count)
}

/// Words whose letters belong to more than one script, as when a Cyrillic letter stands for a Latin one that it looks
/// like. Scripts that are written together, as those of Japanese are, count as one.
fn mixed(texts: &[&str]) -> Vec<String> {
    let words = texts.iter().filter(|text| !text.is_ascii()).flat_map(|text| text.unicode_words());
    let mixed = words.filter(|word| !word.is_ascii() && !word.is_single_script());
    mixed.take(MOST_NAMED).map(|word| word.chars().take(40).collect()).collect()
}

fn very_long(texts: &[&str]) -> Option<usize> {
    // No sign is shorter than a byte: most texts need no counting.
    if texts.iter().map(|text| text.len()).sum::<usize>() < VERY_LONG {
        return None;
    }
    let length: usize = texts.iter().map(|text| graphemes(text)).sum();
    (length >= VERY_LONG).then_some(length)
}

/// The language of the longest text if it is long enough to be judged, can be told, and is not `expected`.
fn other_language(texts: &[&str], expected: &str) -> Option<&'static str> {
    let longest = texts.iter().max_by_key(|text| text.len())?;
    longest.chars().nth(LANGUAGE_FROM - 1)?;
    let found = language::of(longest);
    (!found.is_empty() && found != expected).then_some(found)
}

/// Whether `now` comments within ten minutes are a burst after `before` on the same text in the day before.
pub fn is_burst(now: i64, before: i64) -> bool {
    now >= BURST_FROM && now.saturating_mul(SPANS_A_DAY) >= before.saturating_mul(BURST_TIMES)
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
