//! Judging a proof.

use crate::accounts::factor::check::{self, Checked, From};
use crate::accounts::factor::set::Turn;
use crate::accounts::factor::store as factors;
use crate::accounts::passkeys::add::Place;
use crate::accounts::passkeys::ceremony::Assertion;
use crate::accounts::passkeys::enter::{self, Refusal};
use crate::accounts::passkeys::model::Purpose;
use crate::accounts::sessions::store as sessions;
use crate::accounts::store as accounts;
use crate::clock::Moment;
use crate::db::{AnyConnection, DbResult};
use crate::ids::AccountId;

/// What came of a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// The session is proven, and known by its new secret.
    Given,
    /// The password is not right.
    WrongPassword,
    /// The password is right, the code is not.
    WrongCode,
    /// The password is right, and not enough for somebody of the desk whose second factor is a passkey.
    NeedsPasskey,
    /// The passkey proved nothing.
    NoPasskey(Refusal),
    /// So many were wrong that the session has ended.
    Ended,
    /// The session has another secret by now: the same form was sent twice.
    Superseded,
}

/// Proves the session, or ends it when too much was wrong in it. `has_password`: whether the password was right.
pub fn prove(
    conn: &mut AnyConnection,
    now: Moment,
    id: AccountId,
    has_password: bool,
    code: &str,
    session: &Turn,
) -> DbResult<Proof> {
    if !sessions::is_there(conn, &session.from)? {
        return Ok(Proof::Superseded);
    }
    if !sessions::take_try(conn, id, &session.from)? {
        return Ok(Proof::Ended);
    }
    if !has_password {
        return Ok(Proof::WrongPassword);
    }
    let account = accounts::by_id(conn, id)?;
    if enter::is_second_factor(conn, &account)? {
        return Ok(Proof::NeedsPasskey);
    }
    if factors::is_set(conn, id)? && check::check(conn, now, &account, code, From::Session)? != Checked::Right {
        return Ok(Proof::WrongCode);
    }
    give(conn, now, session)
}

/// Proves the session by a passkey of the person's: it is both factors.
pub fn prove_by_passkey(
    conn: &mut AnyConnection,
    now: Moment,
    id: AccountId,
    assertion: &Assertion,
    place: &Place,
    session: &Turn,
) -> DbResult<Proof> {
    if !sessions::is_there(conn, &session.from)? {
        return Ok(Proof::Superseded);
    }
    match enter::recognise(conn, now, assertion, place, Purpose::Proof)? {
        Ok(passkey) if passkey.account == id => give(conn, now, session),
        Ok(_) => Ok(Proof::NoPasskey(Refusal::Refused)),
        Err(refusal) => Ok(Proof::NoPasskey(refusal)),
    }
}

fn give(conn: &mut AnyConnection, now: Moment, session: &Turn) -> DbResult<Proof> {
    let is_given = sessions::prove(conn, now, &session.from)? && sessions::rotate(conn, &session.from, &session.to)?;
    Ok(if is_given { Proof::Given } else { Proof::Superseded })
}
