//! A file that was sent along, and who may see it.

use chrono::TimeDelta;

use crate::clock::Moment;
use crate::comments::model::Comment;
use crate::files::MediaType;
use crate::ids::{AccountId, AttachmentId};

/// How long a file is kept that was never sent.
pub const KEPT_UNSENT: TimeDelta = TimeDelta::days(30);

/// How many files one person may attach in a day, to all forms together.
pub const MOST_A_DAY: i64 = 100;

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
    /// Whether it has yet to be looked through for harmful programs: until then nobody gets it.
    pub is_unscanned: bool,
}

impl Attachment {
    /// Whether everyone may have it: its comment is public, and the moderator who published it could see the file. A
    /// file of a whole submission never is: the paper may hold what was not published. Nor is the scan of a letter: it
    /// shows a signature and an address. Where words were taken out of the comment, a moderator has looked through the
    /// file and cleared it.
    pub fn is_public(&self, comment: &Comment, is_cleared: bool) -> bool {
        let seen = comment.published_at.is_some_and(|published| self.created_at <= published);
        let is_held = comment.channel.is_none() && self.holder == comment.id.as_bytes();
        comment.is_public() && is_held && seen && !self.is_unscanned && (comment.redactions == 0 || is_cleared)
    }
}

/// The digests of files: what an audit entry says of them.
pub fn digests(files: &[Attachment]) -> Vec<&str> {
    files.iter().map(|it| it.sha256.as_str()).collect()
}

/// A name that ends as the content does: a text that calls itself `letter.bat` would be run by whoever opens it.
pub fn named(sent: &str, media_type: MediaType) -> String {
    let ending = media_type.ending();
    match sent.rsplit_once('.') {
        Some((stem, last)) if !stem.is_empty() && last.eq_ignore_ascii_case(ending) => sent.to_owned(),
        _ if sent.is_empty() => format!("file.{ending}"),
        _ => format!("{sent}.{ending}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_as_the_content_does() {
        assert_eq!(named("Paper.PDF", MediaType::Pdf), "Paper.PDF");
        assert_eq!(named("letter.bat", MediaType::Txt), "letter.bat.txt");
        assert_eq!(named("page.html", MediaType::Csv), "page.html.csv");
        assert_eq!(named("", MediaType::Odt), "file.odt");
        assert_eq!(named(".pdf", MediaType::Pdf), ".pdf.pdf");
    }
}
