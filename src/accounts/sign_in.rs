//! Signing in and out.

use super::model::{Account, Email};
use super::password::{Busy, Hasher};
use super::sessions::model::Device;
use super::sessions::store as sessions;
use super::{factor, passkeys, register, staff, store};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::{self, AccountId};
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

/// Compares the password and begins a session; whose account it was about, if there is one. The answer takes as long for an
/// unknown address. A right password whose hash is weaker than one of today is hashed anew, unless too many wait.
pub async fn sign_in(
    site: &Site,
    hasher: &Hasher,
    email: Option<Email>,
    password: String,
    device: Device,
) -> Result<(Attempt, Option<AccountId>), SignInError> {
    let account = match email {
        Some(email) => site.db().read(move |conn| store::by_email(conn, &email)).await?,
        None => None,
    };
    let stored = account.as_ref().map(|account| account.password_hash.clone());
    let id = account.as_ref().map(|account| account.id);
    let matches = hasher.matches(password.clone(), stored).await?;
    let Some(account) = account.filter(|_| matches) else { return Ok((Attempt::Refused, id)) };
    let anew = hasher.anew(password, &account.password_hash).await;
    let (now, origin, most) = (site.now(), site.origin(), site.config().limits.letters_an_hour);
    let attempt = move |conn: &mut _| admit(conn, now, &account, anew.as_deref(), (&origin, most), device);
    Ok((site.db().write(attempt).await?, id))
}

/// `anew`: a stronger hash of the password. The pair: what addresses in letters begin with, and how many letters an hour may
/// go to one address.
fn admit(
    conn: &mut AnyConnection,
    now: Moment,
    account: &Account,
    anew: Option<&str>,
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
    if let Some(stronger) = anew {
        store::renew_hash(conn, account.id, &account.password_hash, stronger)?;
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
