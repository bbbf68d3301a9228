//! The SQL of flags.

use chrono::{DurationRound as _, TimeDelta};
use diesel::prelude::*;

use super::model::{Flag, Raised};
use crate::clock::Moment;
use crate::db::schema::{arrival_spans, comment_flags};
use crate::db::{AnyConnection, DbResult, straight};
use crate::ids::{CommentId, NormId};

/// How long a span is that arrivals are counted in.
pub const SPAN: TimeDelta = TimeDelta::minutes(10);

/// How long spans are kept: a burst is measured against the day before it.
const KEPT: TimeDelta = TimeDelta::hours(48);

/// Replaces the flags of a comment.
pub(super) fn put(conn: &mut AnyConnection, comment: CommentId, raised: &[Raised]) -> DbResult<()> {
    let before = diesel::delete(comment_flags::table.filter(comment_flags::comment_id.eq(comment)));
    straight!(conn, before.execute(conn))?;
    for it in raised {
        let row = diesel::insert_into(comment_flags::table).values((
            comment_flags::comment_id.eq(comment),
            comment_flags::flag.eq(it.flag),
            comment_flags::detail.eq(&it.detail),
        ));
        straight!(conn, row.execute(conn))?;
    }
    Ok(())
}

/// The flags of a comment that do not come from its words: a correction keeps them.
pub(super) fn kept(conn: &mut AnyConnection, comment: CommentId) -> DbResult<Vec<Raised>> {
    let circumstances = [Flag::Burst, Flag::SharedAddress];
    let all = of(conn, &[comment])?.into_iter().map(|(_, it)| it);
    Ok(all.filter(|it| circumstances.contains(&it.flag)).collect())
}

/// The flags of these comments.
pub fn of(conn: &mut AnyConnection, ids: &[CommentId]) -> DbResult<Vec<(CommentId, Raised)>> {
    let rows: Vec<(CommentId, Flag, String)> = comment_flags::table
        .filter(comment_flags::comment_id.eq_any(ids.to_vec()))
        .order((comment_flags::comment_id, comment_flags::flag))
        .select((comment_flags::comment_id, comment_flags::flag, comment_flags::detail))
        .load(conn)?;
    Ok(rows.into_iter().map(|(comment, flag, detail)| (comment, Raised { flag, detail })).collect())
}

/// The beginning of the ten minutes, by the clock, that `at` lies in.
pub(super) fn span_of(at: Moment) -> Moment {
    at.duration_trunc(SPAN).unwrap_or(at)
}

/// How many comments came on one text in the ten minutes, by the clock, that begin at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    norm: NormId,
    begins_at: Moment,
    /// In these ten minutes.
    pub arrived: i64,
    /// In the day before them.
    pub before: i64,
    is_new: bool,
}

/// The span that `at` lies in, as far as it is counted.
pub(super) fn span(conn: &mut AnyConnection, norm: NormId, at: Moment) -> DbResult<Span> {
    let begins_at = span_of(at);
    let known: Option<i64> =
        arrival_spans::table.find((norm, begins_at)).select(arrival_spans::arrived).first(conn).optional()?;
    let day_before = arrival_spans::begins_at.lt(begins_at);
    let before: Vec<i64> = arrival_spans::table
        .filter(arrival_spans::norm_id.eq(norm))
        .filter(day_before.and(arrival_spans::begins_at.ge(begins_at - TimeDelta::days(1))))
        .select(arrival_spans::arrived)
        .load(conn)?;
    let before = before.into_iter().sum();
    Ok(Span { norm, begins_at, arrived: known.unwrap_or_default(), before, is_new: known.is_none() })
}

/// Keeps what was counted. One server at a time counts.
pub(super) fn keep(conn: &mut AnyConnection, it: Span) -> DbResult<()> {
    if it.is_new {
        diesel::insert_into(arrival_spans::table)
            .values((
                arrival_spans::norm_id.eq(it.norm),
                arrival_spans::begins_at.eq(it.begins_at),
                arrival_spans::arrived.eq(it.arrived),
            ))
            .execute(conn)?;
    } else {
        diesel::update(arrival_spans::table.find((it.norm, it.begins_at)))
            .set(arrival_spans::arrived.eq(it.arrived))
            .execute(conn)?;
    }
    Ok(())
}

/// Throws away spans that nothing is measured against any more; how many there were.
pub fn discard_old(conn: &mut AnyConnection, now: Moment) -> DbResult<usize> {
    Ok(diesel::delete(arrival_spans::table.filter(arrival_spans::begins_at.le(now - KEPT))).execute(conn)?)
}
