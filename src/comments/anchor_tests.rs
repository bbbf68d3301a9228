//! Tests of anchors.

use super::*;
use proptest::prelude::*;

const TEXT: &str = "State and non-state actors should not tamper with “products” and services — \
                    nor should they allow State’s products to be tampered with.";

/// The quotes found for `pasted`, as they stand in `TEXT`.
fn found(pasted: &str) -> Vec<&'static str> {
    let words = words(TEXT);
    find_quote(TEXT, pasted, None).into_iter().map(|(first, last)| span(TEXT, &words, first, last).unwrap()).collect()
}

#[test]
fn an_anchor_keeps_quote_and_32_code_points_of_context() {
    let anchor = Anchor::from_words(TEXT, 5, 6).unwrap();
    assert_eq!(anchor.quote, "should not");
    assert_eq!(anchor.prefix, "State and non-state actors ");
    assert_eq!(anchor.suffix, " tamper with “products” and serv");
    assert_eq!(anchor.suffix.chars().count(), 32);
    let last = Anchor::from_words(TEXT, 21, 21).unwrap();
    assert_eq!((&*last.quote, &*last.suffix), ("with", "."));
    assert_eq!(last.prefix, "ow State’s products to be tampered "[3..]);
}

#[test]
fn positions_outside_or_reversed_are_refused() {
    let out_of_range = Err(AnchorError::OutOfRange);
    assert_eq!(Anchor::from_words(TEXT, 0, 1), out_of_range);
    assert_eq!(Anchor::from_words(TEXT, 1, 22), out_of_range);
    assert_eq!(Anchor::from_words(TEXT, 22, 1), out_of_range);
    assert_eq!(Anchor::from_words(TEXT, 3, 2), Err(AnchorError::Reversed));
    assert_eq!(Anchor::from_words("", 1, 1), out_of_range);
    assert!(Anchor::from_words(TEXT, 2, 2).is_ok());
}

#[test]
fn fits_looks_at_the_place() {
    let anchor = Anchor::from_words(TEXT, 5, 5).unwrap();
    assert!(anchor.fits(TEXT));
    assert!(anchor.fits(&TEXT.replace("not", "never")));
    assert!(!anchor.fits(&TEXT.replace("should not", "must not")));
    assert!(!anchor.fits(&format!("All {TEXT}")));
    assert!(!anchor.fits(""));
}

#[test]
fn a_clause_is_anchored_whole() {
    let clause = Clause { letter: "a".to_owned(), first_word: 1, last_word: 4 };
    let anchor = Anchor::from_clause(TEXT, &clause).unwrap();
    assert_eq!(anchor.quote, "State and non-state actors");
}

#[test]
fn a_repeated_quote_has_every_place() {
    assert_eq!(find_quote(TEXT, "should", None), [(5, 5), (13, 13)]);
    assert_eq!(find_quote(TEXT, "should", Some((6, 21))), [(13, 13)]);
    assert_eq!(find_quote(TEXT, "should not", Some((1, 5))), []);
    assert_eq!(find_quote("a a a", "a a", None), [(1, 2), (2, 3)]);
    assert_eq!(find_quote("不不不", "不不", None), [(1, 2), (2, 3)]);
}

#[test]
fn how_it_was_pasted_does_not_matter() {
    let whole = ["State and non-state actors"];
    for pasted in [
        "  State and\r\n\tnon-state\u{a0}actors ",
        "“State and non-state actors”,",
        "\"State and non‑state actors …\"",
        "(State and non–state actors)",
        "State and non-\nstate actors",
        "State and non\u{ad}-state ac\u{ad}tors",
        "State and non-state ac-\n  tors",
        "State and non-state ac\u{ad}\ntors",
        "State, and non-state, actors",
    ] {
        assert_eq!(found(pasted), whole, "{pasted:?}");
    }
    assert_eq!(found("with \"products\" and services - nor"), ["with “products” and services — nor"]);
    assert_eq!(find_quote("State’s non-state", "State´s non-\nstate", None), [(1, 2)]);
    assert_eq!(found("services—nor"), ["services — nor"]);
    for pasted in ["State's products", "State´s products", "State‘s ‘products’", "Stateʼs products"] {
        assert_eq!(found(pasted), ["State’s products"], "{pasted:?}");
    }
}

#[test]
fn normalisation_form_and_ligatures_do_not_matter() {
    let text = "cafe\u{301} office";
    assert_eq!(find_quote(text, "caf\u{e9}", None), [(1, 1)]);
    assert_eq!(find_quote(text, "o\u{fb03}ce", None), [(2, 2)]);
}

#[test]
fn marks_in_the_text_itself_do_not_matter() {
    let text = "The “co\u{ad}re—and more” of non\u{2011}state";
    assert_eq!(find_quote(text, "core—and", None), [(2, 3)]);
    assert_eq!(find_quote(text, "core - and", None), [(2, 3)]);
    assert_eq!(find_quote(text, "core and", None), [(2, 3)]);
    assert_eq!(find_quote(text, "non-state", None), [(6, 6)]);
}

#[test]
fn capitals_count_unless_nothing_else_is_found() {
    let text = "state State STATE";
    assert_eq!(find_quote(text, "State", None), [(2, 2)]);
    assert_eq!(find_quote(text, "sTATE", None), [(1, 1), (2, 2), (3, 3)]);
}

#[test]
fn other_words_never_match() {
    for pasted in [
        "must not",
        "should",
        "State and actors",
        "non state actors",
        "nonstate actors",
        "state actors",
        "State and non",
        "should n",
        "hould not",
        "product",
        "should not not",
        "actorsshould",
        "",
        " … — “” ",
    ] {
        let expected: &[&str] = if pasted == "should" { &["should", "should"] } else { &[] };
        assert_eq!(found(pasted), expected, "{pasted:?}");
    }
    assert_eq!(find_quote("non state actors", "non-state actors", None), []);
    assert_eq!(find_quote("", "a", None), []);
}

fn any_text() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        6 => Just(" "),
        4 => prop_oneof![Just("should"), Just("Should"), Just("not"), Just("é"), Just("国")],
        3 => prop_oneof![Just("-"), Just("—"), Just("’"), Just("'"), Just("“"), Just(","), Just("\u{ad}"), Just("\n")],
    ];
    prop::collection::vec(token, 1..40).prop_map(|tokens| tokens.concat())
}

proptest! {
    #[test]
    fn every_quote_is_found_at_its_own_place(text in prop_oneof![any_text(), "\\PC{0,40}"], a in 0usize..40, b in 0usize..40) {
        let count = words(&text).len();
        if count == 0 {
            return Ok(());
        }
        let (a, b) = (a % count, b % count);
        let (first, last) = (a.min(b) + 1, a.max(b) + 1);
        let anchor = Anchor::from_words(&text, first, last).unwrap();
        prop_assert!(anchor.fits(&text));
        let context = format!("{}{}{}", anchor.prefix, anchor.quote, anchor.suffix);
        prop_assert!(text.contains(&context));
        let places = find_quote(&text, &anchor.quote, None);
        prop_assert!(places.contains(&(first, last)), "{:?} in {:?}", places, text);
    }

    #[test]
    fn what_is_found_has_the_letters_of_what_was_sought(text in any_text(), pasted in any_text()) {
        let letters = |text: &str| text.nfc().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
        let words = words(&text);
        for (first, last) in find_quote(&text, &pasted, None) {
            let quote = span(&text, &words, first, last).unwrap();
            prop_assert_eq!(letters(quote), letters(&pasted));
        }
    }
}
