//! `[limits]`: how much one network address and one account may ask of the portal.

use serde::Deserialize;

/// The section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Whether anybody is refused for asking too much.
    pub on: bool,
    /// The most allowances that are remembered at once.
    pub most_remembered: usize,
    /// How many times the allowance of one IPv6 network of 64 bits its 48 bits have.
    pub wider: u32,
    /// Requests in hand past which what costs much is refused to people who are not signed in; 0 is never.
    pub busy_requests: usize,
    /// Requests in hand at once of one address or account.
    pub in_hand: InHand,
    /// Letters of one kind in an hour that strangers can cause one address to get.
    pub letters_an_hour: i64,
    /// What one network address may ask.
    pub address: Allowances,
    /// What one account may ask.
    pub account: Allowances,
    /// What one account of the desk may ask.
    pub staff: Allowances,
}

/// The most requests that are in hand at once, of whoever is not staff; 0: without limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InHand {
    /// Of one network address, of people who are not signed in; of IPv6 64 bits are one address.
    pub address: u32,
    /// Of one network address, of people who are signed in.
    pub address_signed_in: u32,
    /// Of one account.
    pub account: u32,
}

/// What may be asked, by kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allowances {
    /// Registering, signing in, new passwords, and whatever else mails somebody a letter.
    pub entering: Rate,
    /// Sending, correcting and keeping what was written.
    pub sending: Rate,
    /// Searches and comparisons.
    pub searching: Rate,
    /// Files that are made for whoever asks.
    pub exporting: Rate,
    /// Everything else.
    pub reading: Rate,
}

/// So many at once, and so many a minute for long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// How many may come at once; 0: without limit.
    pub at_once: u32,
    /// How many of them are given back in a minute.
    pub a_minute: u32,
}

impl Limits {
    pub(super) fn check(&self) -> Result<(), String> {
        if self.most_remembered < 1000 {
            return Err("limits.most_remembered has to be at least 1000".into());
        }
        if !(1..=65_536).contains(&self.wider) {
            return Err("limits.wider has to be from 1 to 65536".into());
        }
        if self.letters_an_hour < 1 {
            return Err("limits.letters_an_hour has to be at least 1".into());
        }
        let all = [("address", &self.address), ("account", &self.account), ("staff", &self.staff)];
        for (name, rates) in all {
            let rates = [rates.entering, rates.sending, rates.searching, rates.exporting, rates.reading];
            let fits = |rate: &Rate| rate.at_once == 0 || (1..=60_000).contains(&rate.a_minute);
            if !rates.iter().all(fits) {
                return Err(format!("limits.{name}: a_minute has to be from 1 to 60000 where at_once is not 0"));
            }
        }
        Ok(())
    }
}
