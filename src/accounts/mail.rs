//! The letters about accounts.

use super::invite::Invitation;
use super::model::{Account, Email};
use crate::clock::Moment;
use crate::ids;
use crate::mail::Letter;
use crate::web::language;

/// The letter `name` to an account, in its language.
pub(super) fn letter(account: &Account, once_key: String, name: &str, args: &[(&'static str, &str)]) -> Letter {
    let lang = language::named(&account.language);
    let mut args = args.to_vec();
    args.push(("name", &account.details.name));
    Letter {
        once_key,
        to: account.email.clone(),
        subject: lang.plain(&format!("mail-{name}-subject"), &args),
        body: lang.plain(&format!("mail-{name}-body"), &args),
    }
}

/// A key that does not hold the secret itself.
pub(super) fn digest(secret: &str) -> String {
    hex::encode(ids::sha256(secret.as_bytes()))
}

/// Asks to confirm an address.
pub fn confirm(account: &Account, link: &str, secret: &str) -> Letter {
    letter(account, format!("confirm:{}", digest(secret)), "confirm", &[("link", link)])
}

/// Says that the address has an account already: once an hour at the most.
pub fn already_registered(account: &Account, origin: &str, now: Moment) -> Letter {
    let key = format!("registered:{}:{}", account.id, now.format("%Y%m%d%H"));
    let (sign_in, reset) = (format!("{origin}/sign-in"), format!("{origin}/password/reset"));
    letter(account, key, "registered", &[("sign_in", &sign_in), ("reset", &reset)])
}

/// Carries a link to set a new password.
pub fn reset(account: &Account, link: &str, secret: &str) -> Letter {
    letter(account, format!("reset:{}", digest(secret)), "reset", &[("link", link)])
}

/// Asks to confirm a new address, at that address.
pub fn new_address(account: &Account, new: &Email, link: &str, secret: &str) -> Letter {
    let letter = letter(account, format!("address:{}", digest(secret)), "new-address", &[("link", link)]);
    Letter { to: new.as_str().to_owned(), ..letter }
}

/// Tells the old address that the account has another one now.
pub fn address_changed(account: &Account, secret: &str) -> Letter {
    letter(account, format!("address-changed:{}", digest(secret)), "address-changed", &[])
}

/// Says that the password was changed; and that passkeys, if there are any, still sign in without it.
pub fn password_changed(account: &Account, once: &str, has_passkeys: bool) -> Letter {
    let key = format!("changed:{}", digest(once));
    if has_passkeys {
        letter(account, key, "password-changed-passkeys", &[])
    } else {
        letter(account, key, "password-changed", &[])
    }
}

/// Carries an invitation, if it has an address.
pub fn invitation(invitation: &Invitation, link: &str, secret: &str) -> Option<Letter> {
    let lang = language::named(language::DEFAULT);
    let role = lang.t(&format!("role-{}", invitation.role()?));
    let args = [("name", invitation.name.as_deref().unwrap_or_default()), ("link", link), ("role", &role)];
    Some(Letter {
        once_key: format!("invitation:{}", digest(secret)),
        to: invitation.email.clone()?,
        subject: lang.plain("mail-invitation-subject", &args),
        body: lang.plain("mail-invitation-body", &args),
    })
}
