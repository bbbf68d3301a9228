//! An issue as an edition holds it, and the rules of order and of minority. Pure.

use std::collections::BTreeSet;

use crate::clock::Moment;
use crate::comments::considered::model::Tally;
use crate::deliberation::board::model::{About, State};
use crate::deliberation::text::marshalled::Item;
use crate::deliberation::text::rolling::Stretch;
use crate::ids::{NormId, TextVersionId};

/// A decision as it was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The question, as it was then.
    pub statement: String,
    /// The decision: a code of the vocabulary.
    pub disposition: String,
    /// Why.
    pub reasons: String,
    /// What the words in question read then, where the board adopted something in words of its own; else empty.
    pub wording: String,
    /// When it was published.
    pub at: Moment,
}

/// A decision that is proposed and can still change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// The decision: a code of the vocabulary.
    pub disposition: String,
    /// Why.
    pub reasons: String,
    /// What the words in question are to read then, where the board has words of its own; else empty.
    pub wording: String,
}

/// An issue as an edition holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raised {
    /// On which text.
    pub norm: NormId,
    /// Its number on that text.
    pub number: i32,
    /// What it is about.
    pub about: About,
    /// On which wording of the text.
    pub version: TextVersionId,
    /// The question, in neutral words.
    pub statement: String,
    /// What could be done; empty for everyone.
    pub options: Vec<String>,
    /// What the Secretariat recommends; empty for everyone.
    pub recommendation: String,
    /// What is proposed and not yet published.
    pub proposed: Option<Proposed>,
    /// Where it stands on the board.
    pub state: State,
    /// What was published.
    pub decided: Option<Decided>,
    /// Who stands behind it, as far as the edition may know: all of them, then each group.
    pub tallies: Vec<Tally>,
}

impl Raised {
    /// Whether the meeting has still to decide it.
    pub fn is_open(&self) -> bool {
        self.state != State::Published
    }

    /// The groups behind it, the one with the most voices first.
    pub fn groups(&self) -> Vec<&Tally> {
        self.tallies.iter().filter(|it| !it.group.is_empty() && it.voices + it.confidential > 0).collect()
    }

    /// The count of all behind it.
    pub fn all(&self) -> Tally {
        self.tallies.iter().find(|it| it.group.is_empty()).cloned().unwrap_or_default()
    }

    /// The group that stands alone behind it.
    pub fn lone_group(&self) -> Option<&str> {
        match self.groups().as_slice() {
            [only] => Some(&only.group),
            _ => None,
        }
    }
}

/// Issues by breadth: how many groups are behind each, then how many organisations and people; never how many letters. What
/// is equal in both stays in the order of the text.
pub fn by_breadth<'r>(issues: impl IntoIterator<Item = &'r Raised>) -> Vec<&'r Raised> {
    let mut ordered: Vec<&Raised> = issues.into_iter().collect();
    ordered.sort_by_key(|it| {
        let breadth = (it.groups().len(), it.all().voices);
        (std::cmp::Reverse(breadth), it.about.place(), it.number)
    });
    ordered
}

/// The proposals that a minority makes: every comment behind it is of one stakeholder group, and another proposal on the
/// same words has comments of two groups or more behind it. Places in `items`, each with its group; `group_of` knows the
/// group of a comment by its reference.
pub fn of_minority<'g>(
    items: &[Item],
    stretches: &[Stretch],
    group_of: impl Fn(&str) -> Option<&'g str>,
) -> Vec<(usize, &'g str)> {
    let groups = |place: usize| -> BTreeSet<&'g str> {
        let sources = items.get(place).map(|item| item.sources.as_slice()).unwrap_or_default();
        sources.iter().filter_map(|source| group_of(&source.reference)).collect()
    };
    let mut found = Vec::new();
    for stretch in stretches {
        let behind: Vec<(usize, BTreeSet<&str>)> = stretch.items.iter().map(|place| (*place, groups(*place))).collect();
        if !behind.iter().any(|(_, groups)| groups.len() > 1) {
            continue;
        }
        let alone = behind.into_iter().filter(|(_, groups)| groups.len() == 1);
        found.extend(alone.filter_map(|(place, groups)| Some((place, groups.into_iter().next()?))));
    }
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::from_micros;
    use crate::deliberation::text::marshalled::{Proposal, Supporter, marshalled};
    use crate::deliberation::text::rolling::stretches;

    fn tally(group: &str, voices: i64, confidential: i64) -> Tally {
        Tally { group: group.into(), comments: voices, voices, texts: voices, confidential }
    }

    fn raised(number: i32, groups: &[(&str, i64, i64)]) -> Raised {
        let all = tally("", groups.iter().map(|it| it.1).sum(), groups.iter().map(|it| it.2).sum());
        Raised {
            norm: NormId::new(),
            number,
            about: About::Whole,
            version: TextVersionId::new(),
            statement: String::new(),
            options: Vec::new(),
            recommendation: String::new(),
            proposed: None,
            state: State::Draft,
            decided: None,
            tallies: std::iter::once(all).chain(groups.iter().map(|it| tally(it.0, it.1, it.2))).collect(),
        }
    }

    #[test]
    fn two_groups_come_before_a_hundred_letters_of_one() {
        let issues = [
            raised(1, &[("company", 100, 0)]),
            raised(2, &[("company", 1, 0), ("academia", 1, 0)]),
            raised(3, &[("company", 2, 0), ("academia", 1, 0)]),
            raised(4, &[]),
            raised(5, &[("company", 100, 0)]),
        ];
        let numbers: Vec<i32> = by_breadth(&issues).iter().map(|it| it.number).collect();
        assert_eq!(numbers, [3, 2, 1, 5, 4]);
    }

    #[test]
    fn a_group_stands_alone_only_where_no_other_is_behind_the_issue() {
        assert_eq!(raised(1, &[("company", 9, 0), ("academia", 0, 0)]).lone_group(), Some("company"));
        assert_eq!(raised(1, &[("company", 9, 0), ("academia", 0, 1)]).lone_group(), None);
        assert_eq!(raised(1, &[]).lone_group(), None);
        assert_eq!(raised(1, &[("academia", 0, 5)]).lone_group(), Some("academia"));
    }

    fn proposal(reference: &str, (first, last): (usize, usize), wording: &str) -> Proposal {
        Proposal {
            reference: reference.into(),
            first_word: first,
            last_word: last,
            wording: wording.into(),
            supporters: vec![Supporter { key: reference.into(), label: reference.into() }],
            at: from_micros(0),
            rationale: String::new(),
            is_confidential: false,
        }
    }

    fn minority(text: &str, proposals: Vec<Proposal>) -> Vec<(String, String)> {
        let items = marshalled(text, proposals);
        // The reference begins with its group.
        let groups = ["company", "academia", "government"];
        let group_of = |reference: &str| groups.into_iter().find(|group| reference.starts_with(group));
        let found = of_minority(&items, &stretches(text, &items), group_of);
        found.into_iter().map(|(place, group)| (items[place].wording.clone(), group.to_owned())).collect()
    }

    #[test]
    fn a_proposal_of_one_group_is_of_a_minority_where_another_on_the_same_words_has_more_groups() {
        let text = "States should not attack the core";
        let found = minority(
            text,
            vec![
                proposal("company-1", (2, 2), "must"),
                proposal("academia-1", (2, 2), "must"),
                proposal("government-1", (2, 2), "may"),
                proposal("government-2", (2, 3), "shall never"),
                proposal("company-2", (4, 4), "harm"),
            ],
        );
        let may = ("may".to_owned(), "government".to_owned());
        let never = ("shall never".to_owned(), "government".to_owned());
        assert_eq!(found, [may, never]);
    }

    #[test]
    fn where_every_proposal_is_of_one_group_nobody_is_a_minority() {
        let text = "States should not attack";
        let several = (1..=9).map(|n| proposal(&format!("company-{n}"), (2, 2), "must"));
        let other = proposal("academia-1", (2, 2), "may");
        assert_eq!(minority(text, several.chain([other]).collect()), []);
        assert_eq!(minority(text, Vec::new()), []);
    }
}
