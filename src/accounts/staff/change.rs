//! Gives and takes roles, suspends and reinstates, takes invitations back: each effective at once, with its grounds, a
//! letter to the person and an audit entry.

use serde_json::json;

use super::model::{Grounds, Order, Person};
use super::{mail, store};
use crate::accounts::factor;
use crate::accounts::invite::Invitation;
use crate::accounts::model::Purpose;
use crate::accounts::store as accounts;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::{self, AccountId};
use crate::mail as post;
use crate::web::Role;

/// Why everything stays as it was.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// Whoever orders it does not, or no longer, belong to the Secretariat.
    #[error("not the Secretariat's")]
    NotSecretariat,
    /// Nobody decides about themselves.
    #[error("one's own place")]
    Oneself,
    /// There is no such person, or no such invitation.
    #[error("nobody there")]
    Unknown,
    /// The person was changed since the page was shown, or is as asked for already.
    #[error("changed meanwhile")]
    Changed,
    /// A role for somebody who never confirmed their address.
    #[error("not confirmed")]
    Unconfirmed,
    /// Nobody of the Secretariat would be left.
    #[error("the last of the Secretariat")]
    LastOfSecretariat,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// The person that `order` is about, if whoever gives it may. Until the end of this transaction nobody else can take a
/// role or a place from anybody of the Secretariat.
fn open(conn: &mut AnyConnection, order: &Order) -> Result<Person, ChangeError> {
    store::hold_secretariat(conn)?;
    may(conn, order.by)?;
    let person = store::person_by_id(conn, order.whom)?.ok_or(ChangeError::Unknown)?;
    if order.by == order.whom {
        return Err(ChangeError::Oneself);
    }
    if person.account.version == order.expected { Ok(person) } else { Err(ChangeError::Changed) }
}

/// Whether `by` belongs to the Secretariat now.
pub fn may(conn: &mut AnyConnection, by: AccountId) -> Result<(), ChangeError> {
    let is_secretariat = store::person_by_id(conn, by)?.is_some_and(|it| it.is_secretariat());
    if is_secretariat { Ok(()) } else { Err(ChangeError::NotSecretariat) }
}

/// Fails if the change just made leaves nobody who could undo it.
fn somebody_is_left(conn: &mut AnyConnection) -> Result<(), ChangeError> {
    if store::count_secretariat(conn)? > 0 { Ok(()) } else { Err(ChangeError::LastOfSecretariat) }
}

/// Gives the person another role and ends their sessions: they sign in anew, to what the new role may.
pub fn role(conn: &mut AnyConnection, now: Moment, order: &Order, role: Role, origin: &str) -> Result<(), ChangeError> {
    let person = open(conn, order)?;
    let was = person.account.role;
    if was == role {
        return Err(ChangeError::Changed);
    }
    if role.is_staff() && person.account.confirmed_at.is_none() {
        return Err(ChangeError::Unconfirmed);
    }
    if !store::set_role(conn, order.whom, order.expected, role)? {
        return Err(ChangeError::Changed);
    }
    somebody_is_left(conn)?;
    accounts::end_sessions(conn, order.whom, &[])?;
    post::queue(conn, now, mail::role_changed(&person, role, &order.grounds, origin))?;
    let detail = json!({ "role": role.as_str(), "was": was.as_str() });
    Ok(note(conn, now, order, "account.role_changed", detail)?)
}

/// Signs the person out everywhere; they can't sign in until they are reinstated.
pub fn suspend(conn: &mut AnyConnection, now: Moment, order: &Order, origin: &str) -> Result<(), ChangeError> {
    let person = open(conn, order)?;
    let is_done = person.suspended_at.is_none() && store::set_suspended(conn, order.whom, order.expected, Some(now))?;
    if !is_done {
        return Err(ChangeError::Changed);
    }
    somebody_is_left(conn)?;
    accounts::end_sessions(conn, order.whom, &[])?;
    accounts::end_tokens(conn, now, order.whom)?;
    post::queue(conn, now, mail::suspended(&person, &order.grounds, origin))?;
    let detail = json!({ "role": person.account.role.as_str() });
    Ok(note(conn, now, order, "account.suspended", detail)?)
}

/// Lets the person sign in again, with the role they had.
pub fn reinstate(conn: &mut AnyConnection, now: Moment, order: &Order, origin: &str) -> Result<(), ChangeError> {
    let person = open(conn, order)?;
    let is_done = person.suspended_at.is_some() && store::set_suspended(conn, order.whom, order.expected, None)?;
    if !is_done {
        return Err(ChangeError::Changed);
    }
    post::queue(conn, now, mail::reinstated(&person, &order.grounds, origin))?;
    let detail = json!({ "role": person.account.role.as_str() });
    Ok(note(conn, now, order, "account.reinstated", detail)?)
}

/// Takes the person's second factor and passkeys off: their sessions end, and staff set up a new one when they sign in.
pub fn reset_factor(conn: &mut AnyConnection, now: Moment, order: &Order, origin: &str) -> Result<(), ChangeError> {
    let person = open(conn, order)?;
    let is_done = store::count_change(conn, order.whom, order.expected)? && factor::set::take_off(conn, order.whom)?;
    if !is_done {
        return Err(ChangeError::Changed);
    }
    accounts::end_sessions(conn, order.whom, &[])?;
    post::queue(conn, now, factor::mail::reset(&person.account, order.grounds.as_str(), origin))?;
    let detail = json!({ "role": person.account.role.as_str() });
    Ok(note(conn, now, order, "account.factor_reset", detail)?)
}

/// Writes the grounds down and the audit entry, which carries only their digest. Call it last.
fn note(
    conn: &mut AnyConnection,
    now: Moment,
    order: &Order,
    action: &'static str,
    mut detail: serde_json::Value,
) -> DbResult<()> {
    let subject = super::model::subject(order.whom);
    store::put_grounds(conn, now, order.by, &subject, action, &order.grounds)?;
    if let Some(facts) = detail.as_object_mut() {
        facts.insert("grounds".into(), digest(&order.grounds).into());
    }
    audit::append(conn, now, Actor::Account(order.by), Act { action, subject, detail })
}

/// What the audit log holds of grounds.
pub fn digest(grounds: &Grounds) -> String {
    hex::encode(ids::sha256(grounds.as_str().as_bytes()))
}

/// The invitation whose secret has this digest, if it can still be accepted.
pub fn open_invitation(conn: &mut AnyConnection, now: Moment, hash: &[u8]) -> Result<Invitation, ChangeError> {
    let token = accounts::token(conn, hash, Purpose::Invite)?.ok_or(ChangeError::Unknown)?;
    if token.spent_at.is_some() || now > token.expires_at {
        return Err(ChangeError::Changed);
    }
    serde_json::from_str(&token.detail).map_err(|error| DbError::Fault(error.to_string()).into())
}

/// Takes back an invitation that nobody accepted yet: its link ends.
pub fn withdraw_invitation(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    hash: &[u8],
    grounds: &Grounds,
    origin: &str,
) -> Result<(), ChangeError> {
    store::hold_secretariat(conn)?;
    may(conn, by)?;
    let invitation = open_invitation(conn, now, hash)?;
    if !accounts::spend(conn, now, hash)? {
        return Err(ChangeError::Changed);
    }
    if let Some(letter) = mail::invitation_withdrawn(&invitation, hash, grounds, origin) {
        post::queue(conn, now, letter)?;
    }
    let (action, subject) = ("staff.invitation_withdrawn", format!("invitation:{}", hex::encode(hash)));
    store::put_grounds(conn, now, by, &subject, action, grounds)?;
    let detail = json!({ "grounds": digest(grounds) });
    Ok(audit::append(conn, now, Actor::Account(by), Act { action, subject, detail })?)
}
