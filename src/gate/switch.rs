//! Closing the gate, keeping it closed for longer, opening it.

use chrono::TimeDelta;
use serde_json::json;

use super::model::Standing;
use super::store;
use crate::audit::{self, Act, Actor};
use crate::clock::{Moment, rfc3339};
use crate::db::{AnyConnection, DbError, DbResult};
use crate::epochs::{self, Scope};
use crate::ids::{self, AccountId};

/// Why nothing was switched.
#[derive(Debug, thiserror::Error)]
pub enum SwitchError {
    /// Somebody switched it meanwhile, or it opened by itself.
    #[error("it was switched meanwhile")]
    Changed,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Who switches, what they saw, and why.
#[derive(Debug, Clone)]
pub struct Order {
    /// Somebody of the Secretariat.
    pub by: AccountId,
    /// The version they saw.
    pub expected: i64,
    /// Why: for the audit log, and for whoever looks at the page later.
    pub grounds: String,
}

impl Order {
    /// The version behind the one they saw.
    fn next(&self) -> Result<i64, SwitchError> {
        self.expected.checked_add(1).ok_or(SwitchError::Changed)
    }
}

/// Closes the gate for `hours` from now on; one that is closed stays so, and every pass stays good.
pub fn close(conn: &mut AnyConnection, now: Moment, order: &Order, hours: i64) -> Result<(), SwitchError> {
    let (seen, until) = (store::standing(conn)?, now + TimeDelta::hours(hours));
    let is_closed = seen.is_closed(now);
    let next = Standing {
        version: order.next()?,
        since: seen.since.filter(|_| is_closed).or(Some(now)),
        until: Some(until),
        grounds: order.grounds.clone(),
        key: if is_closed { seen.key } else { ids::random::<32>().to_vec() },
    };
    let action = if is_closed { "gate.renewed" } else { "gate.closed" };
    switch(conn, now, order, &next, action)
}

/// Opens the gate.
pub fn open(conn: &mut AnyConnection, now: Moment, order: &Order) -> Result<(), SwitchError> {
    if !store::standing(conn)?.is_closed(now) {
        return Err(SwitchError::Changed);
    }
    let (version, grounds) = (order.next()?, order.grounds.clone());
    switch(conn, now, order, &Standing { version, grounds, ..Standing::default() }, "gate.opened")
}

fn switch(
    conn: &mut AnyConnection,
    now: Moment,
    order: &Order,
    next: &Standing,
    action: &'static str,
) -> Result<(), SwitchError> {
    if !store::replace(conn, next)? {
        return Err(SwitchError::Changed);
    }
    Ok(tell(conn, now, order, next, action)?)
}

/// Tells the servers and the log.
fn tell(conn: &mut AnyConnection, now: Moment, order: &Order, next: &Standing, action: &'static str) -> DbResult<()> {
    epochs::raise(conn, Scope::Gate)?;
    let detail = json!({ "until": next.until.map(rfc3339), "grounds": order.grounds });
    audit::append(conn, now, Actor::Account(order.by), Act { action, subject: "gate".to_owned(), detail })
}
