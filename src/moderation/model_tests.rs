//! What a moderator is shown beside a text, and what a verdict does.

use super::*;
use crate::comments::model::State;
use crate::ids::{NormId, TextVersionId};
use crate::norms::words::Clause;

fn text(body: &str, clauses: &[(&str, usize, usize)]) -> TextVersion {
    let clause = |(letter, first_word, last_word): &(&str, usize, usize)| Clause {
        letter: (*letter).to_owned(),
        first_word: *first_word,
        last_word: *last_word,
    };
    TextVersion {
        id: TextVersionId::new(),
        norm_id: NormId::new(),
        label: "1".into(),
        dated: "2018".into(),
        source: String::new(),
        body: body.into(),
        clauses: clauses.iter().map(clause).collect(),
    }
}

#[test]
fn every_outcome_decides_a_pending_comment_and_has_its_own_act() {
    let ends: Vec<_> = Outcome::ALL.iter().map(|outcome| State::Pending.apply(outcome.event())).collect();
    assert_eq!(ends, [Some(State::Published), Some(State::Returned), Some(State::Declined)]);
    let rounds = |outcome: &Outcome| [outcome.action(0), outcome.action(1)];
    let acts: BTreeSet<_> = Outcome::ALL.iter().flat_map(rounds).collect();
    assert_eq!(acts.len(), 5, "an appeal is never returned");
    assert_eq!(Outcome::parse("Publish"), None);
}

#[test]
fn the_clause_around_the_words_is_shown_whole() {
    let text = text("States should not allow it; \"nor\" permit it. They report.", &[("a", 1, 5), ("b", 6, 10)]);
    let around = |first, last| {
        let anchor = Anchor::from_words(&text.body, first, last).unwrap();
        surroundings(&text, &anchor).map(|(before, behind)| format!("{before}[{}]{behind}", anchor.quote)).unwrap()
    };
    assert_eq!(around(4, 4), "States should not [allow] it;");
    assert_eq!(around(7, 7), "\"nor\" [permit] it. They report.");
    assert_eq!(around(5, 6), "States should not allow [it; \"nor]\" permit it. They report.");
    let elsewhere = Anchor { quote: "other".into(), ..Anchor::from_words(&text.body, 1, 1).unwrap() };
    assert_eq!(surroundings(&text, &elsewhere), None);
}

#[test]
fn without_clauses_the_whole_text_is_the_context() {
    let text = text("One two three.", &[]);
    let anchor = Anchor::from_words(&text.body, 2, 2).unwrap();
    assert_eq!(surroundings(&text, &anchor), Some(("One ", " three.")));
}

#[test]
fn unseen_characters_are_named_once() {
    assert_eq!(unseen(["plain\ntext\twith caf\u{e9} and \u{5e9}\u{5dc}\u{5d5}\u{5dd}"]), Vec::<String>::new());
    assert_eq!(unseen(["a\u{202E}b\u{200B}", "\u{202E}\u{7}"]), ["U+0007", "U+200B", "U+202E"]);
}
