//! Security events (ASVS 16.3): lines of the server's log under a target of their own, which name an account by its id and
//! hold nothing that anybody typed. What whoever likes can cause is counted, and told only so often: a flood fills no log.
//! `docs/security/events.md` lists them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::context::Ctx;
use super::page::PageError;
use crate::clock::{Moment, micros};
use crate::ids::AccountId;

/// The target of these lines: what a filter of the log knows them by.
pub const TARGET: &str = "norm_portal::security";

/// Accounts whose events are counted apart in one hour; those of more are counted together.
const MOST: usize = 10_000;

/// So many of one event and account are told each hour one by one; after that the 10th, the 100th, and so on.
const TOLD: u64 = 5;

const HOUR: i64 = 3_600_000_000;

/// The name of a request, for whoever writes a line about it.
pub(super) struct RequestName(pub String);

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    /// Somebody signed in.
    SignedIn,
    /// A password was right, and another factor is still to come.
    PasswordAccepted,
    /// Somebody did not get in.
    SignInFailed,
    /// The password was right, and the code was not: counted apart, so that wrong passwords of others hide none of them.
    CodeFailed,
    /// Somebody who is signed in showed again who they are.
    Proved,
    /// Somebody who is signed in did not show who they are.
    ProofFailed,
    /// Somebody signed out.
    SignedOut,
    /// Somebody asked for what is not for them.
    AccessRefused,
    /// A form came without its token, or from another site.
    FormRefused,
    /// What came is no text, no form or not for this host.
    InputRefused,
    /// An allowance was used up.
    AllowanceUsedUp,
}

impl Event {
    /// Every event.
    pub const ALL: [Self; 11] = [
        Self::SignedIn,
        Self::PasswordAccepted,
        Self::SignInFailed,
        Self::CodeFailed,
        Self::Proved,
        Self::ProofFailed,
        Self::SignedOut,
        Self::AccessRefused,
        Self::FormRefused,
        Self::InputRefused,
        Self::AllowanceUsedUp,
    ];

    /// Its name in the log.
    pub fn name(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::PasswordAccepted => "password_accepted",
            Self::SignInFailed => "sign_in_failed",
            Self::CodeFailed => "code_failed",
            Self::Proved => "proved",
            Self::ProofFailed => "proof_failed",
            Self::SignedOut => "signed_out",
            Self::AccessRefused => "access_refused",
            Self::FormRefused => "form_refused",
            Self::InputRefused => "input_refused",
            Self::AllowanceUsedUp => "allowance_used_up",
        }
    }

    /// The event that an answer is, if it is one.
    pub(super) fn of(error: &PageError) -> Option<Self> {
        match error {
            PageError::Forbidden => Some(Self::AccessRefused),
            PageError::Stale => Some(Self::FormRefused),
            PageError::BadRequest | PageError::Encoding | PageError::TooLarge | PageError::UnsupportedMedia => {
                Some(Self::InputRefused)
            }
            PageError::TooMany(_) | PageError::Crowded => Some(Self::AllowanceUsedUp),
            _ => None,
        }
    }

    /// Whether it went as it should.
    fn is_ordinary(self) -> bool {
        matches!(self, Self::SignedIn | Self::PasswordAccepted | Self::Proved | Self::SignedOut)
    }
}

/// What an event is told with: nothing that anybody typed.
pub(super) struct Told<'a> {
    /// Whose account it is about.
    pub account: Option<AccountId>,
    /// Words of ours, or the pattern of an address.
    pub about: &'a str,
    /// By which name the request is in the log.
    pub request_id: &'a str,
}

/// How often what happened in this hour.
#[derive(Default)]
struct Counted {
    hour: i64,
    times: HashMap<(Event, Option<AccountId>), u64>,
}

/// Writes events, those that went wrong only so often.
#[derive(Default)]
pub struct Events {
    counted: Mutex<Counted>,
}

impl Events {
    /// Writes a line, unless enough of its kind were written in this hour.
    pub(super) fn write(&self, now: Moment, event: Event, told: &Told) {
        let Some(times) = self.count(now, event, told.account) else { return };
        let account = told.account.map(|id| id.to_string());
        let (event_name, account, about, request_id) = (event.name(), account.as_deref(), told.about, told.request_id);
        if event.is_ordinary() {
            tracing::info!(target: TARGET, event = event_name, account, about, times, request_id, "a security event");
        } else {
            tracing::warn!(target: TARGET, event = event_name, account, about, times, request_id, "a security event");
        }
    }

    /// How often it happened in this hour, this time counted; `None`: too often to be told once more.
    fn count(&self, now: Moment, event: Event, account: Option<AccountId>) -> Option<u64> {
        let hour = micros(now).div_euclid(HOUR);
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.hour != hour {
            *counted = Counted { hour, times: HashMap::new() };
        }
        let is_known = counted.times.contains_key(&(event, account));
        let whose = if is_known || counted.times.len() < MOST { account } else { None };
        let times = counted.times.entry((event, whose)).or_default();
        *times += 1;
        (*times <= TOLD || 10_u64.pow(times.ilog10()) == *times).then_some(*times)
    }
}

impl Ctx {
    /// Writes a security event about `account` into the log. `about`: words of ours.
    pub fn note(&self, event: Event, account: Option<AccountId>, about: &'static str) {
        let told = Told { account, about, request_id: &self.request_id };
        self.site().events().write(self.now, event, &told);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::from_micros;

    fn at(hour: i64) -> Moment {
        from_micros(hour * HOUR)
    }

    #[test]
    fn a_flood_is_told_by_few_lines_and_every_hour_begins_anew() {
        let (events, account) = (Events::default(), Some(AccountId::new()));
        let failed = |hour| events.count(at(hour), Event::SignInFailed, account);
        let told: Vec<u64> = (0..12_345).filter_map(|_| failed(1)).collect();
        assert_eq!(told, [1, 2, 3, 4, 5, 10, 100, 1_000, 10_000]);
        assert_eq!(events.count(at(1), Event::SignInFailed, None), Some(1), "another account");
        assert_eq!(events.count(at(1), Event::SignedIn, account), Some(1), "another event");
        assert_eq!(failed(2), Some(1));
    }

    #[test]
    fn no_more_accounts_are_remembered_than_there_may_be() {
        let events = Events::default();
        let first = Some(AccountId::new());
        assert_eq!(events.count(at(1), Event::SignInFailed, first), Some(1));
        let lines =
            (0..2 * MOST).filter_map(|_| events.count(at(1), Event::SignInFailed, Some(AccountId::new()))).count();
        assert_eq!(lines, MOST - 1 + 5 + 4, "the others are counted as one");
        assert!(events.counted.lock().unwrap().times.len() <= MOST + Event::ALL.len());
        assert_eq!(events.count(at(1), Event::SignInFailed, first), Some(2));
    }
}
