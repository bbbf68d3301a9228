//! Signing in and out.

use super::model::{Account, Email};
use super::password::{Busy, Hasher};
use super::{register, staff, store};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids;
use crate::web::Site;

/// What came of an attempt.
pub enum Attempt {
    /// The secret for the session cookie.
    In(String),
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
) -> Result<Attempt, SignInError> {
    let account = match email {
        Some(email) => site.db().read(move |conn| store::by_email(conn, &email)).await?,
        None => None,
    };
    let stored = account.as_ref().map(|account| account.password_hash.clone());
    let matches = hasher.matches(password, stored).await?;
    let Some(account) = account.filter(|_| matches) else { return Ok(Attempt::Refused) };
    let (now, origin) = (site.now(), site.origin());
    Ok(site.db().write(move |conn| admit(conn, now, &account, &origin)).await?)
}

fn admit(conn: &mut AnyConnection, now: Moment, account: &Account, origin: &str) -> DbResult<Attempt> {
    // The password may have been changed while it was compared.
    if store::by_id(conn, account.id)?.password_hash != account.password_hash {
        return Ok(Attempt::Refused);
    }
    if account.confirmed_at.is_none() {
        register::send_confirmation(conn, now, account, origin)?;
        return Ok(Attempt::Refused);
    }
    if staff::store::is_suspended(conn, account.id)? {
        return Ok(Attempt::Suspended);
    }
    let secret = ids::secret();
    store::put_session(conn, now, &ids::sha256(secret.as_bytes()), account.id)?;
    Ok(Attempt::In(secret))
}
