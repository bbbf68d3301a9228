//! Where deliberation begins: every text with how far its issues are, and how much is under none.

use askama::Template;

use super::PATH;
use crate::db::{AnyConnection, DbResult};
use crate::deliberation::board::model::State;
use crate::deliberation::board::store::{issues, left};
use crate::ids::NormId;
use crate::norms::model::Norm;
use crate::norms::store as norms;
use crate::web::{Ctx, Page};

/// A text in the list.
struct Row {
    norm: Norm,
    address: String,
    /// How many issues it has in each state, in the order of their way.
    counts: Vec<i64>,
    left: String,
}

#[derive(Template)]
#[template(path = "deliberation/overview.html")]
struct OverviewPage<'a> {
    ctx: &'a Ctx,
    rows: Vec<Row>,
    states: Vec<String>,
    /// How many issues wait to be published.
    validated: i64,
}

/// How many comments are left, in words: counting has an end.
pub fn left_in_words(ctx: &Ctx, left: i64) -> String {
    if left > left::MOST_COUNTED { ctx.t1("board-left-more", "most", left::MOST_COUNTED) } else { left.to_string() }
}

/// `GET /secretariat/deliberation`
pub async fn overview(ctx: Ctx) -> Page {
    ctx.staff()?;
    let read = |conn: &mut AnyConnection| -> DbResult<_> {
        let norms = norms::norms(conn)?;
        let mut lefts = Vec::new();
        for norm in &norms {
            lefts.push(left::count(conn, norm.id)?);
        }
        Ok((norms, lefts, issues::counts(conn)?))
    };
    let (norms, lefts, counts) = ctx.site().db().read(read).await?;
    let count = |norm: NormId, state: State| {
        counts.iter().find(|(of, in_state, _)| *of == norm && *in_state == state).map_or(0, |(_, _, count)| *count)
    };
    let row = |(norm, left): (Norm, i64)| Row {
        address: format!("{PATH}/norms/{}", norm.slug),
        counts: State::ALL.iter().map(|state| count(norm.id, *state)).collect(),
        left: left_in_words(&ctx, left),
        norm,
    };
    ctx.page(&OverviewPage {
        ctx: &ctx,
        rows: norms.into_iter().zip(lefts).map(row).collect(),
        states: State::ALL.iter().map(|state| ctx.t(format!("board-state-{state}"))).collect(),
        validated: counts.iter().filter(|(_, state, _)| *state == State::Validated).map(|(.., count)| count).sum(),
    })
}
