//! What a card shows of a campaign: the words that its letters share, what one of them adds, who sent them and when. Pure.

use std::collections::{BTreeMap, HashSet};

use super::letter::{Letter, Sentence, segments};
use crate::clock::Moment;
use crate::comments::model::State;
use crate::comments::redline::{Piece, Redline};
use crate::moderation::gist::{compared, opening};

/// Above this many bytes a letter is not compared word by word.
const LONGEST_COMPARED: usize = 30_000;
/// How much of what a letter adds is shown in a list, in graphemes.
const LONGEST_OWN: usize = 400;

/// What most of `letters` say of what `template` says, sentence by sentence and in its order.
pub fn common(template: &str, letters: &[Letter]) -> String {
    let known: Vec<HashSet<&Sentence>> = letters.iter().map(|letter| letter.sentences.iter().collect()).collect();
    let shared =
        |sentence: &Sentence| known.iter().filter(|letter| letter.contains(sentence)).count() * 2 > known.len();
    let kept: String = segments(template).into_iter().filter(|(_, it)| shared(it)).map(|(text, _)| text).collect();
    if kept.trim().is_empty() { template.to_owned() } else { kept.trim().to_owned() }
}

/// A letter against what all share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// The change from the one to the other.
    pub redline: Redline,
    /// What it adds, shortened; empty if nothing.
    pub adds: String,
    /// How many words of what all share it leaves out.
    pub leaves_out: usize,
}

/// What `letter` has of its own beside `template`.
pub fn own(template: &str, letter: &str) -> Own {
    let redline = compared(template, letter, LONGEST_COMPARED);
    let words = |text: &str| text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
    let (mut added, mut leaves_out) = (Vec::new(), 0);
    for piece in &redline.pieces {
        match piece {
            Piece::Inserted(text) if words(text) > 0 => added.push(text.trim()),
            Piece::Deleted(text) => leaves_out += words(text),
            Piece::Inserted(_) | Piece::Same(_) => {}
        }
    }
    let adds = opening(&added.join(" \u{2026} "), LONGEST_OWN);
    Own { redline, adds, leaves_out }
}

/// One comment of a campaign, as far as the card counts it.
#[derive(Debug, Clone)]
pub struct Counted {
    /// Where it stands.
    pub state: State,
    /// A code of the vocabulary.
    pub group: String,
    /// ISO 3166-1 alpha-2, if its author said so.
    pub country: Option<String>,
    /// If its author named one.
    pub organisation: Option<String>,
    /// When it was sent.
    pub sent_at: Moment,
}

/// Who sent a campaign's comments, and when: each value with its number, the most first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Makeup {
    /// By state.
    pub states: Vec<(State, i64)>,
    /// By stakeholder group.
    pub groups: Vec<(String, i64)>,
    /// By country; those without one are left out.
    pub countries: Vec<(String, i64)>,
    /// By organisation; those without one are left out.
    pub organisations: Vec<(String, i64)>,
    /// By day, `2019-01-17`, in order.
    pub days: Vec<(String, i64)>,
}

/// Counts `comments`.
pub fn makeup(comments: &[Counted]) -> Makeup {
    let count = |of: &dyn Fn(&Counted) -> Option<String>| {
        let mut counts: BTreeMap<String, i64> = BTreeMap::new();
        for value in comments.iter().filter_map(of) {
            *counts.entry(value).or_default() += 1;
        }
        counts.into_iter().collect::<Vec<_>>()
    };
    let ranked = |of: &dyn Fn(&Counted) -> Option<String>| {
        let mut counts = count(of);
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts
    };
    let in_state = |state: &State| {
        let count = comments.iter().filter(|it| it.state == *state).count();
        (*state, i64::try_from(count).unwrap_or(i64::MAX))
    };
    Makeup {
        states: State::ALL.iter().map(in_state).filter(|(_, count)| *count > 0).collect(),
        groups: ranked(&|it| Some(it.group.clone())),
        countries: ranked(&|it| it.country.clone()),
        organisations: ranked(&|it| it.organisation.clone()),
        days: count(&|it| Some(it.sent_at.date().to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comments::body::{Body, General};
    use crate::ids::NormId;

    fn letter(text: &str) -> Letter {
        let body = Body::General(General { rationale: text.to_owned(), evidence: String::new() });
        Letter::from_body(NormId::new(), &body, &HashSet::new())
    }

    #[test]
    fn what_most_say_is_common_and_a_name_is_not() {
        let all = [
            "Dear all,\nKeep the text. It helps us.\nAda",
            "Dear all,\nKeep the text! It helps.\nBob",
            "Keep the text.",
        ];
        let letters: Vec<Letter> = all.iter().map(|text| letter(text)).collect();
        assert_eq!(common(all[0], &letters), "Dear all,\nKeep the text.");
        assert_eq!(common("Nothing shared.", &letters), "Nothing shared.");
    }

    #[test]
    fn what_a_letter_adds_is_shown_and_what_it_leaves_out_is_counted() {
        let it = own("Keep the text. It helps us.", "Keep the text. I am a nurse.");
        assert_eq!((it.adds.as_str(), it.leaves_out), ("I am a nurse", 3));
        let same = own("Keep the text.", "Keep the text.");
        assert_eq!((same.adds.as_str(), same.leaves_out), ("", 0));
        assert_eq!(it.redline.clean(), "Keep the text. I am a nurse.");
    }

    #[test]
    fn values_are_counted_once_for_each_comment() {
        let one = |state, country: &str| Counted {
            state,
            group: "academia".into(),
            country: Some(country.to_owned()).filter(|it| !it.is_empty()),
            organisation: None,
            sent_at: crate::clock::from_micros(0),
        };
        let found = makeup(&[one(State::Pending, "NL"), one(State::Pending, ""), one(State::Declined, "NL")]);
        assert_eq!(found.states, [(State::Pending, 2), (State::Declined, 1)]);
        assert_eq!((found.countries, found.organisations), (vec![("NL".to_owned(), 2)], Vec::new()));
        assert_eq!((found.groups, found.days), (vec![("academia".to_owned(), 3)], vec![("1970-01-01".to_owned(), 3)]));
    }
}
