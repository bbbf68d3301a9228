//! Sessions: an opaque secret in a cookie, its digest in the database, idle and absolute expiry (ASVS 7.3).

use std::pin::Pin;

use chrono::TimeDelta;

use super::store;
use crate::db::DbResult;
use crate::web::{Site, Viewer};

/// A session in use is written to the database at most this often.
const TOUCH_EVERY: TimeDelta = TimeDelta::minutes(5);

/// The viewer behind the digest of a session cookie; rights are as they are now, not as at sign-in.
pub fn find_viewer(site: Site, hash: [u8; 32]) -> Pin<Box<dyn Future<Output = DbResult<Option<Viewer>>>>> {
    Box::pin(async move {
        let found = site.db().look_up(move |conn| store::session(conn, &hash)).await?;
        let Some((account, created_at, seen_at)) = found else { return Ok(None) };
        let (now, settings) = (site.now(), &site.config().accounts);
        if now - seen_at > settings.idle() || now - created_at > settings.lifetime() {
            return Ok(None);
        }
        if now - seen_at > TOUCH_EVERY {
            site.db().write(move |conn| store::touch_session(conn, now, &hash)).await?;
        }
        Ok(Some(Viewer { id: account.id, name: account.details.name, email: account.email, role: account.role }))
    })
}
