//! Levers as matrices: who should act by which instrument, proposed by whom, from where. Pure.

use std::collections::BTreeMap;

use crate::ids::{CommentId, NormId};
use crate::norms::vocabulary::{List, Vocabulary};
use crate::public::overview::regions;

/// A lever proposed in a published comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// By which comment.
    pub comment: CommentId,
    /// For which norm.
    pub norm: NormId,
    /// Who should act.
    pub actor: String,
    /// By what instrument.
    pub instrument: String,
    /// The stakeholder group of the author.
    pub group: String,
    /// The country of the author, if any.
    pub country: Option<String>,
}

/// By what levers are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Who should act.
    Actor,
    /// By what.
    Instrument,
    /// The stakeholder group of whoever proposes it.
    Group,
    /// The region of the world they are from.
    Region,
}

/// What stands for a country that was not given.
pub const NO_REGION: &str = "none";

impl Side {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Actor, Self::Instrument, Self::Group, Self::Region];

    /// The name of the field it is chosen by.
    pub fn field(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Instrument => "instrument",
            Self::Group => "group",
            Self::Region => "region",
        }
    }

    /// What a lever has on this side.
    pub fn of(self, lever: &Proposed) -> &str {
        match self {
            Self::Actor => &lever.actor,
            Self::Instrument => &lever.instrument,
            Self::Group => &lever.group,
            Self::Region => lever.country.as_deref().and_then(regions::of).unwrap_or(NO_REGION),
        }
    }

    fn list(self, vocabulary: &Vocabulary) -> Option<&List> {
        match self {
            Self::Actor => Some(&vocabulary.actors),
            Self::Instrument => Some(&vocabulary.instruments),
            Self::Group => Some(&vocabulary.groups),
            Self::Region => None,
        }
    }
}

/// The place of a value in the order in which pages show them.
pub fn place(side: Side, value: &str, vocabulary: &Vocabulary) -> usize {
    let place = match side.list(vocabulary) {
        Some(list) => list.items().iter().position(|item| item.code == value),
        None => regions::REGIONS.iter().position(|(region, _)| *region == value),
    };
    place.unwrap_or(usize::MAX)
}

/// What is chosen: sides with their values.
pub type Chosen = Vec<(Side, String)>;

/// Whether a lever has all that is chosen.
pub fn fits(lever: &Proposed, chosen: &Chosen) -> bool {
    chosen.iter().all(|(side, value)| side.of(lever) == value)
}

/// Levers counted by two sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// What the columns are.
    pub columns: Vec<String>,
    /// What a row is, and how many levers stand in each of its columns.
    pub rows: Vec<(String, Vec<usize>)>,
}

/// `levers` by two sides: only values that occur, in the order of the lists.
pub fn grid<'l>(
    levers: impl Iterator<Item = &'l Proposed>,
    (down, across): (Side, Side),
    vocabulary: &Vocabulary,
) -> Grid {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for lever in levers {
        *counts.entry((down.of(lever), across.of(lever))).or_default() += 1;
    }
    let in_order = |side: Side, mut values: Vec<&'l str>| {
        values.sort_by_key(|value| (place(side, value, vocabulary), *value));
        values.dedup();
        values
    };
    let columns = in_order(across, counts.keys().map(|(_, column)| *column).collect());
    let rows = in_order(down, counts.keys().map(|(row, _)| *row).collect());
    let row = |value: &str| {
        let count = |column: &&str| counts.get(&(value, *column)).copied().unwrap_or_default();
        (value.to_owned(), columns.iter().map(count).collect())
    };
    Grid { rows: rows.into_iter().map(row).collect(), columns: columns.into_iter().map(str::to_owned).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::norms::vocabulary::SHIPPED;

    fn lever(actor: &str, instrument: &str, group: &str, country: Option<&str>) -> Proposed {
        Proposed {
            comment: CommentId::new(),
            norm: NormId::new(),
            actor: actor.into(),
            instrument: instrument.into(),
            group: group.into(),
            country: country.map(str::to_owned),
        }
    }

    #[test]
    fn levers_are_counted_by_who_acts_and_by_who_proposes() {
        let vocabulary = Vocabulary::parse(SHIPPED).unwrap();
        let levers = [
            lever("regulator", "legislation", "academia", Some("NL")),
            lever("regulator", "procurement", "company", Some("EG")),
            lever("regulator", "legislation", "company", None),
        ];
        let by_instrument = grid(levers.iter(), (Side::Actor, Side::Instrument), &vocabulary);
        assert_eq!(by_instrument.columns, ["legislation", "procurement"]);
        assert_eq!(by_instrument.rows, [("regulator".to_owned(), vec![2, 1])]);
        let by_region = grid(levers.iter(), (Side::Region, Side::Group), &vocabulary);
        assert_eq!(by_region.columns, ["company", "academia"]);
        let rows: Vec<&str> = by_region.rows.iter().map(|(region, _)| region.as_str()).collect();
        assert_eq!(rows, ["africa", "europe", NO_REGION]);
        let chosen = vec![(Side::Group, "company".to_owned()), (Side::Region, "africa".to_owned())];
        assert_eq!(levers.iter().filter(|lever| fits(lever, &chosen)).count(), 1);
    }
}
