//! The SQL of the audit log.

use diesel::prelude::*;

use super::model::{Act, Actor, Broken, Checked, Entry, detail_digest};
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

/// Walks the whole chain, a thousand entries at a time, and checks each against its hash, its detail and the one before.
pub fn verify(conn: &mut AnyConnection) -> DbResult<Result<Checked, Broken>> {
    let (head_seq, head_hash): (i64, Vec<u8>) =
        audit_head::table.select((audit_head::seq, audit_head::hash)).first(conn)?;
    let mut previous = vec![0; 32];
    let mut last = 0;
    loop {
        let rows: Vec<Row> = audit_log::table
            .filter(audit_log::seq.gt(last))
            .order(audit_log::seq)
            .limit(1000)
            .select(Row::as_select())
            .load(conn)?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            if row.seq != last + 1 {
                return Ok(Err(Broken::Missing(last + 1)));
            }
            last = row.seq;
            match intact(row, &previous) {
                Ok(hash) => previous = hash,
                Err(broken) => return Ok(Err(broken)),
            }
        }
    }
    if last != head_seq {
        return Ok(Err(Broken::Cut { found: last, expected: head_seq }));
    }
    if previous != head_hash {
        return Ok(Err(Broken::Altered(last)));
    }
    Ok(Ok(Checked { entries: last, head: hex::encode(previous) }))
}

fn intact(row: Row, previous: &[u8]) -> Result<Vec<u8>, Broken> {
    let digest = detail_digest(&row.detail);
    let entry = Entry {
        seq: row.seq,
        at: row.at,
        actor: row.actor,
        action: row.action,
        subject: row.subject,
        detail_digest: digest,
    };
    let hash = entry.hash(previous).to_vec();
    if row.detail_digest == digest && row.hash == hash { Ok(hash) } else { Err(Broken::Altered(row.seq)) }
}
