//! The SQL of the audit log.

mod read;
mod verify;

use diesel::prelude::*;

pub use read::lines;
pub use verify::{verify, verify_against};

use super::heads::Head;
use super::model::{Act, Actor, Entry, detail_digest};
use crate::clock::Moment;
use crate::db::schema::{audit_head, audit_log};
use crate::db::{AnyConnection, DbError, DbResult, dialect, kept, straight};
use crate::ids::AccountId;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_log, treat_none_as_default_value = false)]
struct Row {
    seq: i64,
    at: Moment,
    actor: Option<AccountId>,
    action: String,
    subject: String,
    detail: String,
    detail_digest: Vec<u8>,
    hash: Vec<u8>,
}

/// Adds an entry in the caller's transaction. Call it last: on PostgreSQL it holds the head of the chain until the end.
pub fn append(conn: &mut AnyConnection, now: Moment, actor: Actor, act: Act) -> DbResult<()> {
    let (seq, previous) = dialect::lock_audit_head(conn)?;
    let detail = act.detail.to_string();
    let entry = Entry {
        seq: seq + 1,
        at: now,
        actor: actor.account(),
        action: act.action.to_owned(),
        subject: act.subject,
        detail_digest: detail_digest(&detail),
    };
    let hash = entry.hash(&previous).to_vec();
    let head = kept!(
        diesel::update(audit_head::table.filter(audit_head::seq.eq(seq)))
            .set((audit_head::seq.eq(entry.seq), audit_head::hash.eq(&hash)))
            .returning(audit_head::seq)
    );
    let moved: Option<i64> = straight!(conn, head.get_result(conn)).optional()?;
    if moved.is_none() {
        return Err(DbError::Fault("the head of the audit log moved under its lock".into()));
    }
    let row = Row {
        seq: entry.seq,
        at: entry.at,
        actor: entry.actor,
        action: entry.action,
        subject: entry.subject,
        detail,
        detail_digest: entry.detail_digest.to_vec(),
        hash,
    };
    straight!(conn, diesel::insert_into(audit_log::table).values(&row).execute(conn))?;
    Ok(())
}

/// How many entries `subject` has with `action`: one decision, one entry.
pub fn count(conn: &mut AnyConnection, subject: &str, action: &str) -> DbResult<i64> {
    Ok(audit_log::table
        .filter(audit_log::subject.eq(subject).and(audit_log::action.eq(action)))
        .count()
        .get_result(conn)?)
}

/// When the first entry was written.
pub fn began(conn: &mut AnyConnection) -> DbResult<Option<Moment>> {
    Ok(audit_log::table.find(1).select(audit_log::at).first(conn).optional()?)
}

/// The last entry of the chain and its hash.
pub fn head(conn: &mut AnyConnection) -> DbResult<Head> {
    let (seq, hash) = audit_head::table.select((audit_head::seq, audit_head::hash)).first(conn)?;
    Ok(Head { seq, hash })
}
