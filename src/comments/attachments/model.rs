//! A file that was sent along.

use crate::clock::Moment;
use crate::files::MediaType;
use crate::ids::{AccountId, AttachmentId};

/// A file that was sent along. Its bytes lie in [`crate::files::Files`] under its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Which.
    pub id: AttachmentId,
    /// The sixteen bytes of the form id it came with: that of a draft, then of the comment or submission it became.
    pub holder: Vec<u8>,
    /// Who sent it.
    pub account: AccountId,
    /// The name it had: shown, never a path.
    pub name: String,
    /// What it is, by its content.
    pub media_type: MediaType,
    /// In bytes.
    pub size: i64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// When it came.
    pub created_at: Moment,
}
