//! The SQL of figures. Nothing here reads more than a day of comments or decisions, or more than an index of what waits.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Text, Timestamp};

use super::model::{Counts, Decided, Measure, Summary, Waiting, bounds};
use crate::clock::Moment;
use crate::comments::model::State;
use crate::db::schema::{comment_revisions, comments, day_figures, days_counted, decisions, positions};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, DecisionId, NormId};
use crate::moderation::model::Outcome;

/// Decisions that are read at once.
const PIECE: usize = 5_000;

#[derive(QueryableByName)]
struct OnNorm {
    #[diesel(sql_type = Binary)]
    norm_id: NormId,
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(QueryableByName)]
struct Valued {
    #[diesel(sql_type = Text)]
    measure: String,
    #[diesel(sql_type = Text)]
    value: String,
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(QueryableByName)]
struct OnDay {
    #[diesel(sql_type = Text)]
    day: String,
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// What a day brought: to be asked for a day that is over, or for today so far.
pub fn of_day(conn: &mut AnyConnection, norms: &[NormId], day: NaiveDate) -> DbResult<Counts> {
    let mut counts = Counts::new();
    for norm in norms {
        let n = arrived(conn, *norm, day)?;
        if n > 0 {
            counts.insert((*norm, Measure::Received, String::new()), n);
        }
    }
    let noted_as = [
        (Measure::Withdrawn, "comment.withdrawn"),
        (Measure::Appealed, "comment.appealed"),
        (Measure::Redacted, "comment.redacted"),
        (Measure::RedactionAppealed, "comment.redaction_appealed"),
        (Measure::RedactionUpheld, "comment.redaction_upheld"),
        (Measure::RedactionLifted, "comment.redaction_lifted"),
    ];
    for (measure, action) in noted_as {
        for row in noted(conn, action, day)? {
            counts.insert((row.norm_id, measure, String::new()), row.n);
        }
    }
    let mut after = None;
    loop {
        let page = decided(conn, day, after)?;
        for (_, it) in &page {
            it.add_to(&mut counts);
        }
        after = page.last().map(|(id, it)| (it.at, *id));
        if page.len() < PIECE {
            return Ok(counts);
        }
    }
}

/// How many comments on a text arrived on a day, whatever became of them.
fn arrived(conn: &mut AnyConnection, norm: NormId, day: NaiveDate) -> DbResult<i64> {
    let (from, to) = bounds(day);
    let mut all = 0;
    for state in State::ALL {
        let n: i64 = comments::table
            .filter(comments::state.eq(*state).and(comments::norm_id.eq(norm)))
            .filter(comments::submitted_at.ge(from).and(comments::submitted_at.lt(to)))
            .count()
            .get_result(conn)?;
        all += n;
    }
    Ok(all)
}

/// How often the audit log notes `action` on a comment on a day, by text.
fn noted(conn: &mut AnyConnection, action: &str, day: NaiveDate) -> DbResult<Vec<OnNorm>> {
    let (from, to) = bounds(day);
    Ok(diesel::sql_query(
        "SELECT c.norm_id, COUNT(*) AS n FROM audit_log a JOIN comments c ON c.reference = substr(a.subject, 9) \
         WHERE a.action = $1 AND a.at >= $2 AND a.at < $3 GROUP BY c.norm_id",
    )
    .bind::<Text, _>(action)
    .bind::<Timestamp, _>(from)
    .bind::<Timestamp, _>(to)
    .load(conn)?)
}

type DecidedRow = (DecisionId, NormId, Outcome, Option<String>, AccountId, Moment, Moment, i32);

/// A page of the decisions of a day, in their order.
fn decided(
    conn: &mut AnyConnection,
    day: NaiveDate,
    after: Option<(Moment, DecisionId)>,
) -> DbResult<Vec<(DecisionId, Decided)>> {
    let (from, to) = bounds(day);
    let (from, id) = after.map_or((from, None), |(at, id)| (at, Some(id)));
    let read = comment_revisions::comment_id
        .eq(decisions::comment_id)
        .and(comment_revisions::revision.eq(decisions::revision));
    let mut query = decisions::table
        .inner_join(comments::table.on(comments::id.eq(decisions::comment_id)))
        .inner_join(comment_revisions::table.on(read))
        .filter(decisions::decided_at.ge(from).and(decisions::decided_at.lt(to)).and(decisions::undone_at.is_null()))
        .into_boxed();
    if let Some(id) = id {
        query = query.filter(decisions::decided_at.gt(from).or(decisions::id.gt(id)));
    }
    let rows: Vec<DecidedRow> = query
        .order((decisions::decided_at, decisions::id))
        .limit(i64::try_from(PIECE).unwrap_or(i64::MAX))
        .select((
            decisions::id,
            comments::norm_id,
            decisions::outcome,
            decisions::reason,
            decisions::decided_by,
            decisions::decided_at,
            comment_revisions::created_at,
            decisions::round,
        ))
        .load(conn)?;
    let row = |(id, norm, outcome, reason, by, at, arrived_at, round)| {
        (id, Decided { norm, outcome, reason, by, at, arrived_at, round })
    };
    Ok(rows.into_iter().map(row).collect())
}

/// The last day that was counted.
pub fn last_counted(conn: &mut AnyConnection) -> DbResult<Option<NaiveDate>> {
    let last: Option<String> =
        days_counted::table.order(days_counted::day.desc()).select(days_counted::day).first(conn).optional()?;
    Ok(last.and_then(|day| day.parse().ok()))
}

/// The day on which the first comment arrived.
pub fn first_day(conn: &mut AnyConnection) -> DbResult<Option<NaiveDate>> {
    let mut first: Option<Moment> = None;
    for state in State::ALL {
        let oldest: Option<Moment> = comments::table
            .filter(comments::state.eq(*state))
            .order(comments::submitted_at)
            .select(comments::submitted_at)
            .first(conn)
            .optional()?;
        first = first.into_iter().chain(oldest).min();
    }
    Ok(first.map(|at| at.date()))
}

/// Keeps what a day brought. Fails with [`crate::db::DbError::Taken`] if it was counted before.
pub(super) fn keep(conn: &mut AnyConnection, now: Moment, day: NaiveDate, counts: &Counts) -> DbResult<()> {
    let day = day.to_string();
    diesel::insert_into(days_counted::table)
        .values((days_counted::day.eq(&day), days_counted::counted_at.eq(now)))
        .execute(conn)?;
    for ((norm, measure, value), n) in counts {
        diesel::insert_into(day_figures::table)
            .values((
                day_figures::day.eq(&day),
                day_figures::norm_id.eq(norm),
                day_figures::measure.eq(measure.as_str()),
                day_figures::value.eq(value),
                day_figures::n.eq(n),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// What the counted days from `from` on brought, on one text or on all.
pub fn summary(conn: &mut AnyConnection, norm: Option<NormId>, from: NaiveDate) -> DbResult<Summary> {
    let from = from.to_string();
    let rows: Vec<Valued> = match norm {
        None => diesel::sql_query(
            "SELECT measure, value, CAST(SUM(n) AS BIGINT) AS n FROM day_figures WHERE day >= $1 \
             GROUP BY measure, value",
        )
        .bind::<Text, _>(from)
        .load(conn)?,
        Some(norm) => diesel::sql_query(
            "SELECT measure, value, CAST(SUM(n) AS BIGINT) AS n FROM day_figures WHERE day >= $1 AND norm_id = $2 \
             GROUP BY measure, value",
        )
        .bind::<Text, _>(from)
        .bind::<Binary, _>(norm.as_bytes())
        .load(conn)?,
    };
    let mut summary = Summary::default();
    for row in rows {
        if let Some(measure) = Measure::parse(&row.measure) {
            summary.add(measure, &row.value, row.n);
        }
    }
    Ok(summary)
}

/// How many comments arrived on each of the counted days from `from` on; days without any are left out.
pub fn arrivals(conn: &mut AnyConnection, norm: Option<NormId>, from: NaiveDate) -> DbResult<Vec<(String, i64)>> {
    let from = from.to_string();
    let rows: Vec<OnDay> = match norm {
        None => diesel::sql_query(
            "SELECT day, CAST(SUM(n) AS BIGINT) AS n FROM day_figures WHERE measure = 'received' AND day >= $1 \
             GROUP BY day ORDER BY day",
        )
        .bind::<Text, _>(from)
        .load(conn)?,
        Some(norm) => diesel::sql_query(
            "SELECT day, CAST(SUM(n) AS BIGINT) AS n FROM day_figures WHERE measure = 'received' AND day >= $1 \
             AND norm_id = $2 GROUP BY day ORDER BY day",
        )
        .bind::<Text, _>(from)
        .bind::<Binary, _>(norm.as_bytes())
        .load(conn)?,
    };
    Ok(rows.into_iter().map(|row| (row.day, row.n)).collect())
}

/// What waits in a state, on one text: all of it from one index, without the rows.
pub fn waiting(conn: &mut AnyConnection, state: State, norm: NormId) -> DbResult<Waiting> {
    let all = || comments::table.filter(comments::state.eq(state).and(comments::norm_id.eq(norm)));
    let count: i64 = all().count().get_result(conn)?;
    let mut at = |place: i64| -> DbResult<Option<Moment>> {
        let query = all().order(comments::submitted_at).offset(place).limit(1).select(comments::submitted_at);
        Ok(query.first(conn).optional()?)
    };
    Ok(Waiting { count, oldest: at(0)?, median: at((count - 1).max(0) / 2)? })
}

/// What waits in a state, on every text: from one index, too.
pub fn waiting_everywhere(conn: &mut AnyConnection, state: State) -> DbResult<Waiting> {
    let all = || comments::table.filter(comments::state.eq(state));
    let count: i64 = all().count().get_result(conn)?;
    let mut at = |place: i64| -> DbResult<Option<Moment>> {
        let query = all().order(comments::submitted_at).offset(place).limit(1).select(comments::submitted_at);
        Ok(query.first(conn).optional()?)
    };
    Ok(Waiting { count, oldest: at(0)?, median: at((count - 1).max(0) / 2)? })
}

/// How many different texts there are among published comments.
pub fn unique_texts(conn: &mut AnyConnection) -> DbResult<i64> {
    Ok(positions::table.count().get_result(conn)?)
}
