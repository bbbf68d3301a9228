//! Passwords: the rule for a new one, and argon2id off the async threads with a cap (ASVS 6.2, 11.4.2).

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::Semaphore;

use crate::ids;

/// Shortest password, in characters.
pub const SHORTEST: usize = 12;
/// Longest password, in characters; longer ones are refused before hashing.
pub const LONGEST: usize = 1024;

/// Why a password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weak {
    /// Under [`SHORTEST`].
    TooShort,
    /// Over [`LONGEST`].
    TooLong,
    /// Among the first that an attacker would try, or made of the person's own name or address.
    Common,
}

/// Holds a new password to the rule. `own` are words of the person's: name, address.
pub fn check(password: &str, own: &[&str]) -> Result<(), Weak> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(Weak::TooShort);
    }
    if length > LONGEST {
        return Err(Weak::TooLong);
    }
    // The estimate costs more than linear time; what is common shows within the first characters.
    let start: String = password.chars().take(24).collect();
    // A score of 0 or 1: among the first million guesses, found in lists of common passwords, names and patterns.
    if zxcvbn::zxcvbn(&start, own).score() <= zxcvbn::Score::One {
        return Err(Weak::Common);
    }
    Ok(())
}

/// Too many passwords wait to be hashed (503).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many passwords wait to be hashed")]
pub struct Busy;

/// Hashes and compares passwords, a few at a time; each takes 19 MiB.
#[derive(Clone)]
pub struct Hasher {
    running: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    /// Compared against when there is no account, so that the answer takes as long.
    nobody: Arc<str>,
}

impl Hasher {
    /// At most `parallel` hashes at the same time and `waiting` in line.
    pub fn new(parallel: usize, waiting: usize) -> Self {
        Self {
            running: Arc::new(Semaphore::new(parallel)),
            waiting: Arc::new(Semaphore::new(parallel + waiting)),
            nobody: hash(&ids::secret()).into(),
        }
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Busy> {
        let _place = self.waiting.try_acquire().map_err(|_| Busy)?;
        let _turn = self.running.acquire().await.map_err(|_| Busy)?;
        tokio::task::spawn_blocking(work).await.map_err(|_| Busy)
    }

    /// The PHC string of `password`.
    pub async fn hash(&self, password: String) -> Result<String, Busy> {
        self.run(move || hash(&password)).await
    }

    /// Whether `password` is the one behind `stored`. With `None` it is not, after the same time.
    pub async fn matches(&self, password: String, stored: Option<String>) -> Result<bool, Busy> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.nobody.to_string());
        let same = self.run(move || matches(&password, &stored)).await?;
        Ok(known && same)
    }
}

/// The PHC string of `password`, computed here and now: for the command line and demo data.
///
/// # Panics
/// When there is no memory for the computation.
#[expect(clippy::expect_used, reason = "the parameters are the library's own; only a lack of memory can fail")]
pub fn hash(password: &str) -> String {
    Argon2::default().hash_password(password.as_bytes()).expect("argon2id with its default parameters").to_string()
}

fn matches(password: &str, stored: &str) -> bool {
    if password.chars().count() > LONGEST {
        return false;
    }
    PasswordHash::new(stored)
        .is_ok_and(|stored| Argon2::default().verify_password(password.as_bytes(), &stored).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_knows_length_and_the_common() {
        assert_eq!(check("short", &[]), Err(Weak::TooShort));
        assert_eq!(check(&"x".repeat(1025), &[]), Err(Weak::TooLong));
        assert_eq!(check("password1234", &[]), Err(Weak::Common));
        assert_eq!(check("qwertyuiop12", &[]), Err(Weak::Common));
        assert_eq!(check("aaaaaaaaaaaaaaa", &[]), Err(Weak::Common));
        assert_eq!(check("adalovelace1", &["ada", "lovelace", "adalovelace"]), Err(Weak::Common));
        assert_eq!(check("harbour walks before dinner", &[]), Ok(()));
    }

    #[test]
    fn a_hash_is_argon2id_with_19_mib() {
        let stored = hash("harbour walks");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(matches("harbour walks", &stored));
        assert!(!matches("harbour walk", &stored));
    }
}
