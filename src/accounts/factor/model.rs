//! What a second factor is made of. Pure, apart from the randomness of new codes.

use chrono::TimeDelta;
use totp_rs::{Builder, Totp};

use crate::clock::Moment;
use crate::ids::{self, AccountId};

/// Whom the app shows the code for.
const ISSUER: &str = "Norm Portal";
/// The letters of RFC 4648 that are hardest to mistake for one another.
const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// How many recovery codes there are.
pub const RECOVERY_CODES: usize = 10;
/// How many wrong codes one sign-in, or one session, may be sent.
pub const TRIES: i64 = 5;
/// How many tries an account has before the next ones have to wait.
pub const TRIES_OF_ACCOUNT: i64 = 10;
/// How long they wait. Ten tries in a quarter of an hour, three codes that fit of a million: one guess in a year of trying
/// day and night would have a chance of two in three, and its owner has hundreds of letters by then.
pub const PAUSE: TimeDelta = TimeDelta::minutes(15);

/// What an app and the portal share: 160 bits, as RFC 4226 asks for.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 20]);

impl Secret {
    /// The first bytes of `bytes`.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        bytes.first_chunk().copied().map(Self)
    }

    /// A new one.
    pub fn random() -> Self {
        Self(ids::random())
    }

    /// The secret in an address that [`Secret::address`] made.
    pub fn of_address(address: &str) -> Option<Self> {
        Self::of(Totp::from_url(address.trim()).ok()?.secret().as_bytes())
    }

    /// The secret that [`Secret::grouped`] spelled.
    pub fn of_letters(letters: &str) -> Option<Self> {
        let bare: String = letters.split_whitespace().collect();
        Self::of(totp_rs::Secret::try_from_base32(bare).ok()?.as_bytes())
    }

    /// The bytes that are stored.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    fn totp(&self, email: &str) -> Option<Totp> {
        // A colon would end the name of the issuer.
        let name = email.replace(':', "");
        let secret = totp_rs::Secret::new_stack(self.0);
        Builder::new().with_secret(secret).with_account_name(name).with_issuer(Some(ISSUER)).build().ok()
    }

    /// The address that apps read, as `otpauth://totp/...`.
    pub fn address(&self, email: &str) -> Option<String> {
        self.totp(email)?.to_url().ok()
    }

    /// The secret as people type it: letters and digits in groups of four.
    pub fn grouped(&self) -> String {
        grouped(&letters(&self.0), " ")
    }

    /// The step of 30 seconds whose code this is, if that is the present one, the last or the next: decision 33 says why three.
    pub fn step_of(&self, code: &str, now: Moment) -> Option<i64> {
        self.totp("")?.check(code, seconds(now)).and_then(|step| i64::try_from(step).ok())
    }

    /// The code at a moment: for tests and the demo.
    pub fn code(&self, now: Moment) -> Option<String> {
        Some(self.totp("")?.generate(seconds(now)).to_string())
    }
}

fn seconds(now: Moment) -> u64 {
    u64::try_from(now.and_utc().timestamp()).unwrap_or_default()
}

/// Five bits a letter; bits that fill none are left out.
fn letters(bytes: &[u8]) -> String {
    let bits: Vec<u8> = bytes.iter().flat_map(|byte| (0..8).rev().map(move |at| byte >> at & 1)).collect();
    let letter = |five: &[u8]| five.iter().fold(0, |sum, bit| sum * 2 + usize::from(*bit));
    bits.chunks_exact(5).filter_map(|five| LETTERS.get(letter(five)).map(|it| char::from(*it))).collect()
}

fn grouped(text: &str, between: &str) -> String {
    let all: Vec<char> = text.chars().collect();
    all.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(between)
}

/// How many letters a recovery code has, and how many those had that were made before: 140 bits, and 80.
const LENGTHS: [usize; 2] = [28, 16];

/// A code that stands in for the app once: more than 112 random bits, so that a plain digest is enough (ASVS 6.5.2, 11.5.1).
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(String);

impl RecoveryCode {
    /// A new one.
    pub fn random() -> Self {
        // 144 bits; the last four fill no letter.
        Self(letters(&ids::random::<18>()))
    }

    /// Reads one however it is spaced.
    pub fn parse(text: &str) -> Option<Self> {
        let bare: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let bare = bare.to_ascii_uppercase();
        let sound = LENGTHS.contains(&bare.len()) && bare.bytes().all(|byte| LETTERS.contains(&byte));
        sound.then_some(Self(bare))
    }

    /// As people keep it: `ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23`.
    pub fn words(&self) -> String {
        grouped(&self.0, "-")
    }

    /// What is stored of it: it has too many bits to be found from that.
    pub fn hash(&self, account: AccountId) -> [u8; 32] {
        ids::sha256(&[b"recovery code ", account.as_bytes(), self.0.as_bytes()].concat())
    }
}

/// What somebody typed where a code is asked for.
pub enum Typed {
    /// Of the app.
    Code(String),
    /// Of the list.
    Recovery(RecoveryCode),
}

impl Typed {
    /// Six digits or a recovery code; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        if bare.len() == 6 && bare.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Self::Code(bare));
        }
        RecoveryCode::parse(text).map(Self::Recovery)
    }
}

/// A second factor that is set up.
pub struct Factor {
    /// What the app knows.
    pub secret: Secret,
    /// Since when.
    pub set_at: Moment,
    /// How many recovery codes are left.
    pub left: i64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::from_micros;

    fn at(seconds: i64) -> Moment {
        from_micros(seconds * 1_000_000)
    }

    #[test]
    fn codes_are_those_of_rfc_6238() {
        let secret = Secret::of(b"12345678901234567890").unwrap();
        // Appendix B, the last six of its eight digits.
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            assert_eq!(secret.code(at(seconds)).unwrap(), code);
            for near in [seconds - 30, seconds, seconds + 30] {
                assert_eq!(secret.step_of(code, at(near)), Some(seconds / 30), "{near}");
            }
            assert_eq!(secret.step_of(code, at(seconds + 60)), None);
        }
        assert_eq!(secret.grouped(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        let address = secret.address("ada@example.org").unwrap();
        assert!(address.starts_with("otpauth://totp/Norm%20Portal:ada%40example.org?secret=GEZDGNBV"), "{address}");
        assert!(Secret::of_address(&address).unwrap() == secret);
        assert!(Secret::of_letters(&secret.grouped()).unwrap() == secret);
    }

    #[test]
    fn what_is_typed_is_six_digits_or_a_recovery_code() {
        let code = RecoveryCode::random();
        assert_eq!(code.0.len(), 28, "140 bits");
        let spaced = code.words().to_lowercase().replace('-', " ");
        assert!(matches!(Typed::parse(&spaced), Some(Typed::Recovery(read)) if read == code));
        // As they were made before.
        assert!(matches!(Typed::parse("ABCD-EFGH-IJKL-MNOP"), Some(Typed::Recovery(_))));
        assert!(matches!(Typed::parse(" 123 456 "), Some(Typed::Code(read)) if read == "123456"));
        for wrong in [
            "",
            "12345",
            "1234567",
            "abcdef",
            "ABCD-EFGH-IJKL-MNO1",
            "ABCD-EFGH-IJKL",
            "ABCD-EFGH-IJKL-MNOP-QRST",
            "\u{661}23456",
        ] {
            assert!(Typed::parse(wrong).is_none(), "{wrong:?}");
        }
        let (one, other) = (AccountId::new(), AccountId::new());
        assert_ne!(code.hash(one), code.hash(other));
    }
}
