//! The SQL of backups: which were made, what they have to hold, and what ends when one is restored.

use chrono::TimeDelta;
use diesel::prelude::*;
use serde_json::json;

use super::model::{Made, Remembered};
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::dialect::{self, Alone};
use crate::db::schema::{attachments, backups, half_sessions, passkey_challenges, sessions, tokens};
use crate::db::{AnyConnection, DbResult, Target};
use crate::ids::{AttachmentId, BackupId};

/// How long the portal remembers a backup.
const REMEMBERED: TimeDelta = TimeDelta::days(90);

/// A backup that takes longer was given up: its server was killed.
const LONGEST: TimeDelta = TimeDelta::hours(12);

/// Every file of a comment: its id, and the SHA-256 of its bytes.
pub fn attachments(conn: &mut AnyConnection) -> DbResult<Vec<(String, String)>> {
    let rows: Vec<(AttachmentId, String)> =
        attachments::table.order(attachments::id).select((attachments::id, attachments::sha256)).load(conn)?;
    Ok(rows.into_iter().map(|(id, sha256)| (id.to_string(), sha256)).collect())
}

/// Whether the portal knows this file now. Asked of the running database, past every pool.
pub fn is_attached(target: &Target, id: &str) -> DbResult<bool> {
    let Some(id) = AttachmentId::parse(id) else { return Ok(false) };
    let found = attachments::table.find(id).count().get_result::<i64>(&mut target.connect(true)?)?;
    Ok(found > 0)
}

/// Ends every session, and every sign-in that waits for its code, and makes every open link of a letter useless; how many each.
pub fn sign_everybody_out(conn: &mut AnyConnection, now: Moment) -> DbResult<(usize, usize)> {
    let ended = diesel::delete(sessions::table).execute(conn)?;
    diesel::delete(half_sessions::table).execute(conn)?;
    diesel::delete(passkey_challenges::table).execute(conn)?;
    let open = tokens::table.filter(tokens::spent_at.is_null());
    let spent = diesel::update(open).set(tokens::spent_at.eq(now)).execute(conn)?;
    Ok((ended, spent))
}

/// Notes that a backup was begun because it was time, unless another one was within `every` that did not fail; its id.
pub fn begin_if_due(conn: &mut AnyConnection, now: Moment, every: TimeDelta, name: &str) -> DbResult<Option<BackupId>> {
    dialect::alone(conn, Alone::Backups)?;
    diesel::delete(backups::table.filter(backups::begun_at.lt(now - REMEMBERED))).execute(conn)?;
    let is_recent = backups::by_itself
        .eq(true)
        .and(backups::begun_at.gt(now - every).and(backups::begun_at.le(now)))
        .and(backups::error.eq(""));
    if backups::table.filter(is_recent).count().get_result::<i64>(conn)? > 0 {
        return Ok(None);
    }
    begin(conn, now, true, name).map(Some)
}

/// Notes that a backup was begun; its id.
pub fn begin(conn: &mut AnyConnection, now: Moment, by_itself: bool, name: &str) -> DbResult<BackupId> {
    let id = BackupId::new();
    diesel::insert_into(backups::table)
        .values((
            backups::id.eq(id),
            backups::name.eq(name),
            backups::by_itself.eq(by_itself),
            backups::begun_at.eq(now),
            backups::size.eq(0),
            backups::sha256.eq(""),
            backups::error.eq(""),
        ))
        .execute(conn)?;
    Ok(id)
}

/// Notes how a backup ended; one that was made is in the audit log.
pub fn end(conn: &mut AnyConnection, now: Moment, id: BackupId, made: Result<&Made, &str>) -> DbResult<()> {
    let (size, sha256, error) = match made {
        Ok(made) => (i64::try_from(made.size).unwrap_or(i64::MAX), made.sha256.as_str(), ""),
        Err(error) => (0, "", error),
    };
    diesel::update(backups::table.filter(backups::id.eq(id).and(backups::ended_at.is_null())))
        .set((backups::ended_at.eq(now), backups::size.eq(size), backups::sha256.eq(sha256), backups::error.eq(error)))
        .execute(conn)?;
    if let Ok(made) = made {
        let act = Act {
            action: "backup.made",
            subject: "backup".to_owned(),
            detail: json!({ "sha256": made.sha256, "size": made.size, "head": made.manifest.audit_head }),
        };
        audit::append(conn, now, Actor::Operator, act)?;
    }
    Ok(())
}

/// The last backup that was made, and the last try if that failed since: it says why, or it was given up.
pub fn newest(conn: &mut AnyConnection, now: Moment) -> DbResult<(Option<Remembered>, Option<Remembered>)> {
    let columns = (backups::name, backups::begun_at, backups::ended_at, backups::error);
    let remembered = |(name, begun_at, ended_at, error)| Remembered { name, begun_at, ended_at, error };
    let made = backups::table
        .filter(backups::ended_at.is_not_null().and(backups::error.eq("")))
        .order((backups::begun_at.desc(), backups::id.desc()))
        .select(columns)
        .first(conn)
        .optional()?
        .map(remembered);
    let given_up = backups::ended_at.is_null().and(backups::begun_at.lt(now - LONGEST));
    let failed = backups::table
        .filter(backups::error.ne("").or(given_up))
        .order((backups::begun_at.desc(), backups::id.desc()))
        .select(columns)
        .first(conn)
        .optional()?
        .map(remembered)
        .filter(|failed: &Remembered| made.as_ref().is_none_or(|made| made.begun_at < failed.begun_at));
    Ok((made, failed))
}
