//! A decision as a comment carries it, and counting who stands behind an issue. Pure.

use std::collections::{BTreeMap, BTreeSet};

use crate::clock::Moment;
use crate::db::words;
use crate::ids::IssueId;

words! {
    /// For whom it was counted who stands behind an issue.
    Edition {
        /// For the desk: everything.
        Board = "board",
        /// For everyone.
        Public = "public",
    }
}

/// Numbers of confidential comments are shown to everyone in steps of this.
pub const STEP: i64 = 5;

/// What was published of an issue, as it holds for one comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Considered {
    /// Which issue.
    pub issue: IssueId,
    /// Its number on its text.
    pub number: i32,
    /// The text.
    pub norm: String,
    /// The place of the text in addresses.
    pub slug: String,
    /// The question, in neutral words.
    pub statement: String,
    /// What became of the comment: a code of the vocabulary.
    pub disposition: String,
    /// Why.
    pub reasons: String,
    /// What the words in question read then, where the board adopted something in words of its own; empty for a comment that
    /// got an answer of its own.
    pub wording: String,
    /// When it was published.
    pub decided_at: Moment,
    /// Whether its author is content with it, if they said so.
    pub is_satisfied: Option<bool>,
}

/// Somebody who stands behind an issue: one comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// A code of the vocabulary.
    pub group: String,
    /// Whether the comment is for the Commission alone.
    pub is_confidential: bool,
    /// The same for comments of one organisation, or of one person who speaks for none.
    pub voice: Vec<u8>,
    /// The same for comments that say the same.
    pub said: Vec<u8>,
}

/// How many of a stakeholder group stand behind an issue; of all where the group is empty. What is confidential is counted
/// by itself and in no other number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// A code of the vocabulary; empty for all.
    pub group: String,
    /// Comments that everyone may read.
    pub comments: i64,
    /// Organisations, and people who speak for none, behind these.
    pub voices: i64,
    /// What these say in different words.
    pub texts: i64,
    /// Comments for the Commission alone.
    pub confidential: i64,
}

impl Tally {
    /// What everyone may know of it: a number of confidential comments only in full steps of five.
    #[must_use]
    pub fn shown(&self) -> Self {
        Self { confidential: self.confidential / STEP * STEP, ..self.clone() }
    }
}

/// All of them first, then each group that anybody is of, the one with the most voices first.
pub fn tallies(behind: &[Behind]) -> Vec<Tally> {
    let mut groups: BTreeMap<&str, Vec<&Behind>> = BTreeMap::new();
    for one in behind {
        groups.entry(&one.group).or_default().push(one);
    }
    let all: Vec<&Behind> = behind.iter().collect();
    let mut counted: Vec<Tally> = groups.into_iter().map(|(group, members)| tally(group, &members)).collect();
    counted.sort_by(|a, b| b.voices.cmp(&a.voices).then_with(|| a.group.cmp(&b.group)));
    std::iter::once(tally("", &all)).chain(counted).collect()
}

fn tally(group: &str, members: &[&Behind]) -> Tally {
    let open = || members.iter().filter(|one| !one.is_confidential);
    let many = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Tally {
        group: group.to_owned(),
        comments: many(open().count()),
        voices: many(open().map(|one| &one.voice).collect::<BTreeSet<_>>().len()),
        texts: many(open().map(|one| &one.said).collect::<BTreeSet<_>>().len()),
        confidential: many(members.len() - open().count()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one(group: &str, is_confidential: bool, voice: u8, said: u8) -> Behind {
        Behind { group: group.into(), is_confidential, voice: vec![voice], said: vec![said] }
    }

    #[test]
    fn groups_count_voices_and_texts_and_not_letters() {
        let behind = [
            one("company", false, 1, 1),
            one("company", false, 1, 1),
            one("company", false, 2, 2),
            one("academia", true, 3, 1),
        ];
        let counted = tallies(&behind);
        let numbers: Vec<_> =
            counted.iter().map(|it| (it.group.as_str(), it.comments, it.voices, it.texts, it.confidential)).collect();
        assert_eq!(numbers, [("", 3, 2, 2, 1), ("company", 3, 2, 2, 0), ("academia", 0, 0, 0, 1)]);
        assert_eq!(tallies(&[]), [Tally::default()]);
    }

    proptest! {
        #[test]
        fn what_is_shown_moves_only_with_every_fifth_confidential_comment(
            rows in prop::collection::vec((0_usize..3, any::<bool>(), 0_u8..6, 0_u8..6), 0..60)
        ) {
            let groups = ["academia", "company", "other"];
            let behind: Vec<Behind> =
                rows.iter().map(|(group, hidden, voice, said)| one(groups[*group], *hidden, *voice, *said)).collect();
            let open: Vec<Behind> = behind.iter().filter(|it| !it.is_confidential).cloned().collect();
            for shown in tallies(&behind).iter().map(Tally::shown) {
                let hidden = behind.iter().filter(|it| it.is_confidential);
                let hidden = hidden.filter(|it| shown.group.is_empty() || it.group == shown.group).count();
                prop_assert_eq!(shown.confidential, i64::try_from(hidden / 5 * 5).unwrap());
                // All else is what everyone can count for themselves.
                let plain = tallies(&open).into_iter().find(|it| it.group == shown.group).unwrap_or_default();
                prop_assert_eq!((shown.comments, shown.voices, shown.texts), (plain.comments, plain.voices, plain.texts));
            }
        }
    }
}
