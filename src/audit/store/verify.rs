//! Checks the chain, a page of entries at a time.

use diesel::prelude::*;

use super::{Row, head};
use crate::audit::heads::Head;
use crate::audit::model::{Broken, Checked, Entry, detail_digest};
use crate::db::schema::audit_log;
use crate::db::{AnyConnection, DbResult};

/// Entries that are read at once: memory does not grow with the log.
const PAGE: i64 = 1_000;

/// Walks the whole chain and checks each entry against its hash, its detail and the one before.
pub fn verify(conn: &mut AnyConnection) -> DbResult<Result<Checked, Broken>> {
    verify_against(conn, &[])
}

/// [`verify`], and checks that the chain passes through each of `known`, heads that were kept elsewhere: a log that was
/// made anew from some entry on holds in itself, but does not pass through them.
pub fn verify_against(conn: &mut AnyConnection, known: &[Head]) -> DbResult<Result<Checked, Broken>> {
    let end = head(conn)?;
    let mut known: Vec<&Head> = known.iter().filter(|head| head.seq > 0).collect();
    known.sort_by_key(|head| head.seq);
    let mut walk = Walk { seq: 0, hash: vec![0; 32], passed: 0, known: known.into_iter().peekable(), heads: 0 };
    loop {
        let rows: Vec<Row> = audit_log::table
            .filter(audit_log::seq.gt(walk.seq))
            .order(audit_log::seq)
            .limit(PAGE)
            .select(Row::as_select())
            .load(conn)?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            if let Err(broken) = walk.step(row) {
                return Ok(Err(broken));
            }
        }
    }
    Ok(walk.end(&end))
}

/// How far the walk is.
struct Walk<'h, I: Iterator<Item = &'h Head>> {
    /// The last entry that was checked, and its hash.
    seq: i64,
    hash: Vec<u8>,
    /// The last known head that the chain passed through.
    passed: i64,
    /// Known heads that lie ahead.
    known: std::iter::Peekable<I>,
    /// How many known heads it passed through.
    heads: usize,
}

impl<'h, I: Iterator<Item = &'h Head>> Walk<'h, I> {
    fn step(&mut self, row: Row) -> Result<(), Broken> {
        if row.seq != self.seq + 1 {
            return Err(Broken::Missing(self.seq + 1));
        }
        self.seq = row.seq;
        self.hash = intact(row, &self.hash)?;
        while let Some(head) = self.known.next_if(|head| head.seq == self.seq) {
            if head.hash != self.hash {
                return Err(Broken::Rebuilt { seq: self.seq, after: self.passed });
            }
            (self.passed, self.heads) = (self.seq, self.heads + 1);
        }
        Ok(())
    }

    fn end(mut self, end: &Head) -> Result<Checked, Broken> {
        let expected = self.known.by_ref().map(|head| head.seq).last().unwrap_or_default().max(end.seq);
        if self.seq != expected {
            return Err(Broken::Cut { found: self.seq, expected });
        }
        if self.hash != end.hash {
            return Err(Broken::Altered(self.seq));
        }
        Ok(Checked { entries: self.seq, head: hex::encode(self.hash), heads: self.heads })
    }
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
