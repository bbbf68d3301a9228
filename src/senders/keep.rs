//! Making a mark, and noting whose it is.

use std::net::IpAddr;

use super::model::{Mark, day};
use super::store;
use crate::clock::Moment;
use crate::db::{Db, DbError, DbResult};
use crate::ids::{self, AccountId};

/// The mark of `ip` today. The first of a day makes its key.
pub async fn mark(db: &Db, now: Moment, ip: IpAddr) -> DbResult<Mark> {
    let today = day(now);
    let asked = today.clone();
    if let Some(key) = db.read(move |conn| store::key(conn, &asked)).await? {
        return Ok(Mark::of(&key, ip));
    }
    let (asked, key) = (today.clone(), ids::random::<32>());
    match db.write(move |conn| store::put_key(conn, now, &asked, &key)).await {
        Ok(()) => Ok(Mark::of(&key, ip)),
        Err(DbError::Taken(why)) => {
            let other = db.read(move |conn| store::key(conn, &today)).await?;
            other.map(|key| Mark::of(&key, ip)).ok_or(DbError::Taken(why))
        }
        Err(error) => Err(error),
    }
}

/// Notes that `account` sends something from `ip`.
pub async fn note(db: &Db, now: Moment, ip: IpAddr, account: AccountId) -> DbResult<()> {
    let mark = mark(db, now, ip).await?;
    match db.write(move |conn| store::note(conn, now, &mark, account)).await {
        // Noted at the same moment.
        Err(DbError::Taken(_)) => Ok(()),
        noted => noted,
    }
}
