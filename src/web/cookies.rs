//! The five cookies: the session, a sign-in that waits for its code, the secret behind forms before sign-in, the note that
//! follows a redirect, the pass of whoever went through the gate.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

use actix_web::dev::RequestHead;
use actix_web::http::header;

use super::site::Site;

/// Whether a browser sends any cookie of ours, empty or not.
pub(super) fn are_ours(head: &RequestHead, site: &Site) -> bool {
    let mut sent = head.headers.get_all(header::COOKIE).peekable();
    sent.peek().is_some() && {
        let names = [Name::Session, Name::Form, Name::Flash].map(|name| name.on(site));
        // What is no text can't be told: it may be one of ours.
        sent.any(|value| {
            value.to_str().map_or(true, |text| {
                let mut pairs = text.split(';').map(|pair| pair.split_once('=').map_or(pair, |(name, _)| name).trim());
                pairs.any(|name| names.iter().any(|ours| ours == name))
            })
        })
    }
}

/// Which cookie.
#[derive(Debug, Clone, Copy)]
pub enum Name {
    /// Who is signed in.
    Session,
    /// Whose password was right and whose code is still to come.
    Half,
    /// Binds a form to a browser that is not signed in.
    Form,
    /// What to say on the next page.
    Flash,
    /// That its browser went through the gate; shows in no page.
    Pass,
}

impl Name {
    /// The cookie's name: over TLS with the prefix that ties it to this very host.
    pub fn on(self, site: &Site) -> String {
        let bare = match self {
            Self::Session => "session",
            Self::Half => "half",
            Self::Form => "form",
            Self::Flash => "flash",
            Self::Pass => "pass",
        };
        if site.is_https() { format!("__Host-{bare}") } else { bare.to_owned() }
    }

    /// A cookie that lives until the browser closes, for this host only, out of reach of scripts.
    pub fn set(self, site: &Site, value: String) -> Cookie<'static> {
        if matches!(self, Self::Session) && !value.is_empty() {
            site.limits().know(&value);
        }
        Cookie::build(self.on(site), value)
            .path("/")
            .http_only(true)
            .secure(site.is_https())
            .same_site(SameSite::Lax)
            .finish()
    }

    /// The cookie that removes it.
    pub fn clear(self, site: &Site) -> Cookie<'static> {
        let mut cookie = self.set(site, String::new());
        cookie.set_max_age(Duration::ZERO);
        cookie
    }
}
