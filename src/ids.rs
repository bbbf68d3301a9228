//! Typed identifiers and secrets. The only place that asks for randomness. Knows nothing.

use std::cell::RefCell;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest, Sha256};

/// Declares an id: a UUID that can't be mistaken for the id of something else.
macro_rules! id {
    ($(#[$doc:meta] $name:ident),* $(,)?) => {$(
        #[$doc]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(uuid::Uuid);

        impl $name {
            /// A new id (UUID version 7: ids made later sort later).
            #[expect(clippy::disallowed_methods, reason = "the one place that makes ids")]
            pub fn new() -> Self {
                Self(uuid::Uuid::now_v7())
            }
            /// Reads the usual hyphenated form; `None` for anything else.
            pub fn parse(text: &str) -> Option<Self> {
                uuid::Uuid::try_parse(text).ok().map(Self)
            }
            /// The sixteen bytes that are stored.
            pub fn as_bytes(&self) -> &[u8] {
                self.0.as_bytes()
            }
            /// From the sixteen bytes that were stored.
            pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
                uuid::Uuid::from_slice(bytes).ok().map(Self)
            }
        }
        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }
        crate::db::binary_column!($name);
    )*};
}

id!(
    /// A consultation.
    ConsultationId,
    /// A norm, an earlier call or the working definition.
    NormId,
    /// One wording of a norm.
    TextVersionId,
    /// A person's account.
    AccountId,
    /// A comment; the one-time form id it was sent with.
    CommentId,
    /// A moderator's decision.
    DecisionId,
    /// Decisions that were taken on many comments at once.
    BatchId,
    /// A filter of the queue that somebody keeps.
    SavedFilterId,
    /// A mail in the outbox.
    MailId,
    /// A piece of long work.
    JobId,
    /// An organisation that people join.
    OrganisationId,
    /// Several comments that were sent together; the one-time form id they were sent with.
    SubmissionId,
    /// Something begun and not sent; the form id that it will be sent with.
    DraftId,
    /// A file sent along.
    AttachmentId,
    /// Word that somebody's name was used.
    NameReportId,
    /// A reader's word about a comment; the one-time form id it was sent with.
    ReportId,
    /// What readers wrote about one comment until the desk answered.
    ReportCaseId,
    /// What one or more published comments say alike.
    PositionId,
    /// Word of the Commission to everyone.
    AnnouncementId,
    /// Why somebody's place was changed.
    GroundsId,
    /// Comments that are alike.
    ClusterId,
    /// Words taken out of a comment in one act.
    RedactionId,
    /// A question that the Commission decides.
    IssueId,
    /// A decision on an issue as it was published.
    IssueDecisionId,
    /// A table that the Secretariat filled in and that came back.
    ReturnedTableId,
    /// A backup.
    BackupId,
    /// A passkey.
    PasskeyId,
);

/// `N` random bytes from the operating system.
///
/// # Panics
/// When the operating system has no randomness to give: nothing safe can be done then.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[expect(
        clippy::expect_used,
        clippy::disallowed_methods,
        reason = "the one place; without it there is no safe way on"
    )]
    getrandom::fill(&mut bytes).expect("the operating system gives no randomness");
    bytes
}

thread_local! {
    /// Random bytes for the names of requests, and how many of them are used.
    static NAMES: RefCell<([u8; 1024], usize)> = const { RefCell::new(([0; 1024], 1024)) };
}

/// The name of a request in the log and on its error page: 64 random bits in hexadecimal. Names have to differ and are no
/// secret, so the system is asked for many at once.
pub fn request_name() -> String {
    let bits: [u8; 8] = NAMES.with_borrow_mut(|(bytes, used)| {
        if *used == bytes.len() {
            (*bytes, *used) = (random(), 0);
        }
        let next = bytes.get(*used..).and_then(|rest| rest.first_chunk()).copied();
        *used += 8;
        next.unwrap_or_default()
    });
    hex::encode(bits)
}

/// A secret of 256 random bits as 43 characters that fit an address.
pub fn secret() -> String {
    URL_SAFE_NO_PAD.encode(random::<32>())
}

/// The HMAC-SHA-256 of `value` under `key` (RFC 2104): of use to nobody who lacks the key (ASVS 11.2.1).
///
/// # Panics
/// Never: HMAC takes a key of any length.
pub fn keyed(key: &[u8], value: &[u8]) -> [u8; 32] {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length");
    mac.update(value);
    mac.finalize().into_bytes().into()
}

/// The SHA-256 of `bytes`: the form in which secrets rest in the database.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_256_bits_that_differ_each_time() {
        let secrets: Vec<Vec<u8>> = (0..200).map(|_| URL_SAFE_NO_PAD.decode(secret()).unwrap()).collect();
        assert!(secrets.iter().all(|secret| secret.len() == 32));
        let mut ever: Vec<u8> = vec![0; 32];
        let mut always: Vec<u8> = vec![255; 32];
        for secret in &secrets {
            for ((ever, always), byte) in ever.iter_mut().zip(&mut always).zip(secret) {
                (*ever, *always) = (*ever | byte, *always & byte);
            }
        }
        // No bit is the same in all of them: that would happen to one in 2 to the power of 191.
        assert!(ever.iter().all(|byte| *byte == 255) && always.iter().all(|byte| *byte == 0));
        let mut apart = secrets.clone();
        apart.sort();
        apart.dedup();
        assert_eq!(apart.len(), secrets.len());
    }
}
