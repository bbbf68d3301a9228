//! The SQL of jobs. Every change of a running job is guarded by its number of attempts: a worker that lost its lease
//! changes nothing.

use diesel::prelude::*;

use super::model::{Job, JobState, LEASE, MOST_ATTEMPTS, back_off};
use crate::clock::Moment;
use crate::db::schema::jobs;
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, JobId};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = jobs, treat_none_as_default_value = false)]
struct Row {
    id: JobId,
    kind: String,
    payload: String,
    state: JobState,
    done: i64,
    total: i64,
    attempts: i32,
    lease_until: Moment,
    requested_by: AccountId,
    result: String,
    created_at: Moment,
    finished_at: Option<Moment>,
}

impl From<Row> for Job {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            payload: row.payload,
            state: row.state,
            done: row.done,
            total: row.total,
            attempts: row.attempts,
            requested_by: row.requested_by,
            result: row.result,
            created_at: row.created_at,
            finished_at: row.finished_at,
        }
    }
}

/// Adds a job in the caller's transaction; it is due at once.
pub fn enqueue(
    conn: &mut AnyConnection,
    now: Moment,
    kind: &str,
    payload: String,
    requested_by: AccountId,
) -> DbResult<JobId> {
    let row = Row {
        id: JobId::new(),
        kind: kind.to_owned(),
        payload,
        state: JobState::Queued,
        done: 0,
        total: 0,
        attempts: 0,
        lease_until: now,
        requested_by,
        result: String::new(),
        created_at: now,
        finished_at: None,
    };
    diesel::insert_into(jobs::table).values(&row).execute(conn)?;
    Ok(row.id)
}

/// The jobs to be begun now, oldest first, without claiming them: those that wait, and those whose server went silent.
pub fn due(conn: &mut AnyConnection, now: Moment, most: i64) -> DbResult<Vec<JobId>> {
    Ok(jobs::table
        .filter(jobs::state.eq_any([JobState::Queued, JobState::Running]))
        .filter(jobs::lease_until.le(now).and(jobs::attempts.lt(MOST_ATTEMPTS)))
        .order((jobs::lease_until, jobs::id))
        .limit(most)
        .select(jobs::id)
        .load(conn)?)
}

/// Takes `id` for [`LEASE`]; `None` if another worker was quicker.
pub fn claim(conn: &mut AnyConnection, now: Moment, id: JobId) -> DbResult<Option<Job>> {
    let target = jobs::table
        .filter(jobs::id.eq(id))
        .filter(jobs::state.eq_any([JobState::Queued, JobState::Running]))
        .filter(jobs::lease_until.le(now).and(jobs::attempts.lt(MOST_ATTEMPTS)));
    let taken = diesel::update(target)
        .set((
            jobs::state.eq(JobState::Running),
            jobs::lease_until.eq(now + LEASE),
            jobs::attempts.eq(jobs::attempts + 1),
            jobs::done.eq(0),
            jobs::total.eq(0),
        ))
        .execute(conn)?;
    if taken == 0 {
        return Ok(None);
    }
    Ok(Some(jobs::table.find(id).select(Row::as_select()).first::<Row>(conn)?.into()))
}

/// The job as this try holds it: the target of every change by its worker.
#[diesel::dsl::auto_type]
fn held(id: JobId, attempt: i32) -> _ {
    let running: JobState = JobState::Running;
    jobs::table.filter(jobs::id.eq(id)).filter(jobs::attempts.eq(attempt).and(jobs::state.eq(running)))
}

/// Says that try `attempt` is alive. `false`: the job is no longer this worker's.
pub fn renew(conn: &mut AnyConnection, now: Moment, id: JobId, attempt: i32) -> DbResult<bool> {
    Ok(diesel::update(held(id, attempt)).set(jobs::lease_until.eq(now + LEASE)).execute(conn)? == 1)
}

/// Notes how far try `attempt` is, and renews its lease. `false`: the job is no longer this worker's.
pub fn progress(
    conn: &mut AnyConnection,
    now: Moment,
    id: JobId,
    attempt: i32,
    done: i64,
    total: i64,
) -> DbResult<bool> {
    let changed = diesel::update(held(id, attempt))
        .set((jobs::done.eq(done), jobs::total.eq(total), jobs::lease_until.eq(now + LEASE)))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Notes that try `attempt` did it, with what came of it. `false`: the job is no longer this worker's.
pub fn finish(conn: &mut AnyConnection, now: Moment, id: JobId, attempt: i32, result: &str) -> DbResult<bool> {
    let changed = diesel::update(held(id, attempt))
        .set((
            jobs::state.eq(JobState::Done),
            jobs::done.eq(jobs::total),
            jobs::result.eq(result),
            jobs::finished_at.eq(Some(now)),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Notes that try `attempt` failed: again later, or failed for good. `false`: the job is no longer this worker's.
pub fn fail(conn: &mut AnyConnection, now: Moment, id: JobId, attempt: i32, error: &str) -> DbResult<bool> {
    let last = attempt >= MOST_ATTEMPTS;
    let changed = diesel::update(held(id, attempt))
        .set((
            jobs::state.eq(if last { JobState::Failed } else { JobState::Queued }),
            jobs::lease_until.eq(now + back_off(attempt)),
            jobs::result.eq(error),
            jobs::finished_at.eq(last.then_some(now)),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Whether a server went silent on the last try of a job.
pub fn any_silent(conn: &mut AnyConnection, now: Moment) -> DbResult<bool> {
    Ok(diesel::select(diesel::dsl::exists(silent(now))).get_result(conn)?)
}

#[diesel::dsl::auto_type]
fn silent(now: Moment) -> _ {
    let (running, last): (JobState, i32) = (JobState::Running, MOST_ATTEMPTS);
    jobs::table.filter(jobs::state.eq(running)).filter(jobs::lease_until.le(now).and(jobs::attempts.ge(last)))
}

/// Gives up the jobs whose server went silent on their last try; returns how many.
pub fn give_up_silent(conn: &mut AnyConnection, now: Moment, error: &str) -> DbResult<usize> {
    Ok(diesel::update(silent(now))
        .set((jobs::state.eq(JobState::Failed), jobs::result.eq(error), jobs::finished_at.eq(Some(now))))
        .execute(conn)?)
}

/// The job with this id, if it is of this kind.
pub fn by_id(conn: &mut AnyConnection, kind: &str, id: JobId) -> DbResult<Option<Job>> {
    let row = jobs::table
        .filter(jobs::id.eq(id).and(jobs::kind.eq(kind)))
        .select(Row::as_select())
        .first::<Row>(conn)
        .optional()?;
    Ok(row.map(Job::from))
}

/// The newest jobs of a kind, newest first.
pub fn newest(conn: &mut AnyConnection, kind: &str, most: i64) -> DbResult<Vec<Job>> {
    let rows = jobs::table
        .filter(jobs::kind.eq(kind))
        .order((jobs::created_at.desc(), jobs::id.desc()))
        .limit(most)
        .select(Row::as_select())
        .load::<Row>(conn)?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// How the long work stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Backlog {
    /// Jobs that wait or are under way.
    pub open: i64,
    /// Of these, the ones that nobody takes up.
    pub late: i64,
    /// Jobs that failed lately.
    pub failed: i64,
}

/// How the long work stands: late is what was due before `late`, failed counts from `failed_since` on.
pub fn backlog(conn: &mut AnyConnection, late: Moment, failed_since: Moment) -> DbResult<Backlog> {
    let open = || jobs::table.filter(jobs::state.eq_any([JobState::Queued, JobState::Running]));
    let failed = jobs::table.filter(jobs::state.eq(JobState::Failed).and(jobs::finished_at.ge(failed_since)));
    Ok(Backlog {
        open: open().count().get_result(conn)?,
        late: open().filter(jobs::lease_until.le(late)).count().get_result(conn)?,
        failed: failed.count().get_result(conn)?,
    })
}
