//! What owners are told about their passkeys.

use super::model::{Passkey, PasskeyName};
use crate::accounts::mail::letter;
use crate::accounts::model::Account;
use crate::ids::PasskeyId;
use crate::mail::Letter;

fn page(origin: &str) -> String {
    format!("{origin}/account/passkeys")
}

/// Says that the account has another passkey.
pub fn added(account: &Account, id: PasskeyId, name: &PasskeyName, origin: &str) -> Letter {
    let args = [("passkey", name.as_str()), ("link", &page(origin))];
    letter(account, format!("passkey-added:{id}"), "passkey-added", &args)
}

/// Says that a passkey was removed by its owner.
pub fn removed(account: &Account, passkey: &Passkey, origin: &str) -> Letter {
    let args = [("passkey", passkey.name.as_str()), ("link", &page(origin))];
    letter(account, format!("passkey-removed:{}", passkey.id), "passkey-removed", &args)
}

/// Says that there may be two of a passkey, and that it let nobody in.
pub fn counted_back(account: &Account, passkey: &Passkey, once: &str, origin: &str) -> Letter {
    let args = [("passkey", passkey.name.as_str()), ("link", &page(origin))];
    letter(account, format!("passkey-counted-back:{once}"), "passkey-counted-back", &args)
}
