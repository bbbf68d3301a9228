//! Signing in and out.

use super::model::{Account, Email};
use super::password::{Busy, Hasher};
use super::sessions::model::Device;
use super::sessions::store as sessions;
use super::{factor, passkeys, register, staff, store};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids;
use crate::web::Site;

/// What came of an attempt.
pub enum Attempt {
    /// The secret for the session cookie.
    In(String),
    /// The password is right and a code or a passkey is still to come: the secret that the sign-in waits with.
    Half(String),
    /// Wrong address or password, or an address never confirmed, to which a new link is on its way: not said which, or
    /// a registration would tell whether an address was known.
    Refused,
    /// The right password of somebody who was suspended: nobody else is told so.
    Suspended,
}

/// Why an attempt could not be judged.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Too many passwords wait.
    #[error(transparent)]
    Busy(#[from] Busy),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Compares the password and begins a session. The answer takes as long for an unknown address.
pub async fn sign_in(
    site: &Site,
    hasher: &Hasher,
    email: Option<Email>,
    password: String,
    device: Device,
) -> Result<Attempt, SignInError> {
    let account = match email {
        Some(email) => site.db().read(move |conn| store::by_email(conn, &email)).await?,
        None => None,
    };
    let stored = account.as_ref().map(|account| account.password_hash.clone());
    let matches = hasher.matches(password, stored).await?;
    let Some(account) = account.filter(|_| matches) else { return Ok(Attempt::Refused) };
    let (now, origin, most) = (site.now(), site.origin(), site.config().limits.letters_an_hour);
    Ok(site.db().write(move |conn| admit(conn, now, &account, (&origin, most), device)).await?)
}

/// The pair: what addresses in letters begin with, and how many letters an hour may go to one address.
fn admit(
    conn: &mut AnyConnection,
    now: Moment,
    account: &Account,
    (origin, most): (&str, i64),
    device: Device,
) -> DbResult<Attempt> {
    // The password may have been changed while it was compared.
    if store::by_id(conn, account.id)?.password_hash != account.password_hash {
        return Ok(Attempt::Refused);
    }
    if account.confirmed_at.is_none() {
        register::send_confirmation(conn, now, account, origin, most)?;
        return Ok(Attempt::Refused);
    }
    if staff::store::is_suspended(conn, account.id)? {
        return Ok(Attempt::Suspended);
    }
    let secret = ids::secret();
    let hash = ids::sha256(secret.as_bytes());
    if factor::store::is_set(conn, account.id)? || passkeys::enter::is_second_factor(conn, account)? {
        sessions::put_half(conn, now, &hash, account.id)?;
        return Ok(Attempt::Half(secret));
    }
    store::put_session(conn, now, &hash, account.id, device)?;
    Ok(Attempt::In(secret))
}
