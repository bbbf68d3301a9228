//! What the record keeps of a comment: the same of what people hold for the same.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use super::*;
use crate::clock::from_micros;
use crate::comments::anchor::Anchor;
use crate::comments::body::{Acceptable, General, Lever};
use crate::comments::model::{Author, Publication, State};
use crate::ids::{AccountId, CommentId, NormId, TextVersionId};
use crate::norms::words::Clause;

fn version() -> TextVersion {
    TextVersion {
        id: TextVersionId::parse("018f0000-0000-7000-8000-000000000000").unwrap(),
        norm_id: NormId::new(),
        label: "1".into(),
        dated: "2019".into(),
        source: String::new(),
        body: "States should not do harm.".into(),
        clauses: vec![Clause { letter: "a".into(), first_word: 1, last_word: 5 }],
    }
}

fn comment(body: Body) -> Comment {
    Comment {
        id: CommentId::new(),
        reference: "GCSC-N3-7K4Q-MW2R-9".into(),
        norm_id: NormId::new(),
        text_version_id: version().id,
        author: Author {
            account: AccountId::new(),
            name: "Ada Synthetic".into(),
            organisation: Some("Example Registry".into()),
            stakeholder_group: "technical-community".into(),
            country: Some("NL".into()),
            on_behalf_of: OnBehalfOf::Organisation,
        },
        kind: body.kind(),
        state: State::Published,
        revision: 1,
        version: 2,
        publication: Publication::Named,
        class: None,
        channel: None,
        submitted_at: from_micros(0),
        changed_at: from_micros(0),
        published_at: Some(from_micros(0)),
        digest: body.digest(),
        redactions: 0,
        body,
    }
}

fn entry(body: Body) -> Entry {
    Entry::of(&comment(body), "x", &version(), None)
}

fn wording(change: Change, proposed: &str, why: &str) -> Body {
    Body::Wording(Wording {
        anchor: Anchor::from_words(&version().body, 2, 3).unwrap(),
        change,
        proposed_wording: proposed.into(),
        concern: "strength".into(),
        rationale: why.into(),
        evidence: String::new(),
        acceptable: Acceptable::Unsure,
    })
}

fn replace(proposed: &str) -> Vec<u8> {
    entry(wording(Change::Replace, proposed, "")).digest
}

fn lever(action: &str) -> Vec<u8> {
    let none = String::new;
    let lever = Lever {
        actor: "regulator".into(),
        instrument: "procurement".into(),
        action: action.into(),
        by_when: none(),
        example: none(),
        obstacles: none(),
        cost: none(),
    };
    entry(Body::Lever(lever)).digest
}

fn general(text: &str) -> Vec<u8> {
    entry(Body::General(General { rationale: text.into(), evidence: String::new() })).digest
}

#[test]
fn a_wording_is_the_same_however_it_was_typed_and_whatever_the_reason() {
    for (one, other) in [
        ("must not", " must\n  not "),
        ("non-state\u{2019}s \u{201C}caf\u{e9}\u{201D}", "non\u{2010}state's \"cafe\u{301}\""),
        ("must not", "must\u{200E} not"),
    ] {
        assert_eq!(replace(one), replace(other), "{one} {other}");
    }
    for (one, other) in [("must not", "Must not"), ("must not", "must not,"), ("must", "should"), ("must not", "must")]
    {
        assert_ne!(replace(one), replace(other), "{one} {other}");
    }
    let reasons = ["Clearer.", "Stronger."].map(|why| entry(wording(Change::Delete, "", why)).digest);
    assert_eq!(reasons[0], reasons[1]);
    let concerns = ["Too weak.", "TOO weak", "Too strong."].map(|why| entry(wording(Change::Keep, "", why)).digest);
    assert_eq!(concerns[0], concerns[1]);
    assert_ne!(concerns[0], concerns[2]);
}

#[test]
fn deletions_stand_before_replacements_insertions_and_concerns() {
    let sorts = [
        (Change::Delete, ""),
        (Change::Replace, "must not"),
        (Change::Replace, "should knowingly not"),
        (Change::Keep, ""),
    ];
    let sorts = sorts.map(|(change, proposed)| entry(wording(change, proposed, "x")).sort);
    assert_eq!(sorts.map(|sort| sort - sorts[0]), [0, 1, 2, 3]);
}

#[test]
fn an_organisation_has_one_voice_and_people_have_their_own() {
    let body = || Body::General(General { rationale: "x".into(), evidence: String::new() });
    let voice = |organisation: &str, on_behalf_of| {
        let mut it = comment(body());
        it.author.organisation = Some(organisation.into());
        it.author.on_behalf_of = on_behalf_of;
        Entry::of(&it, "x", &version(), None).voice
    };
    let office = voice("Joint Office", OnBehalfOf::Organisation);
    assert_eq!(office, voice("joint  OFFICE", OnBehalfOf::Organisation));
    assert_ne!(office, voice("Another Office", OnBehalfOf::Organisation));
    assert_ne!(voice("Joint Office", OnBehalfOf::Myself), voice("Joint Office", OnBehalfOf::Myself));
}

/// A letter of a campaign as people send it: other case, spaces, punctuation at the ends of words.
fn as_sent(words: &[String], marks: &[u8]) -> String {
    let mark = |at: usize| marks.get(at % marks.len().max(1)).copied().unwrap_or_default();
    let sent = words.iter().enumerate().map(|(at, word)| match mark(at) % 4 {
        0 => format!("{word} "),
        1 => format!("{}, ", word.to_uppercase()),
        2 => format!("\n {word}.\t"),
        _ => format!("({word}) "),
    });
    sent.collect()
}

proptest! {
    #[test]
    fn letters_that_differ_in_case_spaces_and_punctuation_are_one(
        words in prop::collection::vec("[a-z]{1,9}|[а-я]{2,9}|é[a-z]{1,4}", 1..20),
        marks in prop::collection::vec(0u8..4, 1..20),
    ) {
        let (plain, sent) = (words.join(" "), as_sent(&words, &marks));
        prop_assert_eq!(general(&plain), general(&sent));
        prop_assert_eq!(lever(&plain), lever(&sent));
        prop_assert_ne!(general(&plain), lever(&plain));
    }

    #[test]
    fn white_space_and_normalisation_make_no_other_wording(
        words in prop::collection::vec("[a-zA-Zéöñ,;]{1,9}", 1..20),
    ) {
        let typed: String = words.join(" \n\t").nfd().collect();
        prop_assert_eq!(replace(&words.join(" ")), replace(&typed));
    }
}
