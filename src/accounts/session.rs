//! Sessions: an opaque secret in a cookie, its digest in the database, idle and absolute expiry (ASVS 7.3).

use std::pin::Pin;

use chrono::TimeDelta;

use super::store;
use crate::clock::Moment;
use crate::db::DbResult;
use crate::web::{Role, Site, Viewer};

/// A session in use is written to the database at most this often.
const TOUCH_EVERY: TimeDelta = TimeDelta::minutes(5);

/// The moments before which a session that began, or was last seen, works no longer.
pub fn horizon(site: &Site, now: Moment) -> (Moment, Moment) {
    let settings = &site.config().accounts;
    let before = |span| now.checked_sub_signed(span).unwrap_or_default();
    (before(settings.lifetime()), before(settings.idle()))
}

/// The viewer behind the digest of a session cookie; rights are as they are now, not as at sign-in. Here and nowhere else
/// somebody of the desk without a second factor has no more rights than a stakeholder.
pub fn find_viewer(site: Site, hash: [u8; 32]) -> Pin<Box<dyn Future<Output = DbResult<Option<Viewer>>>>> {
    Box::pin(async move {
        let found = site.db().look_up(move |conn| store::session(conn, &hash)).await?;
        let Some(found) = found else { return Ok(None) };
        let (now, settings) = (site.now(), &site.config().accounts);
        if now - found.seen_at > settings.idle() || now - found.created_at > settings.lifetime() {
            return Ok(None);
        }
        if now - found.seen_at > TOUCH_EVERY {
            site.db().write(move |conn| store::touch_session(conn, now, &hash)).await?;
        }
        let account = found.account;
        let lacks_factor = account.role.is_staff() && !found.has_factor;
        Ok(Some(Viewer {
            id: account.id,
            name: account.details.name,
            email: account.email,
            role: if lacks_factor { Role::Stakeholder } else { account.role },
            lacks_factor,
            verified_at: found.verified_at,
        }))
    })
}
