//! The last letter.

use crate::accounts::model::Account;
use crate::mail::Letter;
use crate::mail::model::FAREWELL;
use crate::web::language;

/// Says that the account is deleted, to the address it had. That address goes with the letter.
pub fn farewell(account: &Account, origin: &str) -> Letter {
    let lang = language::named(&account.language);
    let register = format!("{origin}/register");
    let args = [("name", account.details.name.as_str()), ("register", register.as_str())];
    Letter {
        once_key: format!("{FAREWELL}{}", account.id),
        to: account.email.clone(),
        subject: lang.plain("farewell-mail-subject", &args),
        body: lang.plain("farewell-mail-body", &args),
    }
}
