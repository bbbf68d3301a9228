//! Tests of redlines.

use super::*;
use proptest::prelude::*;

fn same(text: &str) -> Piece {
    Piece::Same(text.to_owned())
}

fn deleted(text: &str) -> Piece {
    Piece::Deleted(text.to_owned())
}

fn inserted(text: &str) -> Piece {
    Piece::Inserted(text.to_owned())
}

fn replace(from: &str, to: &str) -> Change {
    Change::Replace { from: from.to_owned(), to: to.to_owned() }
}

#[test]
fn one_word_is_replaced() {
    let redline = Redline::between("States should not", "States must not");
    assert_eq!(redline.pieces, [same("States "), deleted("should"), inserted("must"), same(" not")]);
    assert_eq!(redline.changes(), [replace("should", "must")]);
}

#[test]
fn changes_with_only_white_space_between_are_one() {
    let redline = Redline::between("States should not tamper", "States must never tamper");
    assert_eq!(redline.pieces, [same("States "), deleted("should not"), inserted("must never"), same(" tamper")]);
    assert_eq!(redline.changes(), [replace("should not", "must never")]);
}

#[test]
fn a_word_or_a_comma_between_keeps_changes_apart() {
    let redline = Redline::between("a state and b", "c state and d");
    assert_eq!(redline.changes(), [replace("a", "c"), replace("b", "d")]);
    let redline = Redline::between("one, two", "three, four");
    assert_eq!(redline.changes(), [replace("one", "three"), replace("two", "four")]);
}

#[test]
fn an_insertion_names_its_neighbours() {
    let redline = Redline::between("of the public core, of", "of the general public core, of");
    assert_eq!(
        redline.changes(),
        [Change::Insert {
            words: "general".to_owned(),
            after: Some("the".to_owned()),
            before: Some("public".to_owned()),
        }]
    );
    let redline = Redline::between("core", "core of the Internet");
    assert_eq!(
        redline.changes(),
        [Change::Insert { words: "of the Internet".to_owned(), after: Some("core".to_owned()), before: None }]
    );
}

#[test]
fn deleting_everything_is_one_deletion() {
    let redline = Redline::between("should not ", "");
    assert_eq!(redline.pieces, [deleted("should not ")]);
    assert_eq!(redline.changes(), [Change::Delete { words: "should not".to_owned() }]);
    assert_eq!(Redline::between("", "").pieces, []);
}

#[test]
fn a_hyphenated_word_changes_whole() {
    let redline = Redline::between("non-state actors", "state actors");
    assert_eq!(redline.changes(), [replace("non-state", "state")]);
}

#[test]
fn punctuation_is_a_change() {
    let redline = Redline::between("production, if", "production; if");
    assert_eq!(redline.changes(), [replace(",", ";")]);
    assert!(!redline.is_unchanged());
}

#[test]
fn space_that_comes_or_goes_between_two_is_said_by_those_two() {
    let redline = Redline::between("non-state .", "non-state.");
    assert_eq!(redline.pieces, [same("non-state"), deleted(" "), same(".")]);
    assert_eq!(redline.changes(), [replace("non-state .", "non-state.")]);
    assert_eq!(
        Redline::between("products,and services", "products, and services").changes(),
        [replace("products,and", "products, and")]
    );
    assert!(!redline.is_unchanged());
}

#[test]
fn chinese_changes_by_character() {
    let redline = Redline::between("国家不应", "国家不得");
    assert_eq!(redline.pieces, [same("国家不"), deleted("应"), inserted("得")]);
}

#[test]
fn white_space_and_encoding_alone_change_nothing() {
    let redline = Redline::between("the  caf\u{e9}\n was", " the cafe\u{301} was ");
    assert!(redline.is_unchanged());
    assert_eq!(redline.changes(), []);
    assert_eq!(redline.clean(), " the cafe\u{301} was ");
    assert!(same_text("a\u{a0}b", "a b\r\n"));
    assert!(!same_text("ab", "a b"));
    assert!(!same_text("should", "Should"));
}

#[test]
fn beyond_the_limit_only_the_ends_are_compared() {
    let old = format!("same {} end", "a b ".repeat(50_000));
    let new = format!("same {} end", "b c ".repeat(50_000));
    let redline = Redline::between(&old, &new);
    assert_eq!(redline.pieces.len(), 4);
    assert_eq!(redline.pieces.first(), Some(&same("same ")));
    assert_eq!(redline.pieces.last(), Some(&same("  end")));
    assert_eq!((redline.original(), redline.clean()), (old, new));
    let grown = "a ".repeat(50_000);
    let more = format!("{grown}{grown}");
    assert_eq!(Redline::between(&grown, &more).changes().len(), 1);
}

fn any_wording() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        8 => Just(" "),
        4 => prop_oneof![Just("should"), Just("must"), Just("not"), Just("non-state"), Just("the")],
        2 => prop_oneof![Just(","), Just("."), Just("\n"), Just("-"), Just("国"), Just("\u{301}")],
    ];
    prop::collection::vec(token, 0..30).prop_map(|tokens| tokens.concat())
}

fn kind(piece: &Piece) -> (u8, &str) {
    match piece {
        Piece::Same(text) => (0, text),
        Piece::Deleted(text) => (1, text),
        Piece::Inserted(text) => (2, text),
    }
}

fn holds_together(redline: &Redline, old: &str, new: &str) -> Result<(), TestCaseError> {
    prop_assert_eq!(redline.original(), old);
    prop_assert_eq!(redline.clean(), new);
    for piece in &redline.pieces {
        prop_assert!(!kind(piece).1.is_empty());
    }
    for pair in redline.pieces.windows(2) {
        let (first, second) = (kind(&pair[0]).0, kind(&pair[1]).0);
        prop_assert!(first != second && (first, second) != (2, 1));
    }
    for three in redline.pieces.windows(3) {
        let island = matches!(&three[1], Piece::Same(text) if text.trim().is_empty());
        prop_assert!(!island);
    }
    prop_assert_eq!(redline.changes().is_empty(), redline.is_unchanged());
    Ok(())
}

proptest! {
    #[test]
    fn both_wordings_come_back(old in any_wording(), new in any_wording()) {
        let redline = Redline::between(&old, &new);
        prop_assert_eq!(&redline, &Redline::between(&old, &new));
        holds_together(&redline, &old, &new)?;
    }

    #[test]
    fn both_wordings_come_back_from_any_text(old in "\\PC{0,40}", new in "\\PC{0,40}") {
        holds_together(&Redline::between(&old, &new), &old, &new)?;
    }

    #[test]
    fn the_cheap_way_holds_together_too(old in any_wording(), new in any_wording()) {
        let mut draft = Draft::default();
        draft.compare_ends(&tokens(&old), &tokens(&new));
        let redline = draft.finish();
        prop_assert_eq!(redline.original(), old);
        prop_assert_eq!(redline.clean(), new);
    }

    #[test]
    fn tokens_are_the_text(text in "\\PC{0,60}") {
        prop_assert_eq!(tokens(&text).concat(), text);
    }
}
