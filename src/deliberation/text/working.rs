//! The working text: what the board adopted, one proposal after the other, and where that leaves the others. Pure.

use std::collections::{BTreeMap, BTreeSet};

use super::edits::{Edit, applied, edits};
use super::marshalled::Item;
use crate::clock::Moment;
use crate::comments::redline::{Piece, Redline};
use crate::deliberation::board::model::IN_OTHER_WORDS;
use crate::ids::IssueId;
use crate::norms::lines::sections;
use crate::norms::words::{Clause, at, words};

/// The disposition that takes a proposal as it is: a code of the vocabulary.
pub const ADOPTED: &str = "adopted";

/// Words that the board put in place of those of an issue, where it adopted something of a proposal in words of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnWords {
    /// Of which issue.
    pub issue: IssueId,
    /// Its number on its text.
    pub number: i32,
    /// The words in question, first and last, counted from 1.
    pub place: (usize, usize),
    /// What they read then.
    pub wording: String,
    /// When that was published, or found right.
    pub at: Moment,
    /// Whether it was published; else it waits for that.
    pub is_published: bool,
}

/// Words of the board's own against what was adopted before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The words.
    pub words: OwnWords,
    /// Whether they are in the text.
    pub is_in: bool,
}

/// What the board decided about a comment under one issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Which issue.
    pub issue: IssueId,
    /// Its number on its text.
    pub number: i32,
    /// A code of the vocabulary.
    pub disposition: String,
    /// When it was published, or found right.
    pub at: Moment,
    /// Whether it was published; else it waits for that.
    pub is_published: bool,
}

/// An item of the marshalled list against what was adopted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// What was decided about the comments behind it, by issue, each decision once.
    pub decided: Vec<Decided>,
    /// Whether it is in the text.
    pub is_adopted: bool,
    /// Where it stands: of what contradicts it the places in the marshalled list.
    pub standing: Standing,
    /// The issues whose words of the board's own contradict it, by number.
    pub against: Vec<i32>,
    /// Whether the board gave the words for everything that it took of it.
    has_words: bool,
}

impl Placed {
    /// Whether the board adopted it, and it contradicts what the board adopted before.
    pub fn is_contradiction(&self) -> bool {
        is_adoption(&self.decided) && matches!(self.standing, Standing::InConflict(_))
    }

    /// Whether the board took something of it in words that are still to be written.
    pub fn wants_words(&self) -> bool {
        !self.has_words && !is_adoption(&self.decided) && self.decided.iter().any(Decided::takes_words)
    }
}

impl Decided {
    fn takes_words(&self) -> bool {
        IN_OTHER_WORDS.contains(&self.disposition.as_str())
    }
}

fn is_adoption(decided: &[Decided]) -> bool {
    decided.iter().any(|it| it.disposition == ADOPTED)
}

/// What the board adopted: a proposal of the marshalled list, or words of its own; by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Adoption {
    Item(usize),
    Words(usize),
}

/// Puts into `base` what the board adopted of `items`, its marshalled list, and the words of its `own`, in the order in which
/// it was decided, and says where every item stands then. `decided` is by the reference of a comment.
pub fn placed<'t>(
    base: &'t str,
    items: &[Item],
    decided: &BTreeMap<String, Vec<Decided>>,
    own: &[OwnWords],
) -> (Working<'t>, Vec<Placed>, Vec<Written>) {
    let decided: Vec<Vec<Decided>> = items.iter().map(|item| decisions(item, decided)).collect();
    let mut adoptions: Vec<(Moment, i32, Adoption)> = Vec::new();
    for (place, all) in decided.iter().enumerate() {
        let first = all.iter().filter(|it| it.disposition == ADOPTED).map(|it| (it.at, it.number)).min();
        adoptions.extend(first.map(|(at, number)| (at, number, Adoption::Item(place))));
    }
    adoptions.extend(own.iter().enumerate().map(|(place, it)| (it.at, it.number, Adoption::Words(place))));
    adoptions.sort_unstable();
    let (mut working, mut made, known) = (Working::on(base), Vec::new(), words(base));
    let mut in_text = BTreeSet::new();
    for (.., adoption) in adoptions {
        let edits = match adoption {
            Adoption::Item(place) => items.get(place).map(|item| item.edits.clone()),
            Adoption::Words(place) => own.get(place).and_then(|it| edits(base, &known, it.place, &it.wording)),
        };
        match edits.map(|edits| working.adopt_edits(&edits)) {
            Some(Ok(())) => {
                made.push(adoption);
                in_text.insert(adoption);
            }
            Some(Err(Standing::AlreadyMet)) => {
                in_text.insert(adoption);
            }
            Some(Err(_)) | None => {}
        }
    }
    let one = |(place, (item, decided)): (usize, (&Item, Vec<Decided>))| {
        let (standing, against) = named(working.standing(item), &made, own);
        let is_in = |place| in_text.contains(&Adoption::Words(place));
        let has_words =
            |it: &Decided| own.iter().enumerate().any(|(place, words)| words.issue == it.issue && is_in(place));
        let has_words = decided.iter().filter(|it| it.takes_words()).all(has_words);
        Placed { is_adopted: made.contains(&Adoption::Item(place)), decided, standing, against, has_words }
    };
    let standings = items.iter().zip(decided).enumerate().map(one).collect();
    let written = |(place, words): (usize, &OwnWords)| Written {
        words: words.clone(),
        is_in: in_text.contains(&Adoption::Words(place)),
    };
    let written = own.iter().enumerate().map(written).collect();
    (working, standings, written)
}

/// A standing with the places in the list of what it contradicts, and beside it the issues with words of the board's own.
fn named(standing: Standing, made: &[Adoption], own: &[OwnWords]) -> (Standing, Vec<i32>) {
    let Standing::InConflict(with) = standing else { return (standing, Vec::new()) };
    let (mut items, mut issues) = (Vec::new(), Vec::new());
    for adoption in with.into_iter().filter_map(|number| made.get(number)) {
        match adoption {
            Adoption::Item(place) => items.push(*place),
            Adoption::Words(place) => issues.extend(own.get(*place).map(|it| it.number)),
        }
    }
    (Standing::InConflict(items), issues)
}

/// What was decided about the comments behind an item.
fn decisions(item: &Item, decided: &BTreeMap<String, Vec<Decided>>) -> Vec<Decided> {
    let mut all: Vec<Decided> =
        item.sources.iter().filter_map(|source| decided.get(&source.reference)).flatten().cloned().collect();
    all.sort_by(|a, b| (a.number, a.issue, &a.disposition).cmp(&(b.number, b.issue, &b.disposition)));
    all.dedup_by(|a, b| (a.issue, &a.disposition) == (b.issue, &b.disposition));
    all
}

/// Where a proposal stands against what was adopted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It can be adopted as it is.
    StillApplies,
    /// What was adopted does all of it.
    AlreadyMet,
    /// It changes what was adopted: the places of the adopted ones, in the order of adoption.
    InConflict(Vec<usize>),
}

/// The base text with what was adopted.
#[derive(Debug, Clone)]
pub struct Working<'t> {
    base: &'t str,
    /// What each adopted proposal changed.
    adopted: Vec<Vec<Edit>>,
}

impl<'t> Working<'t> {
    /// The base text, with nothing adopted.
    pub fn on(base: &'t str) -> Self {
        Self { base, adopted: Vec::new() }
    }

    /// How many were adopted, words of the board's own among them.
    pub fn adopted(&self) -> usize {
        self.adopted.len()
    }

    /// Where `item`, a proposal on the base text, stands now.
    pub fn standing(&self, item: &Item) -> Standing {
        self.standing_of(&item.edits)
    }

    fn standing_of(&self, edits: &[Edit]) -> Standing {
        let is_met = |edit: &Edit| self.all().any(|made| does(made, edit));
        if !self.adopted.is_empty() && edits.iter().all(is_met) {
            return Standing::AlreadyMet;
        }
        let open: Vec<&Edit> = edits.iter().filter(|edit| !is_met(edit)).collect();
        let clashing = |made: &[Edit]| made.iter().any(|made| open.iter().any(|edit| edit.clashes(made)));
        let conflicts: Vec<usize> =
            self.adopted.iter().enumerate().filter(|(_, made)| clashing(made)).map(|(place, _)| place).collect();
        if conflicts.is_empty() { Standing::StillApplies } else { Standing::InConflict(conflicts) }
    }

    /// Adopts `item` if it still applies; what it has in common with others is not done twice. Otherwise says where it
    /// stands.
    pub fn adopt(&mut self, item: &Item) -> Result<(), Standing> {
        self.adopt_edits(&item.edits)
    }

    fn adopt_edits(&mut self, edits: &[Edit]) -> Result<(), Standing> {
        match self.standing_of(edits) {
            Standing::StillApplies => {
                let is_met = |edit: &Edit| self.all().any(|made| does(made, edit));
                let open = edits.iter().filter(|edit| !is_met(edit)).cloned().collect();
                self.adopted.push(open);
                Ok(())
            }
            other => Err(other),
        }
    }

    /// The text as it reads now.
    pub fn text(&self) -> String {
        let mut edits: Vec<Edit> = self.all().cloned().collect();
        edits.sort();
        applied(self.base, (0, self.base.len()), &edits)
    }

    /// The text clause by clause, with what was adopted as changes of it: letter, words.
    pub fn paragraphs(&self, clauses: &[Clause]) -> Vec<(Option<String>, Redline)> {
        let mut edits: Vec<&Edit> = self.all().collect();
        edits.sort();
        let cut = |(letter, from, to): (Option<&str>, usize, usize)| {
            (letter.map(str::to_owned), Redline { pieces: self.pieces((from, to), &edits) })
        };
        sections(self.base, clauses).into_iter().filter(|(_, from, to)| from < to).map(cut).collect()
    }

    /// `base[from..to]` with those of `edits` that lie in it. One that reaches over an end begins there or goes on there.
    fn pieces(&self, (from, to): (usize, usize), edits: &[&Edit]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut put = |piece: fn(String) -> Piece, text: &str| {
            if !text.is_empty() {
                pieces.push(piece(text.to_owned()));
            }
        };
        let base = |from: usize, to: usize| self.base.get(from..to).unwrap_or_default();
        let is_last = to == self.base.len();
        let mut offset = from;
        for edit in edits {
            let begins_here = from <= edit.start && (edit.start < to || (is_last && edit.start == to));
            if !begins_here && (edit.end <= from || to <= edit.start) {
                continue;
            }
            let (start, end) = (edit.start.max(from), edit.end.min(to));
            put(Piece::Same, base(offset, start));
            put(Piece::Deleted, base(start, end));
            if begins_here {
                put(Piece::Inserted, &edit.with);
            }
            offset = end;
        }
        put(Piece::Same, base(offset, to));
        pieces
    }

    /// What `item`, which still applies, would change of the text as it reads now.
    pub fn against(&self, item: &Item) -> Redline {
        let words = words(self.base);
        let place = at(&words, item.first_word).zip(at(&words, item.last_word));
        let (mut from, mut to) = place.map_or((0, 0), |(first, last)| (first.start, last.end));
        for edit in &item.edits {
            (from, to) = (from.min(edit.start), to.max(edit.end));
        }
        // What was adopted there is shown whole.
        while let Some(edit) = self.all().find(|it| it.start < to && from < it.end && (it.start < from || to < it.end))
        {
            (from, to) = (from.min(edit.start), to.max(edit.end));
        }
        let read = |working: &Self| {
            let mut edits: Vec<Edit> = working.all().cloned().collect();
            edits.sort();
            applied(self.base, (from, to), &edits)
        };
        let mut with = self.clone();
        // In conflict or met already: nothing changes.
        let new = if with.adopt(item).is_ok() { read(&with) } else { read(self) };
        Redline::between(&read(self), &new)
    }

    fn all(&self) -> impl Iterator<Item = &Edit> {
        self.adopted.iter().flatten()
    }
}

/// Whether what was `made` does what `edit` asks for: the same words at the same place, or words taken out that are
/// part of what was taken out.
fn does(made: &Edit, edit: &Edit) -> bool {
    let is_part = made.is_deletion() && edit.is_deletion() && made.start <= edit.start && edit.end <= made.end;
    made == edit || is_part
}
