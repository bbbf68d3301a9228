//! Finds the proposals of one section that fit what was chosen, in text order, a page at a time. What one page may cost is
//! bounded: it stops looking after so many, to be gone on with.

use super::filters::{Tallies, tally};
use super::model::{PositionCursor, View};
use super::store::{self, Position};
use crate::comments::model::Kind;
use crate::comments::record::model::Facet;
use crate::db::{AnyConnection, DbResult};
use crate::ids::{NormId, PositionId};

/// Proposals on a page of a section.
const PAGE: usize = 10;
/// Proposals looked at in one step where several things are chosen by.
const STEP: usize = 200;
/// The most proposals looked at for a page.
const MOST_POSITIONS: usize = 2_000;
/// The most comments behind them.
const MOST_COMMENTS: i64 = 20_000;
/// A proposal of more comments than this is not looked through: whether one of them fits is looked up by every combination
/// of values that its comments have, and of those there are a few thousand at the most.
const MANY: i64 = 2_000;

/// A page of a section.
#[derive(Debug, Default)]
pub struct Looked {
    /// In text order.
    pub positions: Vec<Position>,
    /// Where the next page begins; `None`: there is no more.
    pub next: Option<PositionCursor>,
    /// Whether the page is not full because enough was looked at: there may be more from `next` on.
    pub is_cut: bool,
}

impl Looked {
    /// A page of `positions`, of which one too many says that there are more.
    fn page(mut positions: Vec<Position>) -> Self {
        let has_more = positions.len() > PAGE;
        positions.truncate(PAGE);
        let next = positions.last().filter(|_| has_more).map(Position::cursor);
        Self { positions, next, is_cut: false }
    }
}

fn rows(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The page of the section of `kind` that `view` is at.
pub fn look(conn: &mut AnyConnection, norm: NormId, kind: Kind, view: &View, tallies: &Tallies) -> DbResult<Looked> {
    let after = view.after(kind);
    let choices: Vec<(Facet, String)> =
        view.choices.iter().filter(|(facet, _)| *facet != Facet::Kind).cloned().collect();
    let rarest = choices.iter().min_by_key(|(facet, value)| tally(tallies, *facet, value));
    match rarest {
        None => Ok(Looked::page(store::positions(conn, norm, kind, after, rows(PAGE + 1))?)),
        Some((facet, value)) if choices.len() == 1 => {
            let found = store::positions_with(conn, norm, kind, (*facet, value), after, rows(PAGE + 1))?;
            Ok(Looked::page(found))
        }
        Some(rarest) => look_on(conn, (norm, kind), rarest, &choices, after),
    }
}

/// Goes through the proposals that the rarest choice leaves, and keeps those that fit the others too.
fn look_on(
    conn: &mut AnyConnection,
    (norm, kind): (NormId, Kind),
    rarest: &(Facet, String),
    choices: &[(Facet, String)],
    mut after: Option<PositionCursor>,
) -> DbResult<Looked> {
    let mut found = Vec::new();
    let (mut looked_at, mut comments) = (0, 0);
    loop {
        let mut step = store::positions_with(conn, norm, kind, (rarest.0, &rarest.1), after, rows(STEP))?;
        let mut is_last = step.len() < STEP;
        let room = within(&step, MOST_COMMENTS - comments);
        if room < step.len() {
            step.truncate(room);
            is_last = false;
        }
        looked_at += step.len();
        comments += step.iter().map(cost).sum::<i64>();
        after = step.last().map(Position::cursor).or(after);
        let fitting = fitting(conn, &step, rarest, choices, MANY)?;
        found.extend(step.into_iter().filter(|position| fitting.contains(&position.id)));
        if is_last || found.len() > PAGE {
            return Ok(Looked::page(found));
        }
        if looked_at >= MOST_POSITIONS || comments >= MOST_COMMENTS {
            return Ok(Looked { is_cut: found.len() < PAGE, positions: found, next: after });
        }
    }
}

/// How many comments are looked at for a proposal, or combinations looked up in their stead.
fn cost(position: &Position) -> i64 {
    position.comments.min(MANY)
}

/// How many of `step` cost at most `most` together; at least one, so that a page always goes on.
fn within(step: &[Position], most: i64) -> usize {
    let mut sum = 0;
    let fit = step.iter().take_while(|position| {
        sum += cost(position);
        sum <= most
    });
    fit.count().max(1)
}

/// Those of `step` that fit every choice: what is chosen of the comment, one and the same comment has. One of more than
/// `many` comments is not looked through.
pub fn fitting(
    conn: &mut AnyConnection,
    step: &[Position],
    rarest: &(Facet, String),
    choices: &[(Facet, String)],
    many: i64,
) -> DbResult<Vec<PositionId>> {
    let mut ids: Vec<PositionId> = step.iter().map(|position| position.id).collect();
    for (facet, value) in choices.iter().filter(|choice| *choice != rarest) {
        ids = store::having(conn, &ids, *facet, value)?;
    }
    let of_comment = |(facet, _): &&(Facet, String)| {
        matches!(facet, Facet::Group | Facet::Country | Facet::Concern | Facet::Language)
    };
    let of_comment: Vec<(Facet, String)> = choices.iter().filter(of_comment).cloned().collect();
    if of_comment.len() < 2 || ids.is_empty() {
        return Ok(ids);
    }
    let is_large = |id: &PositionId| step.iter().any(|position| position.id == *id && position.comments > many);
    let (large, small): (Vec<_>, Vec<_>) = ids.into_iter().partition(is_large);
    let mut said = store::said_by_one(conn, &small, &of_comment)?;
    for id in large {
        if store::one_of_many_says(conn, id, &of_comment)? {
            said.push(id);
        }
    }
    Ok(said)
}
