//! Finds published comments by words and by what they are counted by, newest first, a page at a time. What a question may
//! cost is bounded: it looks through the index a part at a time and stops when its time is over, to be gone on with.

use std::time::{Duration, Instant};

use super::model::{Facet, facet_token, norm_token};
use super::store;
use crate::comments::model::Comment;
use crate::db::dialect::search::{self, Part, Phrases};
use crate::db::{AnyConnection, DbResult};

/// Where a small part took less, a large one is looked through next.
const CHEAP: Duration = Duration::from_millis(2);
/// How long one question goes on looking.
const LONGEST: Duration = Duration::from_millis(120);

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Phrases that stand in the comment, each as folded words.
    pub phrases: Phrases,
    /// The slug of the text it is about, if it matters.
    pub norm: Option<String>,
    /// What it is counted by.
    pub facets: Vec<(Facet, String)>,
}

impl Wanted {
    /// Everything that must stand in the index.
    fn all(&self) -> Phrases {
        let norm = self.norm.iter().map(|slug| vec![norm_token(slug)]);
        let facets = self.facets.iter().map(|(facet, value)| vec![facet_token(*facet, value)]);
        self.phrases.iter().cloned().chain(norm).chain(facets).collect()
    }
}

/// A page of what was found.
#[derive(Debug, Default)]
pub struct Found {
    /// With their places in the order of publication, newest first.
    pub comments: Vec<(i64, Comment)>,
    /// Where the next page begins; `None`: there is no more.
    pub next: Option<i64>,
    /// Whether the page is not full because the time was over: there may be more from `next` on.
    pub is_cut: bool,
}

/// The newest `most` comments below the place `below` that fit.
pub fn find(conn: &mut AnyConnection, wanted: &Wanted, below: Option<i64>, most: usize) -> DbResult<Found> {
    let phrases = wanted.all();
    let below = below.unwrap_or(i64::MAX).min(store::newest(conn)?.saturating_add(1));
    let looked = if phrases.is_empty() {
        Looked::of(store::places(conn, None, Some(below), wanting(most, 0))?, most, None)
    } else {
        look(below, most, LONGEST, |part, below, wanting| search::find(conn, &phrases, below, part, wanting))?
    };
    let is_cut = looked.is_cut && looked.places.len() < most;
    Ok(Found { comments: store::at_places(conn, &looked.places)?, next: looked.next, is_cut })
}

/// The places that were found, where to go on, and whether the time was over.
struct Looked {
    places: Vec<i64>,
    next: Option<i64>,
    is_cut: bool,
}

impl Looked {
    /// `cut_at`: where the time was over. One place more than `most` says that there are more.
    fn of(mut places: Vec<i64>, most: usize, cut_at: Option<i64>) -> Self {
        let next = if places.len() > most {
            places.truncate(most);
            places.last().copied()
        } else {
            cut_at
        };
        Self { places, next, is_cut: cut_at.is_some() }
    }
}

/// How many places still to ask for, where `found` are there: one more than `most` in all.
fn wanting(most: usize, found: usize) -> i64 {
    i64::try_from((most + 1).saturating_sub(found)).unwrap_or(i64::MAX)
}

/// Looks through the index below `below`, part by part, until it has enough or `longest` is over; through one part however
/// little time there is, so that who goes on always comes to the end.
fn look(
    mut below: i64,
    most: usize,
    longest: Duration,
    mut look_through: impl FnMut(Part, i64, i64) -> DbResult<Vec<i64>>,
) -> DbResult<Looked> {
    let started = Instant::now();
    let mut places = Vec::new();
    let mut part = Part::Small;
    while places.len() <= most && below > 1 {
        let begun = Instant::now();
        places.extend(look_through(part, below, wanting(most, places.len()))?);
        below = part.begin(below);
        if places.len() <= most && below > 1 && started.elapsed() >= longest {
            return Ok(Looked::of(places, most, Some(below)));
        }
        let size = u32::try_from(part.size() / Part::Small.size()).unwrap_or(1);
        let is_aligned = below % Part::Large.size() == 0;
        part = if is_aligned && begun.elapsed() < CHEAP * size { Part::Large } else { Part::Small };
    }
    Ok(Looked::of(places, most, None))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// However soon the time is over, who goes on finds every place once, newest first, and comes to an end.
        #[test]
        fn a_search_that_is_cut_off_is_gone_on_with(
            places in proptest::collection::btree_set(1_i64..700_000, 0..60),
            most in 1_usize..20,
            in_time in any::<bool>(),
        ) {
            let longest = if in_time { Duration::MAX } else { Duration::ZERO };
            let look_through = |part: Part, below: i64, wanting: i64| {
                let there = places.range(part.begin(below).max(1)..below).rev().copied();
                Ok(there.take(usize::try_from(wanting).unwrap()).collect())
            };
            let (mut found, mut below, mut pages) = (Vec::new(), 700_001, 0);
            loop {
                let page = look(below, most, longest, look_through).unwrap();
                prop_assert!(page.places.len() <= most);
                prop_assert!(!(page.is_cut && in_time));
                found.extend(page.places);
                pages += 1;
                match page.next {
                    Some(next) => prop_assert!(next < below),
                    None => break,
                }
                below = page.next.unwrap();
            }
            prop_assert_eq!(found, places.iter().rev().copied().collect::<Vec<_>>());
            // A page for each part, and for each that was full.
            prop_assert!(in_time || pages >= 700_000 / usize::try_from(Part::Small.size()).unwrap());
        }
    }
}
