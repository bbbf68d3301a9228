//! What people are told about their place.

use super::model::{Grounds, Person};
use crate::accounts::invite::Invitation;
use crate::accounts::mail::letter;
use crate::mail::Letter;
use crate::web::{Role, language};

/// The letter about a change of the account as it was read; the account's version makes it the only one.
fn about(person: &Person, name: &str, grounds: &Grounds, more: &[(&'static str, &str)]) -> Letter {
    let key = format!("{name}:{}:{}", person.account.id, person.account.version);
    letter(&person.account, key, name, &[&[("grounds", grounds.as_str())][..], more].concat())
}

/// Says that the person has another role.
pub fn role_changed(person: &Person, role: Role, grounds: &Grounds, origin: &str) -> Letter {
    let lang = language::named(&person.account.language);
    let role = lang.t(&format!("role-{role}"));
    let (sign_in, contact) = (format!("{origin}/sign-in"), format!("{origin}/contact"));
    about(person, "role-changed", grounds, &[("role", &role), ("sign_in", &sign_in), ("contact", &contact)])
}

/// Says that the person can't sign in, and whom to ask.
pub fn suspended(person: &Person, grounds: &Grounds, origin: &str) -> Letter {
    about(person, "suspended", grounds, &[("contact", &format!("{origin}/contact"))])
}

/// Says that the person can sign in again.
pub fn reinstated(person: &Person, grounds: &Grounds, origin: &str) -> Letter {
    about(person, "reinstated", grounds, &[("sign_in", &format!("{origin}/sign-in"))])
}

/// Says that an invitation holds no longer, if it has an address.
pub fn invitation_withdrawn(invitation: &Invitation, hash: &[u8], grounds: &Grounds, origin: &str) -> Option<Letter> {
    let lang = language::named(language::DEFAULT);
    let contact = format!("{origin}/contact");
    let name = invitation.name.as_deref().unwrap_or_default();
    let args = [("name", name), ("grounds", grounds.as_str()), ("contact", &contact)];
    Some(Letter {
        once_key: format!("invitation-withdrawn:{}", hex::encode(hash)),
        to: invitation.email.clone()?,
        subject: lang.plain("mail-invitation-withdrawn-subject", &args),
        body: lang.plain("mail-invitation-withdrawn-body", &args),
    })
}
