//! What is alike and what is not, on synthetic letters.

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use crate::comments::anchor::Anchor;
use crate::comments::body::{Acceptable, Body, Change, General, Lever, Wording};
use crate::ids::NormId;
use crate::moderation::campaigns::letter::quotable;
use crate::moderation::campaigns::minhash::bands;

const NORM: &str = "State and non-state actors should neither conduct nor knowingly allow activity that intentionally and \
    substantially damages the general availability or integrity of the public core of the Internet.";

const LETTER: &str = "I am writing to you because our clinic depends on the network every single day. We ask the Commission to \
    support wording that binds every state. Please keep the sentence about intentional damage and add a yearly report. \
    Otherwise nobody will be able to compare words and deeds before the next review takes place.";

fn on(norm: NormId, text: &str) -> Letter {
    let body = Body::General(General { rationale: text.to_owned(), evidence: String::new() });
    Letter::from_body(norm, &body, &quotable([NORM]))
}

fn are_alike(one: &str, other: &str) -> bool {
    let norm = NormId::new();
    likeness(&on(norm, one), &on(norm, other)).is_some()
}

#[test]
fn a_letter_with_words_of_ones_own_is_alike() {
    assert!(are_alike(
        LETTER,
        &format!("Dear all!\n\n{LETTER}\n\nI have been a nurse for eleven years.\nSynthetic Sender")
    ));
    let shorter: String = LETTER.split_inclusive(". ").take(3).collect();
    assert!(are_alike(LETTER, &shorter));
    assert!(are_alike(LETTER, &LETTER.replace("network every", "netwrok every").to_uppercase()));
}

#[test]
fn the_contrary_is_not_alike() {
    assert!(!are_alike(LETTER, &LETTER.replace("support wording", "oppose wording")));
    assert!(!are_alike(LETTER, &LETTER.replace("to support", "not to support")));
    assert!(!are_alike(LETTER, &LETTER.replace("Please keep", "Please delete")));
    // Mistyped is not the contrary.
    assert!(are_alike(LETTER, &LETTER.replace("support wording", "suport wording")));
    assert!(are_alike(LETTER, &LETTER.replace("Please keep", "Please kep")));
}

#[test]
fn who_quotes_the_same_norm_is_not_alike_for_that() {
    let one = format!("{NORM} Who decides what is substantial? Our harbour saw three cuts and no answer to that.");
    let other =
        format!("“{NORM}” I would strike two words, because a translator has no chance with them in my language.");
    assert!(!are_alike(&one, &other));
    assert_eq!(on(NormId::new(), NORM).shingles, Vec::<u64>::new());
}

#[test]
fn what_is_short_is_alike_only_if_it_is_the_same() {
    assert!(are_alike("I support this norm.", "i support this norm"));
    assert!(!are_alike("I support this norm.", "I support this norm, all of it."));
    assert!(!are_alike("States", "State"));
    assert!(!are_alike("+1", "-1 "));
    assert!(are_alike("?!", "?!"));
    assert!(!are_alike("?!", "!"));
}

#[test]
fn letters_on_two_texts_are_two_campaigns() {
    assert!(likeness(&on(NormId::new(), LETTER), &on(NormId::new(), LETTER)).is_none());
}

#[test]
fn reasons_alike_for_other_words_are_not_alike_and_other_reasons_for_the_same_words_neither() {
    let norm = NormId::new();
    let wording = |quote: &str, proposed: &str, rationale: &str| {
        let anchor =
            Anchor { first_word: 4, last_word: 4, quote: quote.into(), prefix: String::new(), suffix: String::new() };
        let body = Body::Wording(Wording {
            anchor,
            change: Change::Replace,
            proposed_wording: proposed.into(),
            concern: String::new(),
            rationale: rationale.into(),
            evidence: String::new(),
            acceptable: Acceptable::Unsure,
        });
        Letter::from_body(norm, &body, &HashSet::new())
    };
    let first = wording("should", "must", LETTER);
    assert!(likeness(&first, &wording("should", "MUST", &format!("{LETTER} Thanks."))).is_some());
    assert!(likeness(&first, &wording("should", "may", LETTER)).is_none());
    assert!(likeness(&first, &wording("should", "must", "Because courts need it.")).is_none());
}

#[test]
fn levers_of_other_actors_are_not_alike() {
    let norm = NormId::new();
    let lever = |actor: &str| {
        let none = String::new;
        let body = Body::Lever(Lever {
            actor: actor.into(),
            instrument: "law".into(),
            action: LETTER.into(),
            by_when: none(),
            example: none(),
            obstacles: none(),
            cost: none(),
        });
        Letter::from_body(norm, &body, &HashSet::new())
    };
    assert!(likeness(&lever("regulator"), &lever("regulator")).is_some());
    assert!(likeness(&lever("regulator"), &lever("vendor")).is_none());
}

proptest! {
    #[test]
    fn likeness_is_mutual_and_everything_is_like_itself(one in "([a-zA-Zа-я一-十]{1,6}[ .\n]){0,60}", other in "([a-z]{1,6}[ .]){0,60}") {
        let norm = NormId::new();
        let (one, other) = (on(norm, &one), on(norm, &other));
        prop_assert_eq!(likeness(&one, &one), Some(1.0));
        prop_assert_eq!(likeness(&one, &other), likeness(&other, &one));
    }

    #[test]
    fn order_case_and_spaces_change_nothing_that_is_compared(sentences in proptest::collection::vec("[a-z]{3,8}( [a-z]{3,8}){4,12}", 5..12), at in 0_usize..5) {
        let norm = NormId::new();
        let plain = on(norm, &sentences.join(". "));
        let mut turned = sentences.clone();
        turned.rotate_left(at);
        let other = on(norm, &turned.join(".\n\n").to_uppercase());
        prop_assert_eq!(&plain.shingles, &other.shingles);
        prop_assert_eq!(bands(&plain), bands(&other));
        prop_assert!(likeness(&plain, &other).is_some());
    }

    #[test]
    fn what_is_counted_as_shared_is_in_both(mut a in proptest::collection::vec(0_u64..40, 0..40), mut b in proptest::collection::vec(0_u64..40, 0..40)) {
        a.sort_unstable();
        a.dedup();
        b.sort_unstable();
        b.dedup();
        prop_assert_eq!(shared(&a, &b), a.iter().filter(|it| b.contains(it)).count());
    }

    #[test]
    fn letters_that_share_half_have_a_band_in_common(words in proptest::collection::vec("[a-z]{4,9}", 120), own in proptest::collection::vec("[a-z]{4,9}", 50)) {
        let norm = NormId::new();
        let (one, other) = (on(norm, &words.join(" ")), on(norm, &[words.clone(), own].concat().join(" ")));
        let known = bands(&one);
        prop_assert!(bands(&other).iter().any(|key| known.contains(key)));
    }
}
