//! What owners are told about their second factor.

use crate::accounts::mail::letter;
use crate::accounts::model::Account;
use crate::ids;
use crate::mail::Letter;

/// Each of these letters is the only one of its kind: what it tells was done once.
fn about(account: &Account, name: &str, args: &[(&'static str, &str)]) -> Letter {
    letter(account, format!("{name}:{}", ids::secret()), name, args)
}

/// Says that the account has a second factor, or another one.
pub fn set(account: &Account) -> Letter {
    about(account, "factor-set", &[])
}

/// Says that the account has no second factor any more, for its owner took it off.
pub fn removed(account: &Account) -> Letter {
    about(account, "factor-removed", &[])
}

/// Says that somebody else took the second factor off, and why; empty grounds: whoever runs the portal.
pub fn reset(account: &Account, grounds: &str, origin: &str) -> Letter {
    let sign_in = format!("{origin}/sign-in");
    match grounds {
        "" => about(account, "factor-reset-by-operator", &[("sign_in", &sign_in)]),
        _ => about(account, "factor-reset", &[("grounds", grounds), ("sign_in", &sign_in)]),
    }
}

/// Says that there are new recovery codes.
pub fn new_codes(account: &Account) -> Letter {
    about(account, "recovery-codes", &[])
}

/// Says that a recovery code was used, and how many are left.
pub fn recovery_used(account: &Account, left: i64) -> Letter {
    about(account, "recovery-used", &[("left", &left.to_string())])
}

/// Says that somebody who knows the password sends wrong codes.
pub fn codes_paused(account: &Account) -> Letter {
    about(account, "codes-paused", &[])
}
