//! The letters about organisations.

use super::model::Organisation;
use crate::accounts::mail::{digest, letter};
use crate::accounts::model::Account;
use crate::clock::{self, Moment};
use crate::mail::Letter;

/// How the keys of letters about somebody who asks begin: what they are capped by.
pub const ASKED: &str = "org-asked:";

/// Tells somebody who can answer that `asker` wants to join.
pub fn asked(to: &Account, it: &Organisation, asker: &Account, at: Moment, link: &str) -> Letter {
    let key = format!("{ASKED}{}:{}:{}:{}", it.id, asker.id, clock::micros(at), to.id);
    let args =
        [("organisation", it.name.as_str()), ("asker", &asker.details.name), ("email", &asker.email), ("link", link)];
    letter(to, key, "org-asked", &args)
}

/// Tells a person what was decided about them; `name` is one of `org-approved`, `org-refused`, `org-put-out`.
pub fn decided(to: &Account, it: &Organisation, name: &str, at: Moment) -> Letter {
    let key = format!("{name}:{}:{}:{}", it.id, to.id, clock::micros(at));
    letter(to, key, name, &[("organisation", it.name.as_str())])
}

/// Tells a person that their membership ended with their old address.
pub fn ended(to: &Account, it: &Organisation, once: &str) -> Letter {
    let domain = it.domain.as_deref().unwrap_or_default();
    let args = [("organisation", it.name.as_str()), ("domain", domain)];
    letter(to, format!("org-ended:{}", digest(once)), "org-ended", &args)
}
