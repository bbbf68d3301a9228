//! The SQL of the outbox.

use diesel::prelude::*;

use super::model::{ADDRESSES_KEPT, Due, FAREWELL, LEASE, Letter, MOST_ATTEMPTS, MailState, back_off};
use crate::clock::Moment;
use crate::db::schema::outbox;
use crate::db::{AnyConnection, DbResult, kept, straight};
use crate::ids::MailId;

#[derive(Insertable)]
#[diesel(table_name = outbox, treat_none_as_default_value = false)]
struct NewRow {
    id: MailId,
    once_key: String,
    recipient: String,
    subject: String,
    body: String,
    state: MailState,
    attempts: i32,
    due_at: Moment,
    last_error: String,
    created_at: Moment,
}

/// A letter as the Secretariat sees it.
#[derive(Queryable, Selectable)]
#[diesel(table_name = outbox)]
pub struct Stuck {
    /// Which.
    pub id: MailId,
    /// To whom.
    pub recipient: String,
    /// About what.
    pub subject: String,
    /// Waiting or given up.
    pub state: MailState,
    /// How often it was tried.
    pub attempts: i32,
    /// The next try.
    pub due_at: Moment,
    /// What the last try failed with.
    pub last_error: String,
    /// When it was written.
    pub created_at: Moment,
}

/// Queues `letter` in the caller's transaction. A second letter with the same key is an error of the caller: the
/// transaction fails with [`crate::db::DbError::Taken`].
///
/// A letter to nobody, whose address is none, is not queued: authors whose comments came on paper may have no address.
pub fn queue(conn: &mut AnyConnection, now: Moment, letter: Letter) -> DbResult<()> {
    queue_for(conn, now, now, letter)
}

/// [`queue`], to leave at `due` at the earliest.
pub fn queue_for(conn: &mut AnyConnection, now: Moment, due: Moment, letter: Letter) -> DbResult<()> {
    if !letter.to.contains('@') {
        return Ok(());
    }
    let row = NewRow {
        id: MailId::new(),
        once_key: letter.once_key,
        recipient: letter.to,
        subject: letter.subject,
        body: letter.body,
        state: MailState::Queued,
        attempts: 0,
        due_at: due,
        last_error: String::new(),
        created_at: now,
    };
    straight!(conn, diesel::insert_into(outbox::table).values(&row).execute(conn))?;
    Ok(())
}

/// Takes back a letter that no worker has touched yet. `false`: it is on its way or gone, or there is none; nothing was
/// changed.
pub fn take_back(conn: &mut AnyConnection, once_key: &str) -> DbResult<bool> {
    let waits = outbox::state.eq(MailState::Queued).and(outbox::attempts.eq(0));
    let taken = diesel::delete(outbox::table.filter(outbox::once_key.eq(once_key).and(waits))).execute(conn)?;
    Ok(taken == 1)
}

/// Whether a letter waits and no worker has touched it yet.
pub fn is_unread(conn: &mut AnyConnection, once_key: &str) -> DbResult<bool> {
    let waits = outbox::state.eq(MailState::Queued).and(outbox::attempts.eq(0));
    let found = outbox::table.filter(outbox::once_key.eq(once_key).and(waits));
    Ok(diesel::select(diesel::dsl::exists(found)).get_result(conn)?)
}

/// The letters due now, oldest first, without claiming them.
pub fn due(conn: &mut AnyConnection, now: Moment, most: i64) -> DbResult<Vec<MailId>> {
    Ok(outbox::table
        .filter(outbox::state.eq(MailState::Queued).and(outbox::due_at.le(now)))
        .order((outbox::due_at, outbox::id))
        .limit(most)
        .select(outbox::id)
        .load(conn)?)
}

/// Takes those of `ids` that no other worker was quicker to take, for [`LEASE`].
pub fn claim(conn: &mut AnyConnection, now: Moment, ids: &[MailId]) -> DbResult<Vec<Due>> {
    let due = outbox::state.eq(MailState::Queued).and(outbox::due_at.le(now));
    let taken: Vec<(MailId, String, String, String, i32)> =
        diesel::update(outbox::table.filter(outbox::id.eq_any(ids.to_vec())).filter(due))
            .set((outbox::due_at.eq(now + LEASE), outbox::attempts.eq(outbox::attempts + 1)))
            .returning((outbox::id, outbox::recipient, outbox::subject, outbox::body, outbox::attempts))
            .get_results(conn)?;
    let letter = |(id, to, subject, body, attempts)| Due { id, to, subject, body, attempts };
    let mut letters: Vec<Due> = taken.into_iter().map(letter).collect();
    letters.sort_by_key(|letter| ids.iter().position(|id| *id == letter.id));
    Ok(letters)
}

/// Gives a letter back that was claimed as try number `attempts` but not tried: it is due at once.
pub fn give_back(conn: &mut AnyConnection, now: Moment, id: MailId, attempts: i32) -> DbResult<()> {
    diesel::update(held(id, attempts))
        .set((outbox::due_at.eq(now), outbox::attempts.eq(attempts - 1)))
        .execute(conn)?;
    Ok(())
}

/// The letter as try number `attempts` holds it: a worker past its lease changes nothing.
#[diesel::dsl::auto_type]
fn held(id: MailId, attempts: i32) -> _ {
    let queued: MailState = MailState::Queued;
    outbox::table.filter(outbox::id.eq(id)).filter(outbox::state.eq(queued).and(outbox::attempts.eq(attempts)))
}

/// Notes that the receiving server took it on try number `attempts`. Its text goes: it may hold a link or a person's
/// words, and nobody needs it here any more.
pub fn sent(conn: &mut AnyConnection, now: Moment, id: MailId, attempts: i32) -> DbResult<()> {
    let taken = kept!(
        diesel::update(held(id, attempts))
            .set((
                outbox::state.eq(MailState::Sent),
                outbox::sent_at.eq(Some(now)),
                outbox::last_error.eq(""),
                outbox::body.eq(""),
            ))
            .returning(outbox::once_key)
    );
    let once_key: Option<String> = straight!(conn, taken.get_result(conn)).optional()?;
    if once_key.is_some_and(|key| key.starts_with(FAREWELL)) {
        diesel::update(outbox::table.find(id)).set(outbox::recipient.eq("")).execute(conn)?;
    }
    Ok(())
}

/// Drops every letter to `recipient` that was not sent, and takes the address off those that were.
pub fn forget(conn: &mut AnyConnection, recipient: &str) -> DbResult<()> {
    let theirs = outbox::table.filter(outbox::recipient.eq(recipient));
    diesel::delete(theirs.filter(outbox::state.ne(MailState::Sent))).execute(conn)?;
    diesel::update(theirs).set((outbox::recipient.eq(""), outbox::body.eq(""))).execute(conn)?;
    Ok(())
}

/// Takes address and subject off letters that left longer ago than [`ADDRESSES_KEPT`], and throws away those that were
/// given up as long ago; how many. That a letter was sent stays known, so that none is sent twice.
pub fn discard_old(conn: &mut AnyConnection, now: Moment) -> DbResult<usize> {
    let before = now - ADDRESSES_KEPT;
    let old = outbox::state.eq(MailState::Sent).and(outbox::sent_at.le(before)).and(outbox::subject.ne(""));
    let emptied = diesel::update(outbox::table.filter(old))
        .set((outbox::recipient.eq(""), outbox::subject.eq(""), outbox::body.eq("")))
        .execute(conn)?;
    let dead = outbox::state.eq(MailState::Dead).and(outbox::due_at.le(before));
    Ok(emptied + diesel::delete(outbox::table.filter(dead)).execute(conn)?)
}

/// Notes that try number `attempts` failed: again later, or dead if `permanent` or tried often enough.
pub fn failed(
    conn: &mut AnyConnection,
    now: Moment,
    id: MailId,
    attempts: i32,
    error: &str,
    permanent: bool,
) -> DbResult<()> {
    let state = if permanent || attempts >= MOST_ATTEMPTS { MailState::Dead } else { MailState::Queued };
    diesel::update(held(id, attempts))
        .set((outbox::state.eq(state), outbox::due_at.eq(now + back_off(attempts)), outbox::last_error.eq(error)))
        .execute(conn)?;
    Ok(())
}

/// Puts a dead letter back at the start. `false` if it is not dead.
pub fn revive(conn: &mut AnyConnection, now: Moment, id: MailId) -> DbResult<bool> {
    let revived = diesel::update(outbox::table.filter(outbox::id.eq(id)).filter(outbox::state.eq(MailState::Dead)))
        .set((outbox::state.eq(MailState::Queued), outbox::attempts.eq(0), outbox::due_at.eq(now)))
        .execute(conn)?;
    Ok(revived == 1)
}

/// Letters that failed at least once: dead ones first, then those to be tried again; at most a hundred.
pub fn stuck(conn: &mut AnyConnection) -> DbResult<Vec<Stuck>> {
    Ok(outbox::table
        .filter(
            outbox::state.eq(MailState::Dead).or(outbox::state.eq(MailState::Queued).and(outbox::last_error.ne(""))),
        )
        .order((outbox::state, outbox::due_at, outbox::id))
        .limit(100)
        .select(Stuck::as_select())
        .load(conn)?)
}

/// How the outbox stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Post {
    /// Letters that were not sent yet, due or not.
    pub queued: i64,
    /// Of these, the ones that should have left: due, or tried in vain.
    pub due: i64,
    /// When the first of these was written, or was to leave.
    pub oldest_due: Option<Moment>,
    /// Letters that were given up.
    pub dead: i64,
}

/// How the outbox stands at `now`.
pub fn post(conn: &mut AnyConnection, now: Moment) -> DbResult<Post> {
    let queued = outbox::state.eq(MailState::Queued);
    // One that was tried is late since it was written; one that was not, since it was to leave.
    let tried = outbox::table.filter(queued.and(outbox::attempts.gt(0)));
    let untried = outbox::table.filter(queued.and(outbox::attempts.eq(0)).and(outbox::due_at.le(now)));
    let first_tried: Option<Moment> = tried.select(diesel::dsl::min(outbox::created_at)).first(conn)?;
    let first_untried: Option<Moment> = untried.select(diesel::dsl::min(outbox::due_at)).first(conn)?;
    let due: i64 = tried.count().get_result(conn)?;
    Ok(Post {
        queued: count(conn, MailState::Queued)?,
        due: due + untried.count().get_result::<i64>(conn)?,
        oldest_due: first_tried.into_iter().chain(first_untried).min(),
        dead: count(conn, MailState::Dead)?,
    })
}

/// How many letters are in `state`.
pub fn count(conn: &mut AnyConnection, state: MailState) -> DbResult<i64> {
    Ok(outbox::table.filter(outbox::state.eq(state)).count().get_result(conn)?)
}

/// Whether a letter with this key was ever queued.
pub fn is_queued(conn: &mut AnyConnection, once_key: &str) -> DbResult<bool> {
    Ok(diesel::select(diesel::dsl::exists(outbox::table.filter(outbox::once_key.eq(once_key)))).get_result(conn)?)
}

/// Marks every queued letter as sent without sending it, and takes its text away as [`sent`] does. For the demo only,
/// whose people do not exist.
pub fn discard_queued(conn: &mut AnyConnection, now: Moment) -> DbResult<usize> {
    Ok(diesel::update(outbox::table.filter(outbox::state.eq(MailState::Queued)))
        .set((
            outbox::state.eq(MailState::Sent),
            outbox::sent_at.eq(Some(now)),
            outbox::last_error.eq("discarded: demo"),
            outbox::body.eq(""),
        ))
        .execute(conn)?)
}

/// How many letters whose key begins with `kind` were queued for `recipient` since then.
pub fn since(conn: &mut AnyConnection, recipient: &str, kind: &str, since: Moment) -> DbResult<i64> {
    Ok(outbox::table
        .filter(outbox::recipient.eq(recipient).and(outbox::created_at.gt(since)))
        .filter(outbox::once_key.like(format!("{kind}%")))
        .count()
        .get_result(conn)?)
}
