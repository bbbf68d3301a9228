//! Passwords: the rule for a new one, and argon2id off the async threads with a cap (ASVS 6.2, 11.4.2).

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{ARGON2ID_IDENT, Argon2, Block, Params, Version};
use tokio::sync::Semaphore;

use super::{breached, own_words};
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
    /// Among the first that an attacker would try, or made of the portal's words or the person's own.
    Common,
    /// In lists of breached passwords.
    Breached,
}

/// Holds a new password to the rule. `own` is what the person says of themselves: name, address, organisation.
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
    let own = own_words::of_person(own);
    let words: Vec<&str> = own_words::WORDS.iter().copied().chain(own.iter().map(String::as_str)).collect();
    // A score of 0 or 1: among the first million guesses, found in lists of common passwords, names and patterns.
    if zxcvbn::zxcvbn(&start, &words).score() <= zxcvbn::Score::One || own_words::are_most_of(password, &own) {
        return Err(Weak::Common);
    }
    if breached::is_known(password) { Err(Weak::Breached) } else { Ok(()) }
}

/// Too many passwords wait to be hashed (503).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many passwords wait to be hashed")]
pub struct Busy;

/// What a hash is computed in: 19 MiB, empty until the first one.
type Memory = Vec<Block>;

/// Hashes and compares passwords, a few at a time; each takes 19 MiB, which the next one takes again.
#[derive(Clone)]
pub struct Hasher {
    running: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    /// As many as ever ran at the same time. What an allocator is given back it may keep, once for each thread.
    spare: Arc<Mutex<Vec<Memory>>>,
    /// How many may run and wait together.
    places: usize,
    /// Compared against when there is no account, so that the answer takes as long.
    nobody: Arc<str>,
}

impl Hasher {
    /// At most `parallel` hashes at the same time and `waiting` in line.
    pub fn new(parallel: usize, waiting: usize) -> Self {
        Self {
            running: Arc::new(Semaphore::new(parallel)),
            waiting: Arc::new(Semaphore::new(parallel + waiting)),
            spare: Arc::default(),
            places: parallel + waiting,
            nobody: nobody().into(),
        }
    }

    /// How many run or wait now.
    pub fn taken(&self) -> i64 {
        i64::try_from(self.places.saturating_sub(self.waiting.available_permits())).unwrap_or(i64::MAX)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce(&mut Memory) -> T + Send + 'static) -> Result<T, Busy> {
        let _place = self.waiting.try_acquire().map_err(|_| Busy)?;
        let _turn = self.running.acquire().await.map_err(|_| Busy)?;
        let spare = self.spare.clone();
        let in_spare_memory = move || {
            let mut memory = locked(&spare).pop().unwrap_or_default();
            let done = work(&mut memory);
            locked(&spare).push(memory);
            done
        };
        tokio::task::spawn_blocking(in_spare_memory).await.map_err(|_| Busy)
    }

    /// The PHC string of `password`.
    pub async fn hash(&self, password: String) -> Result<String, Busy> {
        self.run(move |memory| hash_in(memory, &password)).await
    }

    /// The PHC string of `password`, if `stored` is weaker than one that is made today and nobody has to wait for it.
    pub async fn anew(&self, password: String, stored: &str) -> Option<String> {
        if is_weaker(stored) { self.hash(password).await.ok() } else { None }
    }

    /// Whether `password` is the one behind `stored`. With `None` it is not, after the same time.
    pub async fn matches(&self, password: String, stored: Option<String>) -> Result<bool, Busy> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.nobody.to_string());
        let same = self.run(move |memory| matches(memory, &password, &stored)).await?;
        Ok(known && same)
    }
}

fn locked(spare: &Mutex<Vec<Memory>>) -> MutexGuard<'_, Vec<Memory>> {
    spare.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The PHC string of `password`, computed here and now: for the command line and demo data.
///
/// # Panics
/// When there is no memory for the computation.
pub fn hash(password: &str) -> String {
    hash_in(&mut Memory::new(), password)
}

#[expect(clippy::expect_used, reason = "the parameters are the library's own and the salt is of the right length")]
fn hash_in(memory: &mut Memory, password: &str) -> String {
    let salt: [u8; 16] = ids::random();
    let output = compute(memory, Params::DEFAULT, password, &salt).expect("argon2id with its default parameters");
    phc(&salt, output).expect("a salt of 16 bytes").to_string()
}

/// The PHC string of no password: nobody knows one whose hash is drawn by lot.
#[expect(clippy::expect_used, reason = "salt and output are of the right length")]
fn nobody() -> String {
    let output = Output::new(&ids::random::<{ Params::DEFAULT_OUTPUT_LEN }>()).expect("an output of 32 bytes");
    phc(&ids::random(), output).expect("a salt of 16 bytes").to_string()
}

fn phc(salt: &[u8; 16], output: Output) -> Option<PasswordHash> {
    Some(PasswordHash {
        algorithm: ARGON2ID_IDENT,
        version: Some(Version::default().into()),
        params: ParamsString::try_from(&Params::DEFAULT).ok()?,
        salt: Some(Salt::new(salt).ok()?),
        hash: Some(output),
    })
}

/// The argon2id of `password`; `None` if the parameters or the salt are not ones that it can have.
fn compute(memory: &mut Memory, params: Params, password: &str, salt: &[u8]) -> Option<Output> {
    if memory.len() < params.block_count() {
        memory.resize(params.block_count(), Block::new());
    }
    let mut output = vec![0; params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN)];
    let argon2id = Argon2::from(params);
    argon2id.hash_password_into_with_memory(password.as_bytes(), salt, &mut output, memory.as_mut_slice()).ok()?;
    Output::new(&output).ok()
}

/// Whether a hash took less to make than one takes that is made now (ASVS 11.2.2).
fn is_weaker(stored: &str) -> bool {
    let params = PasswordHash::new(stored).ok().and_then(|stored| Params::try_from(&stored).ok());
    params.is_some_and(|known| {
        let (kib, passes) = (Params::DEFAULT.m_cost(), Params::DEFAULT.t_cost());
        known.m_cost() <= kib && known.t_cost() <= passes && (known.m_cost() < kib || known.t_cost() < passes)
    })
}

fn matches(memory: &mut Memory, password: &str, stored: &str) -> bool {
    if password.chars().count() > LONGEST {
        return false;
    }
    let computed = PasswordHash::new(stored).ok().and_then(|stored| {
        let params = Params::try_from(&stored).ok()?;
        let output = compute(memory, params, password, stored.salt?.as_ref())?;
        // Outputs are compared in constant time.
        Some(output == stored.hash?)
    });
    computed.unwrap_or(false)
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
        assert_eq!(check("adalovelace1", &["Ada Lovelace"]), Err(Weak::Common));
        assert_eq!(check("N0rmP0rtal2026", &[]), Err(Weak::Common));
        assert_eq!(check("swimminsweetie14", &[]), Err(Weak::Breached));
        assert_eq!(check("harbour walks before dinner", &[]), Ok(()));
    }

    #[test]
    fn a_hash_is_argon2id_with_19_mib() {
        let stored = hash("harbour walks");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        let mut memory = Memory::new();
        assert!(matches(&mut memory, "harbour walks", &stored));
        assert!(!matches(&mut memory, "harbour walk", &stored));
        assert_eq!(memory.len(), 19_456, "the same memory again");
        assert!(!matches(&mut memory, "harbour walks", "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ"));
        assert!(!matches(&mut memory, "", &nobody()));
    }

    #[test]
    fn only_what_took_less_is_weaker() {
        let with = |params: &str| format!("$argon2id$v=19${params}$c29tZXNhbHRzb21lc2FsdA$c29tZWhhc2hzb21laGFzaA");
        for weaker in ["m=19456,t=1,p=1", "m=9216,t=2,p=1", "m=8192,t=1,p=1"] {
            assert!(is_weaker(&with(weaker)), "{weaker}");
        }
        for other in ["m=19456,t=2,p=1", "m=47104,t=1,p=1", "m=65536,t=3,p=1"] {
            assert!(!is_weaker(&with(other)), "{other}");
        }
        assert!(!is_weaker("") && !is_weaker("no hash"));
    }

    #[test]
    fn hashes_of_the_library_itself_are_known_again() {
        use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
        let stored = Argon2::default().hash_password(b"harbour walks").unwrap().to_string();
        assert!(matches(&mut Memory::new(), "harbour walks", &stored));
        let ours = PasswordHash::new(&hash("harbour walks")).unwrap();
        assert!(Argon2::default().verify_password(b"harbour walks", &ours).is_ok());
    }
}
