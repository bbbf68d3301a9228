//! Using a passkey: to sign in, or to prove anew who one is.

use super::add::{Place, note};
use super::ceremony::{Assertion, Fault, Known};
use super::model::{Passkey, Purpose};
use super::{mail, store};
use crate::accounts::factor::store as factors;
use crate::accounts::model::Account;
use crate::accounts::register::has_enough;
use crate::accounts::sessions::model::Device;
use crate::accounts::sessions::store as sessions;
use crate::accounts::{staff, store as accounts};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbResult};
use crate::ids::{self, AccountId};
use crate::mail as post;

/// Why a passkey opened nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Its challenge was none of this browser's, or answered before, or too long ago.
    Over,
    /// It is unknown, or did not answer as it should: not said which.
    Refused,
    /// It was used fewer times than it was before: there may be two of it.
    CountedBack,
}

/// What came of signing in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// The session of this account began.
    In(AccountId),
    /// It did not.
    Not(Refusal),
    /// The passkey is right, and its owner suspended: nobody else is told so.
    Suspended(AccountId),
}

/// How often in an hour somebody is told that a passkey of theirs counted back.
const TOLD_AN_HOUR: i64 = 3;

/// Whether the person signs in at the desk by their passkeys alone: then the password is not enough anywhere.
pub fn is_second_factor(conn: &mut AnyConnection, account: &Account) -> DbResult<bool> {
    Ok(account.role.is_staff() && !factors::is_set(conn, account.id)? && store::has_any(conn, account.id)?)
}

/// The passkey that answered, used once more. Its challenge is used up whatever comes of it.
pub fn recognise(
    conn: &mut AnyConnection,
    now: Moment,
    assertion: &Assertion,
    place: &Place,
    purpose: Purpose,
) -> DbResult<Result<Passkey, Refusal>> {
    if !store::spend_challenge(conn, now, &assertion.challenge(), place.browser, purpose)? {
        return Ok(Err(Refusal::Over));
    }
    let Some(passkey) = store::by_credential(conn, &assertion.credential)? else { return Ok(Err(Refusal::Refused)) };
    let is_its_owners = match assertion.owner.as_deref() {
        Some(owner) => owner == passkey.account.as_bytes(),
        // Who signs in is known by this alone; who is signed in may have an authenticator that leaves it out.
        None => purpose != Purpose::SignIn,
    };
    if !is_its_owners {
        return Ok(Err(Refusal::Refused));
    }
    let known = Known { public_key: &passkey.public_key, counter: passkey.counter, is_synced: passkey.is_synced };
    match assertion.judge(place.party, known) {
        Ok(counter) if store::note_use(conn, now, &passkey, counter)? => Ok(Ok(passkey)),
        Ok(_) => Ok(Err(Refusal::Refused)),
        Err(Fault::CountedBack) => {
            let owner = accounts::by_id(conn, passkey.account)?;
            if !has_enough(conn, now, &owner.email, "passkey-counted-back:", TOLD_AN_HOUR)? {
                post::queue(conn, now, mail::counted_back(&owner, &passkey, &ids::secret(), &place.party.origin))?;
                note(conn, now, owner.id, "account.passkey_counted_back", passkey.id.to_string())?;
            }
            Ok(Err(Refusal::CountedBack))
        }
        Err(fault) => {
            tracing::info!(%fault, "a passkey was refused");
            Ok(Err(Refusal::Refused))
        }
    }
}

/// Begins the session with the digest `session` for the owner of the passkey that answered; a sign-in of the browser that
/// waited for a code (`half`) ends.
pub fn sign_in(
    conn: &mut AnyConnection,
    now: Moment,
    assertion: &Assertion,
    place: &Place,
    half: Option<&[u8]>,
    (session, device): (&[u8], Device),
) -> DbResult<Attempt> {
    let passkey = match recognise(conn, now, assertion, place, Purpose::SignIn)? {
        Ok(passkey) => passkey,
        Err(refusal) => return Ok(Attempt::Not(refusal)),
    };
    match staff::store::person_by_id(conn, passkey.account)? {
        None => return Ok(Attempt::Not(Refusal::Refused)),
        Some(person) if person.suspended_at.is_some() => return Ok(Attempt::Suspended(passkey.account)),
        Some(_) => {}
    }
    if let Some(half) = half {
        sessions::end_half(conn, half)?;
    }
    accounts::put_session(conn, now, session, passkey.account, device)?;
    Ok(Attempt::In(passkey.account))
}
