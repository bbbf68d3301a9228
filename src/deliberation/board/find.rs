//! Finds accepted comments that could be under an issue: by what it is about, by words, or among those under none. Whatever
//! is asked, a bounded number of rows is looked at; then the page says from where on to go on.

use super::model::{About, Issue};
use super::store::left::{self, Spot};
use crate::clock;
use crate::comments::body::Body;
use crate::comments::model::{Comment, Kind};
use crate::comments::record::find::{Wanted, find};
use crate::comments::record::holds::holds;
use crate::comments::record::query;
use crate::db::dialect::search::Phrases;
use crate::db::{AnyConnection, DbResult, words};
use crate::ids::CommentId;
use crate::web::paging::{self, Cursor, ROWS};

words! {
    /// How comments are looked for.
    How {
        /// By what the issue is about.
        About = "about",
        /// By words: those that everyone may read, on all texts; behind them those on the text of the issue that are for
        /// the Commission alone.
        Search = "search",
        /// Those under no issue, the oldest first.
        Left = "left",
    }
}

/// How many rows are looked at for one page.
const LOOKED_AT: i64 = 500;

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// The comments.
    pub comments: Vec<Comment>,
    /// From where on to go on, as an address says it; empty: there is no more.
    pub next: String,
    /// Whether the page is not full because enough was looked at.
    pub is_cut: bool,
}

/// The comments of a page. `None`: the place to go on from is none of ours.
pub fn page(conn: &mut AnyConnection, issue: &Issue, how: How, words: &str, after: &str) -> DbResult<Option<Found>> {
    match how {
        How::About => match spot(after) {
            Ok(after) => by_about(conn, issue, after).map(Some),
            Err(()) => Ok(None),
        },
        How::Search => match place(after) {
            Ok(place) => by_words(conn, issue, words, place).map(Some),
            Err(()) => Ok(None),
        },
        How::Left => match cursor(after) {
            Ok(after) => under_none(conn, issue, after).map(Some),
            Err(()) => Ok(None),
        },
    }
}

/// Comments that touch the same words, propose the same lever, or speak of the whole.
fn by_about(conn: &mut AnyConnection, issue: &Issue, after: Option<Spot>) -> DbResult<Found> {
    let (kind, up_to) = match &issue.about {
        About::Words { last, .. } => (Kind::Wording, i32::try_from(*last).unwrap_or(i32::MAX)),
        About::Lever { .. } => (Kind::Lever, 0),
        About::Whole => (Kind::General, 0),
    };
    let looked_at = left::before_word(conn, issue.norm, (kind, up_to), after, LOOKED_AT)?;
    let is_end = i64::try_from(looked_at.len()).unwrap_or(i64::MAX) < LOOKED_AT;
    let mut found = Found::default();
    for (spot, comment) in looked_at {
        let last = name(spot);
        if !touches(issue, &comment) {
            found.next = last;
            continue;
        }
        if found.comments.len() == ROWS {
            return Ok(found);
        }
        found.comments.push(comment);
        found.next = last;
    }
    if is_end {
        found.next.clear();
    } else {
        found.is_cut = true;
    }
    Ok(found)
}

/// Whether a comment is about what the issue is about.
fn touches(issue: &Issue, comment: &Comment) -> bool {
    match (&issue.about, &comment.body) {
        (About::Words { first, last, .. }, Body::Wording(it)) => {
            let is_same_text = comment.text_version_id == issue.version_of_text;
            is_same_text && it.anchor.first_word <= *last && it.anchor.last_word >= *first
        }
        (About::Lever { actor, instrument }, Body::Lever(it)) => {
            it.actor == *actor && (instrument.is_empty() || it.instrument == *instrument)
        }
        (About::Whole, Body::General(_)) => true,
        _ => false,
    }
}

/// Where a search by words goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Among comments that everyone may read, below this place of the record.
    Open(Option<i64>),
    /// Among those for the Commission alone, behind this one.
    Closed(Option<Cursor<CommentId>>),
}

/// Begins the place of a search among comments for the Commission alone.
const CLOSED: &str = "c";

fn by_words(conn: &mut AnyConnection, issue: &Issue, words: &str, place: Place) -> DbResult<Found> {
    let phrases = query::parse(words).phrases;
    if phrases.is_empty() {
        return Ok(Found::default());
    }
    let below = match place {
        Place::Open(below) => below,
        Place::Closed(after) => return closed_by_words(conn, issue, &phrases, after, Found::default()),
    };
    let open = find(conn, &Wanted { phrases: phrases.clone(), ..Wanted::default() }, below, ROWS)?;
    let is_full = open.comments.len() == ROWS;
    let found = Found {
        comments: open.comments.into_iter().map(|(_, comment)| comment).collect(),
        next: match open.next {
            Some(place) => place.to_string(),
            None if is_full => CLOSED.to_owned(),
            None => String::new(),
        },
        is_cut: open.is_cut,
    };
    if found.next.is_empty() { closed_by_words(conn, issue, &phrases, None, found) } else { Ok(found) }
}

/// Comments for the Commission alone are in no index: their texts are read, a bounded number of them, and what fits is put
/// behind what was `found`.
fn closed_by_words(
    conn: &mut AnyConnection,
    issue: &Issue,
    phrases: &Phrases,
    after: Option<Cursor<CommentId>>,
    mut found: Found,
) -> DbResult<Found> {
    let looked_at = left::closed(conn, issue.norm, after, LOOKED_AT)?;
    let is_end = i64::try_from(looked_at.len()).unwrap_or(i64::MAX) < LOOKED_AT;
    for comment in looked_at {
        let last = Cursor { at: comment.submitted_at, id: comment.id };
        if holds(&comment, phrases) {
            if found.comments.len() == ROWS {
                return Ok(found);
            }
            found.comments.push(comment);
        }
        found.next = format!("{CLOSED}{}", last.encode());
    }
    if is_end {
        found.next.clear();
    } else {
        found.is_cut = true;
    }
    Ok(found)
}

fn under_none(conn: &mut AnyConnection, issue: &Issue, after: Option<Cursor<CommentId>>) -> DbResult<Found> {
    let mut comments = left::listed(conn, issue.norm, after)?;
    let next = paging::cut(&mut comments, |it| Cursor { at: it.submitted_at, id: it.id });
    Ok(Found { comments, next: next.map(|cursor| cursor.encode()).unwrap_or_default(), is_cut: false })
}

fn name(Spot { place, at, id }: Spot) -> String {
    format!("{place}.{}.{id}", clock::micros(at))
}

fn spot(text: &str) -> Result<Option<Spot>, ()> {
    if text.is_empty() {
        return Ok(None);
    }
    let mut parts = text.splitn(3, '.');
    let mut next = || parts.next().ok_or(());
    let place = next()?.parse().map_err(|_| ())?;
    let at = paging::moment(next()?).ok_or(())?;
    let id = CommentId::parse(next()?).ok_or(())?;
    Ok(Some(Spot { place, at, id }))
}

fn place(text: &str) -> Result<Place, ()> {
    if let Some(after) = text.strip_prefix(CLOSED) {
        return cursor(after).map(Place::Closed);
    }
    if text.is_empty() {
        return Ok(Place::Open(None));
    }
    text.parse().ok().filter(|place| *place > 0).map(|place| Place::Open(Some(place))).ok_or(())
}

fn cursor(text: &str) -> Result<Option<Cursor<CommentId>>, ()> {
    if text.is_empty() {
        return Ok(None);
    }
    paging::decode(text, CommentId::parse).map(Some).ok_or(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_survive_their_address_and_others_are_refused() {
        let known = Spot { place: 7, at: clock::from_micros(1_547_769_599_123_456), id: CommentId::new() };
        assert_eq!(spot(&name(known)), Ok(Some(known)));
        assert_eq!(spot(""), Ok(None));
        for wrong in ["7", "7.1", "x.1.y", "7.1.1.1", "..", "7.99999999999999999999.x"] {
            assert_eq!(spot(wrong), Err(()), "{wrong}");
        }
        assert_eq!((place("12"), place("")), (Ok(Place::Open(Some(12))), Ok(Place::Open(None))));
        let cursor = Cursor { at: known.at, id: known.id };
        assert_eq!(place(&format!("c{}", cursor.encode())), Ok(Place::Closed(Some(cursor))));
        assert_eq!(place("c"), Ok(Place::Closed(None)));
        for wrong in ["-1", "0", "x", "cx", "c12"] {
            assert_eq!(place(wrong), Err(()), "{wrong}");
        }
    }
}
