//! What an entry of the audit log holds and how the chain is computed.

use sha2::{Digest as _, Sha256};

use crate::clock::{self, Moment};
use crate::ids::{self, AccountId};

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A person with an account.
    Account(AccountId),
    /// The operator on the command line, or the portal by itself.
    Operator,
}

impl Actor {
    /// The account, if it was a person with one.
    pub fn account(self) -> Option<AccountId> {
        match self {
            Self::Account(id) => Some(id),
            Self::Operator => None,
        }
    }
}

/// One thing that was done, in words that stay the same for years.
///
/// `detail` never holds personal data or a user's text: ids, references, codes and digests only. So erasing a person
/// touches no entry.
#[derive(Debug, Clone)]
pub struct Act {
    /// Subject and verb: `comment.published`.
    pub action: &'static str,
    /// What it was done to: `comment:GCSC-N3-...`, `account:<id>`.
    pub subject: String,
    /// The facts, as a JSON object.
    pub detail: serde_json::Value,
}

/// An entry as it is stored, apart from its hash.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Place in the chain, from 1.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// Who.
    pub actor: Option<AccountId>,
    /// What.
    pub action: String,
    /// To what.
    pub subject: String,
    /// SHA-256 of the detail.
    pub detail_digest: [u8; 32],
}

impl Entry {
    /// The entry's hash: SHA-256 over the previous hash and every field, each behind its length.
    pub fn hash(&self, previous: &[u8]) -> [u8; 32] {
        let actor = self.actor.map(|id| id.as_bytes().to_vec()).unwrap_or_default();
        let seq = self.seq.to_be_bytes();
        let at = clock::micros(self.at).to_be_bytes();
        let fields: [&[u8]; 7] =
            [previous, &seq, &at, &actor, self.action.as_bytes(), self.subject.as_bytes(), &self.detail_digest];
        let mut sha = Sha256::new();
        for field in fields {
            sha.update((field.len() as u64).to_be_bytes());
            sha.update(field);
        }
        sha.finalize().into()
    }
}

/// The digest of a detail that the chain covers.
pub fn detail_digest(detail: &str) -> [u8; 32] {
    ids::sha256(detail.as_bytes())
}

/// An entry as people read it.
#[derive(Debug, Clone)]
pub struct Line {
    /// Place in the chain.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// Who; nobody for the operator and the portal by itself.
    pub actor: Option<AccountId>,
    /// What.
    pub action: String,
    /// To what.
    pub subject: String,
    /// The facts, as a JSON object.
    pub detail: String,
    /// The entry's hash.
    pub hash: Vec<u8>,
}

/// Which entries are asked for; `None` is any.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// By this account, or, `Some(None)`, by nobody with one.
    pub actor: Option<Option<AccountId>>,
    /// Of this action.
    pub action: Option<String>,
    /// On this subject.
    pub subject: Option<String>,
    /// From this moment on.
    pub from: Option<Moment>,
    /// Before this moment.
    pub to: Option<Moment>,
}

/// From where on, and in which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The newest first, from behind this time and entry on.
    Back {
        /// The last entry seen.
        before: Option<(Moment, i64)>,
    },
    /// The oldest first, from behind this time and entry on.
    On {
        /// The last entry seen.
        after: Option<(Moment, i64)>,
        /// Nothing beyond this place in the chain.
        last: i64,
    },
}

/// A chain that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// How many entries it has.
    pub entries: i64,
    /// Its last hash, in hexadecimal: to be kept elsewhere and compared later.
    pub head: String,
    /// How many heads that were kept elsewhere it passes through.
    pub heads: usize,
}

/// Where a chain does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// The entry's fields do not give its hash, or it does not follow from the one before.
    #[error("entry {0} was altered, or the entry before it was")]
    Altered(i64),
    /// An entry is not there.
    #[error("entry {0} is missing")]
    Missing(i64),
    /// The chain holds in itself, but is not the one whose head was kept elsewhere.
    #[error("entry {seq} is not the one whose head was exported: the log was rebuilt somewhere after entry {after}")]
    Rebuilt {
        /// The first entry that is known to be another.
        seq: i64,
        /// The last entry that is known to be the same.
        after: i64,
    },
    /// The last entry is not the one the head names.
    #[error("the log ends at entry {found}, but {expected} entries were written")]
    Cut {
        /// The last entry there is.
        found: i64,
        /// The last entry written.
        expected: i64,
    },
}
