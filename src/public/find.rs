//! Finds published comments by words and by what they are counted by, newest first, a page at a time. What a question may
//! cost is bounded: it looks through the index a part at a time and stops when its time is over, to be gone on with.

use std::time::{Duration, Instant};

use super::store;
use crate::comments::model::Comment;
use crate::comments::record::model::{Facet, facet_token, norm_token};
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
    let mut below = below.unwrap_or(i64::MAX).min(store::newest(conn)?.saturating_add(1));
    let started = Instant::now();
    let mut places: Vec<i64> = Vec::new();
    let mut is_cut = false;
    let mut part = Part::Small;
    while places.len() <= most && below > 1 {
        if started.elapsed() >= LONGEST {
            is_cut = true;
            break;
        }
        let wanting = i64::try_from(most + 1 - places.len()).unwrap_or(i64::MAX);
        if phrases.is_empty() {
            places.extend(store::places(conn, None, Some(below), wanting)?);
            break;
        }
        let begun = Instant::now();
        places.extend(search::find(conn, &phrases, below, part, wanting)?);
        below = part.begin(below);
        let size = u32::try_from(part.size() / Part::Small.size()).unwrap_or(1);
        let is_aligned = below % Part::Large.size() == 0;
        part = if is_aligned && begun.elapsed() < CHEAP * size { Part::Large } else { Part::Small };
    }
    let next = if places.len() > most {
        places.truncate(most);
        places.last().copied()
    } else {
        is_cut.then_some(below)
    };
    Ok(Found { comments: store::at_places(conn, &places)?, next, is_cut: is_cut && places.len() < most })
}
