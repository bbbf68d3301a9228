//! The whole of what was sent as one ZIP: the receipt, each text in the form that its digest covers, and the files that
//! came along.

use std::fs::File;
use std::path::Path;

use tokio::runtime::Handle;

use super::pages::Received;
use crate::accounts::store as accounts;
use crate::comments::attachments::model::Attachment;
use crate::comments::life::model::Revision;
use crate::comments::life::store as life;
use crate::comments::mail;
use crate::comments::model::Comment;
use crate::comments::redaction::store as redaction;
use crate::comments::submissions::mail as submission_mail;
use crate::comments::submissions::model::canonical;
use crate::comments::submit::Stationery;
use crate::db::{AnyConnection, DbResult};
use crate::files::{FileError, Files, Pack, pack::entry};
use crate::ids::AccountId;

/// What goes into the file.
pub(super) struct Contents {
    /// Of what.
    pub reference: String,
    /// Name and content.
    texts: Vec<(String, String)>,
    files: Vec<Attachment>,
}

impl Contents {
    /// Reads what is not loaded yet.
    pub(super) fn of(
        conn: &mut AnyConnection,
        viewer: AccountId,
        received: Received,
        files: Vec<Attachment>,
        stationery: &Stationery,
    ) -> DbResult<Self> {
        match received {
            Received::Comment(mut own) => {
                if own.is_author {
                    own.comment = redaction::as_sent(conn, own.comment)?;
                }
                let account = accounts::by_id(conn, own.comment.author.account)?;
                let letter = mail::receipt(&account, &own.norm, &own.version, &own.comment, &files, stationery);
                let mut texts = vec![("receipt.txt".to_owned(), letter.body)];
                let said =
                    if own.is_author { life::revisions_as_sent(conn, own.comment.id)? } else { own.life.revisions };
                texts.extend(revisions(&own.comment, &said));
                Ok(Self { reference: own.comment.reference, texts, files })
            }
            Received::Submission(submission, parts) => {
                let account = accounts::by_id(conn, submission.account)?;
                let mut comments: Vec<Comment> = parts.into_iter().map(|part| part.comment).collect();
                if submission.account == viewer {
                    comments = comments.into_iter().map(|it| redaction::as_sent(conn, it)).collect::<DbResult<_>>()?;
                }
                let letter = submission_mail::receipt(conn, &account, &submission, &comments, &files, stationery)?;
                let mut texts = vec![("receipt.txt".to_owned(), letter.body)];
                let mut first = Vec::new();
                for comment in &comments {
                    let said = if submission.account == viewer {
                        life::revisions_as_sent(conn, comment.id)?
                    } else {
                        life::revisions(conn, comment.id)?
                    };
                    let sent = said.first().map_or(&comment.digest, |revision| &revision.digest);
                    first.push((comment.reference.clone(), sent.clone()));
                    texts.extend(revisions(comment, &said));
                }
                // As it was when it was sent: a part that was corrected since counts with its first revision.
                let whole = canonical(submission.form, &submission.title, &submission.text, &first);
                texts.push(("submission.json".to_owned(), whole));
                Ok(Self { reference: submission.reference, texts, files })
            }
        }
    }
}

/// The current text under the comment's reference, earlier ones beside it: the bytes that the digests cover.
fn revisions(comment: &Comment, said: &[Revision]) -> Vec<(String, String)> {
    let name = |number: i32| {
        if number == comment.revision {
            format!("{}.json", comment.reference)
        } else {
            format!("{}-revision-{number}.json", comment.reference)
        }
    };
    said.iter().map(|it| (name(it.number), it.body.canonical())).collect()
}

/// Writes the file, in `folder`. Blocks.
pub(super) fn pack(contents: &Contents, folder: &Path, files: &Files, on: &Handle) -> Result<(File, u64), FileError> {
    let mut pack = Pack::new(folder)?;
    for (name, text) in &contents.texts {
        pack.add(name, text.as_bytes())?;
    }
    // What was not looked through yet goes to nobody, as on pages.
    for (number, it) in (1_usize..).zip(&contents.files).filter(|(_, it)| !it.is_unscanned) {
        pack.add_stored(&entry("attachments", number, &it.name), files, it.id, on)?;
    }
    Ok(pack.finish()?)
}
