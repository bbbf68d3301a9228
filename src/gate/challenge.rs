//! Challenges and passes: texts that say all there is to know of them and are signed, so that nothing of them is stored and a
//! wrong one is told without asking anybody. Pure.
//!
//! A challenge is `nonce.made_at.bits.mac`. It is solved by a number for which SHA-256 of `nonce:number` begins with so many
//! zero bits, or has been waited out once it is old enough. A pass is `until.mac`. Both hold for one network alone.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::clock::{Moment, from_micros, micros};
use crate::ids;

/// How long a challenge can be answered.
pub const GOOD_FOR: TimeDelta = TimeDelta::minutes(30);

/// The longest answer that is looked at: more figures than any number of tries has.
const LONGEST_ANSWER: usize = 16;

/// The longest signed text that is looked at.
const LONGEST: usize = 200;

/// A challenge that was made here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    nonce: String,
    /// When it was made.
    pub made_at: Moment,
    /// How many zero bits an answer has to begin with.
    pub bits: u32,
}

/// A new challenge for the network `from`.
pub fn challenge(key: &[u8], now: Moment, bits: u32, from: &str) -> String {
    let nonce = URL_SAFE_NO_PAD.encode(ids::random::<16>());
    signed(key, "challenge", &format!("{nonce}.{}.{bits}", micros(now)), from)
}

/// Reads a challenge. `None`: it was not made under this key for this network.
pub fn read(key: &[u8], text: &str, from: &str) -> Option<Challenge> {
    let mut parts = content(key, "challenge", text, from)?.split('.');
    let (nonce, made_at, bits) = (parts.next()?.to_owned(), parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(Challenge { nonce, made_at: from_micros(made_at), bits })
}

impl Challenge {
    /// Whether it can still be answered at `now`.
    pub fn is_good(&self, now: Moment) -> bool {
        now - self.made_at < GOOD_FOR
    }

    /// Whether `answer` is the number that was asked for.
    pub fn is_solved_by(&self, answer: &str) -> bool {
        let is_number =
            !answer.is_empty() && answer.len() <= LONGEST_ANSWER && answer.bytes().all(|b| b.is_ascii_digit());
        is_number && zero_bits(&ids::sha256(format!("{}:{answer}", self.nonce).as_bytes())) >= self.bits
    }

    /// What one that was used is known by.
    pub fn digest(&self) -> [u8; 32] {
        ids::sha256(self.nonce.as_bytes())
    }
}

/// A pass for the network `from` until `until`.
pub fn pass(key: &[u8], until: Moment, from: &str) -> String {
    signed(key, "pass", &micros(until).to_string(), from)
}

/// Whether `text` is a pass for this network that is good at `now`.
pub fn is_pass(key: &[u8], now: Moment, text: &str, from: &str) -> bool {
    let until = content(key, "pass", text, from).and_then(|until| until.parse().ok());
    until.is_some_and(|until| now < from_micros(until))
}

/// How many zero bits `hash` begins with.
fn zero_bits(hash: &[u8]) -> u32 {
    let zeros = hash.iter().take_while(|byte| **byte == 0).count();
    let rest = hash.get(zeros).map_or(0, |byte| byte.leading_zeros());
    u32::try_from(zeros).unwrap_or_default() * 8 + rest
}

/// The code that signs `content`: its purpose and its network count with it.
fn mac(key: &[u8], purpose: &str, content: &str, from: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok().filter(|_| key.len() == 32)?;
    for part in [purpose, content, from] {
        mac.update(part.as_bytes());
        mac.update(b"\0");
    }
    Some(mac)
}

fn signed(key: &[u8], purpose: &str, content: &str, from: &str) -> String {
    let code = mac(key, purpose, content, from).map(|mac| URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()));
    format!("{content}.{}", code.unwrap_or_default())
}

/// What was signed, if it was.
fn content<'a>(key: &[u8], purpose: &str, text: &'a str, from: &str) -> Option<&'a str> {
    let (content, code) = text.rsplit_once('.').filter(|_| text.len() <= LONGEST)?;
    let code = URL_SAFE_NO_PAD.decode(code).ok()?;
    mac(key, purpose, content, from)?.verify_slice(&code).ok()?;
    Some(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [7; 32];

    fn at(seconds: i64) -> Moment {
        from_micros(1_700_000_000_000_000 + seconds * 1_000_000)
    }

    #[test]
    fn a_challenge_is_solved_by_work_and_holds_for_one_network() {
        let text = challenge(&KEY, at(0), 8, "192.0.2.1");
        let read_for = |key: &[u8], text: &str, from: &str| read(key, text, from);
        let it = read_for(&KEY, &text, "192.0.2.1").unwrap();
        assert_eq!((it.made_at, it.bits), (at(0), 8));
        assert!(it.is_good(at(1799)) && !it.is_good(at(1800)));
        assert_eq!(read_for(&KEY, &text, "192.0.2.2"), None);
        assert_eq!(read_for(&[8; 32], &text, "192.0.2.1"), None);
        assert_eq!(read_for(&[], &text, "192.0.2.1"), None, "a gate that was never closed");
        let answers: Vec<u32> = (0..10_000).filter(|number| it.is_solved_by(&number.to_string())).collect();
        assert!((10..100).contains(&answers.len()), "one of 256: {}", answers.len());
        let answer = answers[0].to_string();
        for wrong in [format!(" {answer}"), format!("+{answer}"), String::new(), "0".repeat(17)] {
            assert!(!it.is_solved_by(&wrong), "{wrong:?}");
        }
        assert_ne!(it.digest(), read_for(&KEY, &challenge(&KEY, at(0), 8, ""), "").unwrap().digest());
    }

    #[test]
    fn what_was_changed_by_hand_is_not_ours() {
        let text = challenge(&KEY, at(0), 18, "a");
        let parts: Vec<&str> = text.split('.').collect();
        let easier = [parts[0], parts[1], "0", parts[3]].join(".");
        let newer = [parts[0], &micros(at(60)).to_string(), parts[2], parts[3]].join(".");
        for forged in
            [easier, newer, parts[..3].join("."), "...".to_owned(), String::new(), "x".repeat(1000), format!("{text}.")]
        {
            assert_eq!(read(&KEY, &forged, "a"), None, "{forged}");
        }
    }

    #[test]
    fn a_pass_holds_for_its_time_and_network_and_is_no_challenge() {
        let text = pass(&KEY, at(60), "a");
        let good = |text: &str, seconds, from: &str| is_pass(&KEY, at(seconds), text, from);
        assert!(good(&text, 59, "a"));
        assert!(!good(&text, 60, "a") && !good(&text, 0, "b") && !good("", 0, "a"));
        assert!(!is_pass(&[8; 32], at(0), &text, "a"));
        let longer = text.replacen(&micros(at(60)).to_string(), &micros(at(6000)).to_string(), 1);
        assert!(!good(&longer, 0, "a"));
        assert!(!good(&challenge(&KEY, at(0), 1, "a"), 0, "a"));
        assert_eq!(read(&KEY, &text, "a"), None);
    }

    #[test]
    fn zeros_are_counted_over_bytes() {
        assert_eq!((zero_bits(&[0xff]), zero_bits(&[0, 0x01]), zero_bits(&[0, 0])), (0, 15, 16));
    }
}
