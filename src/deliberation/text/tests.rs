//! Properties of marshalled lists, rolling and working texts, on made-up texts and proposals.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::edits::applied;
use super::marshalled::{Item, Proposal, Sort, Supporter, marshalled};
use super::rolling::{Part, base, paragraphs, rolling, stretches};
use super::working::{ADOPTED, Decided, OwnWords, Standing, Working, placed};
use crate::clock::from_micros;
use crate::comments::redline::Redline;
use crate::ids::IssueId;
use crate::norms::words::{Clause, at, words};

const TEXT: &str = "State and non-state actors should not tamper, “nor allow” others to tamper with products.";

fn proposal(number: usize, (first, last): (usize, usize), wording: &str, by: &str) -> Proposal {
    Proposal {
        reference: format!("R{number:02}"),
        first_word: first,
        last_word: last,
        wording: wording.to_owned(),
        supporters: vec![Supporter { key: by.to_owned(), label: by.to_uppercase() }],
        at: from_micros(i64::try_from(number % 5).unwrap()),
        rationale: String::new(),
        is_confidential: false,
    }
}

fn one(place: (usize, usize), wording: &str) -> Item {
    marshalled(TEXT, [proposal(1, place, wording, "a")]).remove(0)
}

fn after(item: &Item) -> String {
    applied(TEXT, (0, TEXT.len()), &item.edits)
}

fn any_proposals() -> impl Strategy<Value = (String, Vec<Proposal>)> {
    let text = prop_oneof![Just(TEXT.to_owned()), "[a-c“”, \n]{1,60}", "[国家a ,.]{1,30}"];
    text.prop_flat_map(|text| {
        let count = words(&text).len().max(1);
        let one = (1..=count, 0..4_usize, prop_oneof!["", "[a-c国 ,]{0,12}", "\\PC{0,6}"], "[pq]");
        let all = prop::collection::vec(one, 0..9).prop_map(move |all| {
            let made = all.into_iter().enumerate();
            made.map(|(n, (first, more, wording, by))| proposal(n, (first, (first + more).min(count)), &wording, &by))
                .collect()
        });
        (Just(text), all)
    })
}

#[test]
fn the_list_goes_by_words_then_by_what_is_done() {
    let given = [
        proposal(1, (7, 7), "not ever tamper", "a"),
        proposal(2, (7, 7), "interfere", "b"),
        proposal(3, (7, 7), "", "c"),
        proposal(4, (1, 2), "Any", "d"),
        proposal(5, (7, 7), "interfere ", "b"),
        proposal(6, (7, 7), "interfere", "e"),
    ];
    let list = marshalled(TEXT, given);
    let told: Vec<_> = list.iter().map(|item| (item.first_word, item.sort, item.attribution(9))).collect();
    assert_eq!(
        told,
        [
            (1, Sort::Replacement, "D".into()),
            (7, Sort::Deletion, "C".into()),
            (7, Sort::Replacement, "B, E".into()),
            (7, Sort::Insertion, "A".into()),
        ]
    );
    assert_eq!(list[2].sources.len(), 3);
    assert_eq!(list[2].attribution(1), "B, +1");
}

#[test]
fn what_changes_nothing_is_no_proposal() {
    assert!(marshalled(TEXT, [proposal(1, (1, 1), "State", "a"), proposal(2, (90, 91), "x", "a")]).is_empty());
}

#[test]
fn overlapping_proposals_are_alternatives_for_all_their_words() {
    let list = marshalled(TEXT, [proposal(1, (6, 7), "ever meddle", "a"), proposal(2, (7, 9), "", "b")]);
    let parts = rolling(TEXT, &list);
    let [Part::Text(before), Part::Alternatives(group), Part::Text(_)] = parts.as_slice() else { panic!("{parts:?}") };
    assert_eq!(before, "State and non-state actors should ");
    let words: Vec<&str> = group.alternatives.iter().map(|it| it.words.as_str()).collect();
    assert_eq!(words.len(), 2);
    assert!(words[0].starts_with("ever meddle, “nor allow"), "{words:?}");
    assert!(words[1].starts_with("not"), "{words:?}");
}

#[test]
fn what_was_adopted_meets_contradicts_or_leaves_the_others() {
    let (permit, whole) = (one((12, 12), "meddle"), one((11, 14), "to meddle with any products"));
    let (endorse, gone, elsewhere) = (one((12, 12), "interfere"), one((11, 13), ""), one((1, 1), "Any"));
    let mut working = Working::on(TEXT);
    assert_eq!(working.standing(&permit), Standing::StillApplies);
    working.adopt(&permit).unwrap();
    assert_eq!(working.standing(&permit), Standing::AlreadyMet);
    assert_eq!(working.standing(&endorse), Standing::InConflict(vec![0]));
    assert_eq!(working.standing(&gone), Standing::InConflict(vec![0]));
    assert_eq!(working.standing(&elsewhere), Standing::StillApplies);
    // It asks for the same and more: what is left of it can be adopted.
    assert_eq!(working.standing(&whole), Standing::StillApplies);
    working.adopt(&whole).unwrap();
    working.adopt(&elsewhere).unwrap();
    assert_eq!(working.adopt(&endorse), Err(Standing::InConflict(vec![0])));
    assert_eq!(working.adopted(), 3);
    assert!(working.text().starts_with("Any and"), "{}", working.text());
    assert!(working.text().ends_with("others to meddle with any products."), "{}", working.text());

    let mut working = Working::on(TEXT);
    working.adopt(&one((10, 14), "")).unwrap();
    assert_eq!(working.standing(&gone), Standing::AlreadyMet);
}

fn decided(number: i32, disposition: &str) -> Vec<Decided> {
    let at = from_micros(i64::from(number));
    vec![Decided { issue: IssueId::new(), number, disposition: disposition.to_owned(), at, is_published: true }]
}

#[test]
fn what_the_board_adopted_first_stands_and_the_others_are_shown_against_it() {
    let given = [
        proposal(1, (7, 7), "interfere", "a"),
        proposal(2, (7, 7), "meddle", "b"),
        proposal(3, (6, 7), "not interfere", "c"),
        proposal(4, (6, 6), "never", "d"),
        proposal(5, (14, 14), "", "e"),
        proposal(6, (1, 1), "Any state", "f"),
    ];
    let list = marshalled(TEXT, given);
    let place = |reference: &str| list.iter().position(|item| item.reference() == reference).unwrap();
    let decisions = [("R01", 2, ADOPTED), ("R02", 3, ADOPTED), ("R05", 1, ADOPTED), ("R06", 4, "adopted-in-part")];
    let decisions = decisions.map(|(reference, number, code)| (reference.to_owned(), decided(number, code)));
    let (working, all, _) = placed(TEXT, &list, &decisions.into_iter().collect(), &[]);
    assert_eq!(working.text(), TEXT.replace("tamper, ", "interfere, ").replace(" products", ""));
    let of = |reference: &str| &all[place(reference)];
    assert!(of("R01").is_adopted && of("R05").is_adopted);
    assert!(of("R02").is_contradiction() && !of("R02").is_adopted);
    assert_eq!(of("R02").standing, Standing::InConflict(vec![place("R01")]));
    assert_eq!(of("R03").standing, Standing::AlreadyMet);
    assert_eq!((of("R04").standing.clone(), of("R04").decided.len()), (Standing::StillApplies, 0));
    assert!(of("R06").wants_words() && !of("R06").is_adopted && !of("R01").wants_words());
    let against = working.against(&list[place("R04")]);
    assert_eq!((against.original(), against.clean()), ("not".to_owned(), "never".to_owned()));
}

#[test]
fn words_of_the_boards_own_are_in_the_text_and_the_others_are_shown_against_them() {
    let given = [
        proposal(1, (7, 7), "interfere", "a"),
        proposal(2, (7, 7), "meddle", "b"),
        proposal(3, (14, 14), "", "c"),
        proposal(4, (1, 1), "Any state", "d"),
    ];
    let list = marshalled(TEXT, given);
    let place = |reference: &str| list.iter().position(|item| item.reference() == reference).unwrap();
    let mut all: BTreeMap<String, Vec<Decided>> = BTreeMap::new();
    for (reference, number, code) in
        [("R01", 1, "adopted-in-part"), ("R02", 5, ADOPTED), ("R04", 4, "adopted-in-other-words")]
    {
        all.insert(reference.to_owned(), decided(number, code));
    }
    let own = |reference: &str, place, wording: &str| {
        let it = &all[reference][0];
        let (issue, number, at) = (it.issue, it.number, it.at);
        OwnWords { issue, number, place, wording: wording.to_owned(), at, is_published: true }
    };
    // What was decided first stands: the third contradicts the first.
    let late = OwnWords { issue: IssueId::new(), number: 9, at: from_micros(9), ..own("R01", (7, 7), "sabotage") };
    let written = [own("R01", (6, 7), "not knowingly interfere"), late];
    let (working, placed, written) = placed(TEXT, &list, &all, &written);
    assert_eq!(working.text(), TEXT.replace("not tamper,", "not knowingly interfere,"));
    assert_eq!(written.iter().map(|it| it.is_in).collect::<Vec<_>>(), [true, false]);
    let of = |reference: &str| &placed[place(reference)];
    assert!(!of("R01").wants_words() && !of("R01").is_adopted);
    assert!(of("R04").wants_words(), "no words are given for it");
    assert_eq!((of("R02").standing.clone(), of("R02").against.clone()), (Standing::InConflict(Vec::new()), vec![1]));
    assert!(of("R02").is_contradiction());
    assert_eq!((of("R03").standing.clone(), of("R03").against.len()), (Standing::StillApplies, 0));
}

#[test]
fn words_of_the_boards_own_that_are_in_the_text_already_contradict_nothing() {
    let list = marshalled(TEXT, [proposal(1, (7, 7), "interfere", "a")]);
    let all: BTreeMap<String, Vec<Decided>> = [("R01".to_owned(), decided(1, "adopted-in-part"))].into();
    let own = |issue, number: i32| {
        let at = from_micros(number.into());
        OwnWords { issue, number, place: (7, 7), wording: "meddle".to_owned(), at, is_published: true }
    };
    let written = [own(IssueId::new(), 3), own(all["R01"][0].issue, 4)];
    let (working, placed, written) = placed(TEXT, &list, &all, &written);
    assert_eq!(working.adopted(), 1);
    assert!(written.iter().all(|it| it.is_in) && !placed[0].wants_words());
}

#[test]
fn a_proposal_is_shown_against_the_words_as_they_read_now() {
    let mut working = Working::on(TEXT);
    working.adopt(&one((12, 12), "meddle")).unwrap();
    let shown = working.against(&one((11, 14), "to meddle with any products"));
    assert_eq!(shown.original(), "to meddle with products");
    assert_eq!(shown.clean(), "to meddle with any products");
    assert!(working.against(&one((12, 12), "interfere")).is_unchanged());
}

proptest! {
    #[test]
    fn a_working_text_in_clauses_is_the_whole_before_and_after(
        (text, given) in any_proposals(), cuts in prop::collection::btree_set(1..20_usize, 0..4)
    ) {
        let clauses: Vec<Clause> =
            cuts.iter().map(|at| Clause { letter: format!("c{at}"), first_word: *at, last_word: *at }).collect();
        let list = marshalled(&text, given);
        let adopted = list.iter().map(|item| (item.reference().to_owned(), decided(1, ADOPTED))).collect();
        let (working, all, _) = placed(&text, &list, &adopted, &[]);
        prop_assert_eq!(all.len(), list.len());
        prop_assert!(all.iter().all(|it| it.standing != Standing::StillApplies));
        let paragraphs = working.paragraphs(&clauses);
        let joined = |side: fn(&Redline) -> String| paragraphs.iter().map(|(_, it)| side(it)).collect::<String>();
        prop_assert_eq!(joined(Redline::original), text.clone());
        prop_assert_eq!(joined(Redline::clean), working.text());
    }

    #[test]
    fn the_list_is_the_same_whatever_comes_first((text, mut given) in any_proposals(), turn in 0..9_usize) {
        let list = marshalled(&text, given.clone());
        let turn = turn % given.len().max(1);
        given.rotate_left(turn);
        prop_assert_eq!(&marshalled(&text, given.clone()), &list);
        given.reverse();
        prop_assert_eq!(&marshalled(&text, given.clone()), &list);
        let keys: Vec<_> = list.iter().map(|it| (it.first_word, it.last_word, it.sort)).collect();
        prop_assert!(keys.is_sorted());
        let behind: usize = list.iter().map(|it| it.sources.len()).sum();
        let changing = given.iter().filter(|it| !marshalled(&text, [(*it).clone()]).is_empty()).count();
        prop_assert_eq!(behind, changing);
    }

    #[test]
    fn without_its_alternatives_a_rolling_text_is_the_base_text((text, given) in any_proposals()) {
        let list = marshalled(&text, given);
        let parts = rolling(&text, &list);
        prop_assert_eq!(base(&parts), text.clone());
        let mut shown: Vec<usize> = Vec::new();
        for part in &parts {
            if let Part::Alternatives(group) = part {
                shown.extend(group.alternatives.iter().map(|it| it.item));
            }
        }
        shown.sort_unstable();
        prop_assert_eq!(shown, (0..list.len()).collect::<Vec<_>>());
        for pair in stretches(&text, &list).windows(2) {
            prop_assert!(pair[0].end <= pair[1].start);
        }
    }

    #[test]
    fn paragraphs_lose_nothing((text, given) in any_proposals(), cuts in prop::collection::btree_set(1..20_usize, 0..4)) {
        let clauses: Vec<Clause> =
            cuts.iter().map(|at| Clause { letter: format!("c{at}"), first_word: *at, last_word: *at }).collect();
        let parts = rolling(&text, &marshalled(&text, given));
        let shown = paragraphs(&text, &clauses, parts.clone());
        let joined: String = shown.iter().map(|it| base(&it.parts)).collect();
        prop_assert_eq!(joined, text.clone());
        let groups = |parts: &[Part]| parts.iter().filter(|it| matches!(it, Part::Alternatives(_))).count();
        prop_assert_eq!(shown.iter().map(|it| groups(&it.parts)).sum::<usize>(), groups(&parts));
        let mut letters: Vec<String> = shown.iter().flat_map(|it| it.letters.clone()).collect();
        let all = letters.len();
        letters.sort();
        letters.dedup();
        prop_assert_eq!(letters.len(), all, "each clause begins once");
    }

    #[test]
    fn one_alternative_in_place_is_the_text_with_that_proposal((text, given) in any_proposals()) {
        let list = marshalled(&text, given);
        for (stretch, part) in stretches(&text, &list).iter().zip(
            rolling(&text, &list).iter().filter_map(|part| match part { Part::Alternatives(it) => Some(it), Part::Text(_) => None })
        ) {
            for alternative in &part.alternatives {
                let put = format!("{}{}{}", &text[..stretch.start], alternative.words, &text[stretch.end..]);
                prop_assert_eq!(put, applied(&text, (0, text.len()), &list[alternative.item].edits));
            }
        }
    }

    #[test]
    fn a_proposal_makes_the_words_it_asks_for((text, given) in any_proposals()) {
        let words = words(&text);
        for item in marshalled(&text, given) {
            let new = applied(&text, (0, text.len()), &item.edits);
            let (start, end) = (at(&words, item.first_word).unwrap().start, at(&words, item.last_word).unwrap().end);
            if item.wording.trim().is_empty() {
                let without = format!("{}{}", &text[..start], &text[end..]);
                prop_assert!(new == without || new.chars().count() + 1 == without.chars().count());
            } else {
                prop_assert_eq!(new, format!("{}{}{}", &text[..start], item.wording, &text[end..]));
            }
        }
    }

    #[test]
    fn a_working_text_takes_only_what_applies((text, given) in any_proposals()) {
        let list = marshalled(&text, given);
        let mut working = Working::on(&text);
        prop_assert_eq!(working.text(), text.clone());
        for item in &list {
            let (before, standing) = (working.text(), working.standing(item));
            prop_assert_eq!(working.adopt(item).is_ok(), standing == Standing::StillApplies);
            if standing == Standing::StillApplies {
                prop_assert_eq!(working.standing(item), Standing::AlreadyMet);
            } else {
                prop_assert_eq!(working.text(), before);
            }
            if working.adopted() == 1 && standing == Standing::StillApplies {
                prop_assert_eq!(working.text(), applied(&text, (0, text.len()), &item.edits));
            }
        }
    }

    #[test]
    fn adopting_in_any_order_what_does_not_clash_gives_one_text((text, given) in any_proposals()) {
        let list = marshalled(&text, given);
        let mut forth = Working::on(&text);
        let adopted: Vec<&Item> = list.iter().filter(|item| forth.adopt(item).is_ok()).collect();
        let mut back = Working::on(&text);
        for item in adopted.iter().rev() {
            let standing = back.standing(item);
            if standing == Standing::StillApplies {
                back.adopt(item).unwrap();
            }
        }
        if back.adopted() == forth.adopted() {
            prop_assert_eq!(back.text(), forth.text());
        }
    }
}

#[test]
fn after_is_what_people_read() {
    assert_eq!(after(&one((6, 6), "")), TEXT.replace("not ", ""));
}
