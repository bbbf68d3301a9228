//! Comparing a code that was typed. A code counts once: the step it belongs to is used up, and so is a recovery code.

use serde_json::json;

use super::model::{TRIES_OF_ACCOUNT, Typed};
use super::{mail, store};
use crate::accounts::model::Account;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbResult};
use crate::mail as post;

/// What came of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    /// It is right, and used up.
    Right,
    /// It is wrong, or was used before.
    Wrong,
    /// Too many were wrong: none of the app is looked at for a while.
    Paused,
}

/// Where a code comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// A sign-in whose password was right: the account's tries are counted.
    SignIn,
    /// A session in use, which counts its own: wrong codes of others keep nobody from it.
    Session,
}

/// Compares what was typed with the account's second factor. A recovery code can't be guessed, so it never waits.
pub fn check(conn: &mut AnyConnection, now: Moment, account: &Account, typed: &str, from: From) -> DbResult<Checked> {
    let Some(factor) = store::of(conn, account.id)? else { return Ok(Checked::Wrong) };
    let code = match Typed::parse(typed) {
        Some(Typed::Recovery(code)) if store::spend_code(conn, now, account.id, &code)? => {
            post::queue(conn, now, mail::recovery_used(account, factor.left - 1))?;
            note(conn, now, account, "account.recovery_code_used", json!({ "left": factor.left - 1 }))?;
            return Ok(Checked::Right);
        }
        Some(Typed::Code(code)) => Some(code),
        _ => None,
    };
    let taken = if from == From::SignIn { store::take_try(conn, now, account.id)? } else { Some(0) };
    let Some(number) = taken else { return Ok(Checked::Paused) };
    if let Some(step) = code.and_then(|code| factor.secret.step_of(&code, now))
        && store::use_step(conn, account.id, step)?
    {
        return Ok(Checked::Right);
    }
    if number == TRIES_OF_ACCOUNT {
        post::queue(conn, now, mail::codes_paused(account))?;
        note(conn, now, account, "account.codes_paused", json!({}))?;
    }
    Ok(Checked::Wrong)
}

fn note(
    conn: &mut AnyConnection,
    now: Moment,
    account: &Account,
    action: &'static str,
    detail: serde_json::Value,
) -> DbResult<()> {
    let subject = format!("account:{}", account.id);
    audit::append(conn, now, Actor::Account(account.id), Act { action, subject, detail })
}
