//! The receipt.

use super::attachments::model::Attachment;
use super::attachments::shown;
use super::model::Comment;
use super::submit::Stationery;
use super::summary;
use crate::accounts::model::Account;
use crate::mail::Letter;
use crate::norms::model::{Norm, TextVersion};
use crate::web::language;

/// Says what arrived, in full, and what happens next. One for each revision.
pub fn receipt(
    account: &Account,
    norm: &Norm,
    version: &TextVersion,
    comment: &Comment,
    files: &[Attachment],
    stationery: &Stationery,
) -> Letter {
    let lang = language::named(&account.language);
    let text = summary::rows(lang, &stationery.vocabulary, norm, version, &comment.body)
        .into_iter()
        .map(|row| format!("{}\n    {}\n", row.label, row.text.replace('\n', "\n    ")))
        .collect::<Vec<_>>()
        .join("\n");
    let text = text + &shown::letter_lines(lang, files);
    let link = format!("{}/receipts/{}", stationery.origin, comment.reference);
    let verify = format!("{}/verify", stationery.origin);
    let publication = lang.t(&format!("publication-{}", comment.publication));
    let received = lang.time(comment.changed_at);
    let args = [
        ("name", account.details.name.as_str()),
        ("reference", &comment.reference),
        ("norm", &norm.title),
        ("received", &received),
        ("publication", &publication),
        ("sha256", &comment.digest),
        ("link", &link),
        ("verify", &verify),
        ("text", &text),
    ];
    let subject = if comment.revision == 1 { "mail-receipt-subject" } else { "mail-receipt-again-subject" };
    Letter {
        once_key: format!("receipt:{}:{}", comment.id, comment.revision),
        to: account.email.clone(),
        subject: lang.plain(subject, &args),
        body: lang.plain("mail-receipt-body", &args),
    }
}
